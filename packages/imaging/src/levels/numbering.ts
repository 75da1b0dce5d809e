import {
  type DiscLevel,
  type Enumeration,
  LUMBAR_DISCS_FROM_BELOW,
  type Vertebra,
  vertebraAbove,
} from '@foramen/spine';
import { STEP_MM, sampler } from './centreline.ts';
import { conusEnds, conusEvidence } from './conus.ts';
import { type InstanceShape, instanceShape } from './disc-shape.ts';
import type { Instance, SpineInstances } from './instances.ts';
import { overlongBodies } from './missed-disc.ts';
import { hasSacralArch } from './sacral-arch.ts';
import { isFreeDisc, type PictureAt, sacralDisc } from './sacral-disc.ts';
import { median } from './smoothing.ts';

/** A disc with its name. `confidence` is the probability that the name is right. */
export interface NamedDisc {
  readonly level: DiscLevel;
  readonly item: Instance;
  readonly shape: InstanceShape | null;
  readonly indexFromBottom: number;
  readonly confidence: number;
  readonly above: Instance | null;
  readonly below: Instance | null;
}

export interface NamedBody {
  readonly vertebra: Vertebra;
  readonly item: Instance;
  readonly confidence: number;
}

/** Discs and bodies from the bottom up, and how sure the names are. */
export interface Numbering {
  readonly discs: readonly NamedDisc[];
  readonly bodies: readonly NamedBody[];
  readonly enumeration: Enumeration;
  /** Probability that the lowest disc was told rightly, before the conus was asked. */
  readonly lowest: number;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

interface Lowest {
  /** Position in `items` of the lowest disc that is named. */
  readonly at: number;
  /** Its place from below: 0 is L5-S1; 1 when the lumbosacral disc itself is missing (fused). */
  readonly first: 0 | 1;
  readonly p: number;
  readonly transitional: Enumeration['transitional'];
  readonly because: readonly string[];
}

/**
 * Probability that a disc is the lumbosacral one from its tilt alone. The lumbosacral disc of a supine adult is tilted by
 * about 35 to 40 degrees (standard deviation 8) and L4-L5 by about 14 (7): the point of equal odds lies near 24.
 */
function tiltOdds(shape: InstanceShape | null): number {
  return shape ? logistic((shape.tiltDeg - 24) / 4) : 0.5;
}

/**
 * Whether the lowest disc is S1-S2 although the network took S1 for a free body: hardly any disc tissue, or a body above it that was
 * recognised only in part and a disc above that which is already as steep as only a lumbosacral disc is.
 */
function isSacralRemnant(
  last: Instance,
  between: Instance | undefined,
  lower: InstanceShape | null,
  upper: InstanceShape,
): boolean {
  if (!lower) return true;
  if (last.segment.evidence < 0.25 && lower.lengthMm < 0.6 * upper.lengthMm) return true;
  const doubtful = between?.kind === 'body' && between.segment.evidence < 0.7;
  return doubtful && upper.tiltDeg > 30 && lower.tiltDeg - upper.tiltDeg < 4;
}

function findLowest(s: SpineInstances, shapes: readonly (InstanceShape | null)[]): Lowest | null {
  const { items } = s;
  const discs = items.flatMap((item, i) => (item.kind === 'disc' ? [i] : []));
  const last = discs.at(-1);
  if (last === undefined) return null;
  const bottom = items.at(-1) as Instance;
  const before = discs.at(-2);
  if (s.sacrumFrom !== null) {
    if (bottom.kind === 'body') {
      // Either the network took S1 for a free body, or the disc above the sacrum is fused: the tilt of the lowest disc tells.
      const tilt = tiltOdds(shapes[last] ?? null);
      if (tilt >= 0.5) {
        return {
          at: last,
          first: 0,
          p: 0.45 + 0.3 * tilt,
          transitional: 'possible',
          because: ['the first sacral segment looks like a free vertebra: lumbarised S1 possible'],
        };
      }
      return {
        at: last,
        first: 1,
        p: 0.55 + 0.25 * (1 - tilt),
        transitional: 'possible',
        because: ['no disc was seen on top of the sacrum: the lowest vertebra is fused to it or sacralised'],
      };
    }
    const lower = shapes[last];
    const upper = before === undefined ? null : shapes[before];
    if (
      upper &&
      before !== undefined &&
      upper.tiltDeg > 24 &&
      isSacralRemnant(items[last] as Instance, items[last - 1], lower ?? null, upper)
    ) {
      return {
        at: before,
        first: 0,
        p: 0.72,
        transitional: 'possible',
        because: ['the lowest disc lies inside the sacrum (S1-S2), under a disc tilted like L5-S1'],
      };
    }
    const lowestBody = items[last - 1];
    if (before !== undefined && lowestBody?.kind === 'body' && hasSacralArch(s, lowestBody)) {
      return {
        at: before,
        first: 0,
        p: 0.7,
        transitional: 'possible',
        because: [
          'the crest of the sacrum stands behind what looks like the lowest free vertebra: it is read as S1 over a full S1-S2 disc (lumbarised S1, or a sacralised L5 counted as S1)',
        ],
      };
    }
    if ((items[last] as Instance).size === 0) {
      return {
        at: last,
        first: 0,
        p: 0.62,
        transitional: 'possible',
        because: [
          'no disc tissue was seen on top of the sacrum: the lowest vertebra is fused to it or sacralised',
        ],
      };
    }
    if (lower && upper && before !== undefined) {
      const short = lower.lengthMm / upper.lengthMm;
      const flat = lower.thicknessMm / upper.thicknessMm;
      if (short < 0.62 && flat < 0.75 && lower.tiltDeg > upper.tiltDeg && upper.tiltDeg > 20) {
        return {
          at: before,
          first: 0,
          p: 0.7,
          transitional: 'possible',
          because: ['a small disc inside the sacrum is read as the S1-S2 remnant, not as L5-S1'],
        };
      }
      if (short < 0.72 && flat < 0.6) {
        return {
          at: last,
          first: 0,
          p: 0.72,
          transitional: 'possible',
          because: ['the lowest disc is much smaller than the one above it: transitional vertebra possible'],
        };
      }
    }
    return { at: last, first: 0, p: 0.96, transitional: 'none', because: ['counted up from the sacrum'] };
  }
  // No sacrum: the lowest body may be S1 itself, or the picture may end above the sacrum. Where the picture goes on well
  // below the last thing found, the column ended because the sacrum is there, unrecognised.
  const room = roomBelow(s);
  const ended = room > 45 ? 0.85 : room > 25 ? 0.5 : 0;
  const tilt = tiltOdds(shapes[last] ?? null);
  const seen = 'the sacrum was not recognised';
  if (bottom.kind === 'body') {
    const steep = shapes[items.length - 1];
    const heights = items
      .filter((i) => i.kind === 'body' && !i.cut)
      .map((i) => i.segment.to - i.segment.from);
    const short = bottom.segment.to - bottom.segment.from < 0.7 * median(heights);
    const sacral =
      !bottom.cut && (short || (steep !== null && steep !== undefined && steep.tiltDeg > 30)) && tilt > 0.3;
    return {
      at: last,
      first: 0,
      p: sacral ? Math.max(0.75 * tilt, 0.85 * ended) : Math.max(0.3, 0.6 * ended) * tilt,
      transitional: 'unknown',
      because: [
        sacral ? `${seen}; the lowest block looks like its first segment` : 'the sacrum is not in view',
      ],
    };
  }
  return {
    at: last,
    first: 0,
    p: bottom.cut ? 0.3 * tilt : Math.max(0.85 * tilt, ended * (0.3 + 0.7 * tilt)),
    transitional: 'unknown',
    because: [`${seen}; the lowest disc is judged by its tilt and by how far the picture goes on below it`],
  };
}

/** How far the picture goes on below the lowest thing found, mm. */
function roomBelow(s: SpineInstances): number {
  const last = s.items.at(-1);
  if (!last) return 0;
  const y = s.line.y[Math.min(s.line.y.length - 1, last.segment.to)] as number;
  return s.field.height * s.field.pixelMm[1] - y;
}

/** Length of sacrum from which it is told from a vertebra that the picture's edge cuts, mm. */
const LEAST_SACRUM_MM = 25;

/** How much of the sacrum is seen along the column, mm. */
export function sacrumSeen(s: SpineInstances): number {
  if (s.sacrumFrom === null) return 0;
  const bone = sampler(s.plane, s.plane.sacrum);
  let last = s.sacrumFrom;
  for (let k = s.sacrumFrom; k < s.line.x.length; k++)
    if (bone(s.line.x[k] as number, s.line.y[k] as number) > 0.5) last = k;
  return (last - s.sacrumFrom) * STEP_MM;
}

/** Size of disc tissue inside the sacrum relative to the lumbosacral disc: a full disc there means a lumbarised S1. */
function remnantShare(s: SpineInstances, lowest: InstanceShape | null): number {
  if (!lowest || s.sacrumFrom === null) return 0;
  const { disc, sacrum, width, height, pixelMm } = s.plane;
  let area = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if ((disc[at] as number) < 0.5) continue;
      if ((s.frame.along[at] as number) < s.sacrumFrom + 12) continue;
      let inside = false;
      for (let d = 1; d <= 12 && !inside; d++)
        inside = y + d < height && (sacrum[at + d * width] as number) > 0.5;
      if (inside) area += pixelMm[0] * pixelMm[1];
    }
  }
  return area / lowest.areaMm2;
}

