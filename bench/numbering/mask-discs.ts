/** Discs of a drawn mask from below up; a disc drawn in several pieces is one. */

const DISC = 29;
const VERTEBRA = 76;
/** Pieces this small are strokes of the pen, mm². */
const SPECK_MM2 = 4;
/** Bone on the way from one piece to another from which they are two discs, mm. */
const BONE_MM = 6;
/** Height between two pieces, bone drawn or not, from which they are two discs, mm: no disc is so steep, and a vertebra may be left undrawn on one slice. */
const APART_MM = 15;

export interface MaskDisc {
  readonly pixels: readonly number[];
  /** Pixels. */
  readonly centre: readonly [number, number];
}

function pieces(mask: ArrayLike<number>, w: number, h: number): MaskDisc[] {
  const seen = new Uint8Array(w * h);
  const out: MaskDisc[] = [];
  for (let start = 0; start < w * h; start++) {
    if (mask[start] !== DISC || seen[start]) continue;
    const pixels = [start];
    seen[start] = 1;
    let [sx, sy] = [0, 0];
    for (let n = 0; n < pixels.length; n++) {
      const at = pixels[n]!;
      const x = at % w;
      sx += x;
      sy += (at - x) / w;
      for (const next of [x > 0 ? at - 1 : -1, x + 1 < w ? at + 1 : -1, at - w, at + w]) {
        if (next < 0 || next >= w * h || mask[next] !== DISC || seen[next]) continue;
        seen[next] = 1;
        pixels.push(next);
      }
    }
    out.push({ pixels, centre: [sx / pixels.length, sy / pixels.length] });
  }
  return out;
}

/** `mm` is the side of a pixel. */
export function maskDiscs(mask: ArrayLike<number>, w: number, h: number, mm: number): MaskDisc[] {
  const boneBetween = (a: MaskDisc, b: MaskDisc): number => {
    const [dx, dy] = [b.centre[0] - a.centre[0], b.centre[1] - a.centre[1]];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy)));
    let bone = 0;
    for (let n = 0; n <= steps; n++) {
      const x = Math.round(a.centre[0] + (dx * n) / steps);
      const y = Math.round(a.centre[1] + (dy * n) / steps);
      if (mask[y * w + x] === VERTEBRA) bone++;
    }
    return (bone * Math.hypot(dx, dy) * mm) / steps;
  };
  const rows = ({ pixels }: MaskDisc): readonly [number, number] => {
    let [top, bottom] = [Number.POSITIVE_INFINITY, 0];
    for (const at of pixels) {
      const y = Math.floor(at / w);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return [top, bottom];
  };
  const heightBetween = (a: MaskDisc, b: MaskDisc): number => {
    const [[a0, a1], [b0, b1]] = [rows(a), rows(b)];
    return Math.max(0, b0 - a1, a0 - b1) * mm;
  };
  const discs: MaskDisc[] = [];
  for (const piece of pieces(mask, w, h).sort((a, b) => b.pixels.length - a.pixels.length)) {
    const whole = discs.findIndex(
      (disc) => heightBetween(disc, piece) < APART_MM && boneBetween(disc, piece) < BONE_MM,
    );
    const of = discs[whole];
    if (of) discs[whole] = { ...of, pixels: [...of.pixels, ...piece.pixels] };
    else if (piece.pixels.length * mm * mm >= SPECK_MM2) discs.push(piece);
  }
  return discs.sort((a, b) => b.centre[1] - a.centre[1]);
}
