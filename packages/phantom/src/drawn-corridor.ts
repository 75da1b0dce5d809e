import type { Corridor, Vec3 } from '@foramen/spine';

/**
 * A way through Kambin's triangle to L4-L5 on the left, oblique from behind, as a plan would hold it: for pages and drawings that are
 * tried without measuring a spine first. LPS mm; `over` replaces what a case needs otherwise.
 */
export function drawnCorridor(target: Vec3, over: Partial<Corridor> = {}): Corridor {
  const [x, y, z] = target;
  return {
    kind: 'kambin',
    level: 'L4-L5',
    side: 'left',
    target,
    entry: null,
    towards: [x + 40, y + 40, z],
    lengthMm: null,
    convergenceDeg: 45,
    tiltDeg: 0,
    entryOffsetMm: null,
    widestMm: 7,
    clearanceMm: { bone: 3.4, sac: 5, root: 2 },
    uncertaintyMm: { bone: 3.2, sac: 3.2, root: 4.5 },
    nearest: { sac: [x - 4, y + 4, z], bone: [x + 10, y + 20, z] },
    fits: true,
    outline: [
      [x, y - 5, z - 4],
      [x, y + 5, z - 4],
      [x, y + 5, z + 8],
    ],
    windowAreaMm2: 60,
    notes: [],
    ...over,
  };
}
