/**
 * Grows seeds through a mask in 3-D, each voxel going to the seed it is nearest to by path inside the mask (Dial's shortest
 * paths). A step inside a slice costs 1, a step to the next slice `sliceCost`. `labels` holds the seeds (> 0) and receives
 * the result; voxels outside `mask` are left alone. Two bodies joined by a thin bridge part in the middle of the bridge.
 */
export function growSeeds(
  mask: Uint8Array,
  labels: Uint8Array,
  width: number,
  height: number,
  depth: number,
  sliceCost = 3,
): void {
  const plane = width * height;
  const cost = new Uint16Array(mask.length).fill(0xffff);
  const buckets: number[][] = Array.from({ length: sliceCost + 1 }, () => []);
  for (let i = 0; i < labels.length; i++) {
    if ((labels[i] as number) > 0 && mask[i]) {
      cost[i] = 0;
      (buckets[0] as number[]).push(i);
    }
  }
  let empty = 0;
  for (let now = 0; empty <= sliceCost; now++) {
    const slot = now % (sliceCost + 1);
    const bucket = buckets[slot] as number[];
    empty = bucket.length === 0 ? empty + 1 : 0;
    buckets[slot] = [];
    for (const at of bucket) {
      if (cost[at] !== now) continue;
      const label = labels[at] as number;
      const inPlane = at % plane;
      const x = inPlane % width;
      const reach = (to: number, step: number): void => {
        if (!mask[to] || (cost[to] as number) <= now + step) return;
        cost[to] = now + step;
        labels[to] = label;
        (buckets[(now + step) % (sliceCost + 1)] as number[]).push(to);
      };
      if (x > 0) reach(at - 1, 1);
      if (x + 1 < width) reach(at + 1, 1);
      if (inPlane >= width) reach(at - width, 1);
      if (inPlane + width < plane) reach(at + width, 1);
      if (at >= plane) reach(at - plane, sliceCost);
      if (at + plane < plane * depth) reach(at + plane, sliceCost);
    }
  }
}

/** A connected piece of a mask (6-neighbours). */
export interface Piece {
  readonly size: number;
  /** Mean column, row and slice. */
  readonly centre: readonly [number, number, number];
  readonly voxels: Int32Array;
}

/** All connected pieces of `mask` where `skip` is 0. */
export function pieces(
  mask: Uint8Array,
  skip: Uint8Array | null,
  width: number,
  height: number,
  depth: number,
): Piece[] {
  const plane = width * height;
  const seen = new Uint8Array(mask.length);
  let stack = new Int32Array(1024);
  const out: Piece[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || seen[start] || skip?.[start]) continue;
    // Taken voxels stay on the stack: it ends as the list of the piece's voxels.
    let n = 1;
    stack[0] = start;
    seen[start] = 1;
    let sx = 0;
    let sy = 0;
    let sz = 0;
    for (let next = 0; next < n; next++) {
      const at = stack[next] as number;
      const z = Math.floor(at / plane);
      const r = at - z * plane;
      const y = Math.floor(r / width);
      const x = r - y * width;
      sx += x;
      sy += y;
      sz += z;
      if (n + 6 > stack.length) {
        const larger = new Int32Array(stack.length * 2);
        larger.set(stack);
        stack = larger;
      }
      for (let side = 0; side < 6; side++) {
        let to = -1;
        if (side === 0 && x > 0) to = at - 1;
        else if (side === 1 && x + 1 < width) to = at + 1;
        else if (side === 2 && y > 0) to = at - width;
        else if (side === 3 && y + 1 < height) to = at + width;
        else if (side === 4 && z > 0) to = at - plane;
        else if (side === 5 && z + 1 < depth) to = at + plane;
        if (to < 0 || !mask[to] || seen[to] || skip?.[to]) continue;
        seen[to] = 1;
        stack[n++] = to;
      }
    }
    out.push({ size: n, centre: [sx / n, sy / n, sz / n], voxels: stack.slice(0, n) });
  }
  return out;
}