/** Says so when the disc between S1 and S2 is like one between free vertebrae. */
function freeSacralDisc(
  s: SpineInstances,
  shapes: readonly (InstanceShape | null)[],
  picture: PictureAt,
): string | null {
  const usual = shapes.flatMap((shape, i) =>
    s.items[i]?.kind === 'disc' && shape ? [shape.thicknessMm] : [],
  );
  const disc = usual.length < 2 ? null : sacralDisc(s, picture);
  if (disc === null || !isFreeDisc(disc, median(usual.slice(-5)))) return null;
  return `between S1 and S2 lies a disc ${disc.thicknessMm.toFixed(0)} mm thick and as deep as the sacrum, under a squared S1 (O'Driscoll type 4): lumbarised S1, or a sacralised L5 counted as S1`;
}

/**
 * Names for the discs and bodies, counted up from the sacrum and cross-checked by shape, size, the conus and, given the picture the
 * field was made from, by what lies between S1 and S2.
 */
export function numberLevels(s: SpineInstances, picture?: PictureAt): Numbering | null {
  const shapes = s.items.map((item) => instanceShape(s, item));
  const lowest = findLowest(s, shapes);
  if (!lowest) return null;
  const because = [...lowest.because];
  let { p, transitional } = lowest;
  const share = remnantShare(s, shapes[lowest.at] ?? null);
  if (share > 0.45) {
    transitional = share > 0.65 ? 'lumbarised-S1' : 'possible';
    p = Math.min(p, 0.7);
    because.push('a well-formed disc lies inside the sacrum (S1-S2): lumbarised S1 possible');
  }
  const free = picture ? freeSacralDisc(s, shapes, picture) : null;
  if (free !== null) {
    if (transitional === 'none') transitional = 'possible';
    p = Math.min(p, 0.7);
    because.push(free);
  }
  if (s.sacrumFrom !== null && sacrumSeen(s) < LEAST_SACRUM_MM) {
    p = Math.min(p, 0.85);
    because.push(
      'only the top of the sacrum is in view: it could be a vertebra cut by the edge of the picture',
    );
  }
  const lowestOdds = p;
  const discItems = s.items.map((item, i) => ({ item, i })).filter(({ item }) => item.kind === 'disc');
  const lumbosacral = discItems.findIndex(({ i }) => i === lowest.at);
  const fromBelow = discItems.slice(0, lumbosacral + 1).reverse();
  const segments = fromBelow.map(({ item }) => item.segment);
  const conus = conusEnds(s);
  if (conus !== null) {
    // Where the cord is lost and seen again its tip is one of the two: the one that fits the numbering says nothing against it.
    const [evidence = null] = [conus.upper, conus.lower]
      .map((end) => conusEvidence(end, segments, lowest.first))
      .filter((one) => one !== null)
      .sort((a, b) => b.five - a.five);
    if (evidence !== null) {
      because.push(evidence.text);
      p = Math.min(0.98, p * (0.1 + evidence.five));
      if (evidence.five < 0.75 && transitional === 'none') transitional = 'possible';
    }
  }
  const names = LUMBAR_DISCS_FROM_BELOW.slice(lowest.first);
  // Everything above a body that is as long as two is named wrongly if a disc was missed in it.
  const gaps = overlongBodies(s.items.map(({ segment }) => segment));
  const missed = (i: number) => gaps.filter((at) => at > i && at < lowest.at).length;
  if (missed(-1) > 0)
    because.push('a vertebra is much longer than the others: a disc may have been missed in it');
  const discs = fromBelow.slice(0, names.length).map(({ item, i }, k): NamedDisc => {
    const neighbours = [s.items[i - 1], s.items[i + 1]];
    const inferred = item.size === 0 || item.segment.evidence < 0.15;
    return {
      level: names[k] as DiscLevel,
      item,
      shape: shapes[i] ?? null,
      indexFromBottom: k + 1,
      // Each level further up adds a chance that a level was missed or split.
      confidence: Math.max(
        0,
        p * 0.997 ** k * 0.6 ** missed(i) * (inferred ? 0.6 : 1) * (item.cut ? 0.8 : 1),
      ),
      above: neighbours[0]?.kind === 'body' ? neighbours[0] : null,
      below: neighbours[1]?.kind === 'body' && k + lowest.first > 0 ? neighbours[1] : null,
    };
  });
  const lowestBody = discs[0]?.below;
  const fused: NamedBody[] =
    lowest.first === 1 && lowestBody ? [{ vertebra: 'L5', item: lowestBody, confidence: lowest.p }] : [];
  const bodies = discs.flatMap((d): NamedBody[] =>
    d.above ? [{ vertebra: vertebraAbove(d.level), item: d.above, confidence: d.confidence }] : [],
  );
  const unnamed =
    p >= 0.35
      ? undefined
      : s.sacrumFrom === null
        ? 'the sacrum is not in view, so the levels cannot be named'
        : 'what marks the levels contradicts itself, so they cannot be named';
  return {
    discs,
    bodies: [...fused, ...bodies],
    enumeration: {
      confidence: p,
      lumbarCount: unnamed || transitional !== 'none' ? 'unknown' : 5,
      transitional,
      because,
      ...(unnamed ? { unnamed } : {}),
    },
    lowest: lowestOdds,
  };
}
