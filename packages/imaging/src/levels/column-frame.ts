import type { Centreline } from './centreline.ts';

/**
 * Position of every pixel of a slice relative to the centreline: `along` is the nearest sample of the line (from the head
 * down), `across` the signed distance in mm, posterior positive.
 */
export interface ColumnFrame {
  readonly along: Int16Array;
  readonly across: Float32Array;
}

export function columnFrame(
  width: number,
  height: number,
  pixelMm: readonly [number, number],
  line: Centreline,
): ColumnFrame {
  const n = line.x.length;
  const along = new Int16Array(width * height);
  const across = new Float32Array(width * height);
  const { x: lx, y: ly } = line;
  const d2 = (k: number, x: number, y: number) => {
    const dx = x - (lx[k] as number);
    const dy = y - (ly[k] as number);
    return dx * dx + dy * dy;
  };
  let rowStart = 0;
  for (let j = 0; j < height; j++) {
    const y = (j + 0.5) * pixelMm[1];
    // Each row starts from a coarse search, then neighbours follow each other along the line.
    let best = rowStart;
    for (let k = 0; k < n; k += 8) if (d2(k, 0, y) < d2(best, 0, y)) best = k;
    rowStart = best;
    for (let i = 0; i < width; i++) {
      const x = (i + 0.5) * pixelMm[0];
      let d = d2(best, x, y);
      for (;;) {
        const up = best > 0 ? d2(best - 1, x, y) : Infinity;
        const down = best + 1 < n ? d2(best + 1, x, y) : Infinity;
        if (up < d && up <= down) {
          best--;
          d = up;
        } else if (down < d) {
          best++;
          d = down;
        } else break;
      }
      const at = j * width + i;
      along[at] = best;
      const dx = x - (lx[best] as number);
      const dy = y - (ly[best] as number);
      across[at] = dx * (line.ty[best] as number) - dy * (line.tx[best] as number);
    }
  }
  return { along, across };
}
