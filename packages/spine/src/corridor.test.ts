import { describe, expect, it } from 'vitest';
import { type Corridor, corridorRoom } from './corridor.ts';

const way = (over: Partial<Corridor>): Corridor => ({
  kind: 'tubular',
  level: 'L4-L5',
  side: 'left',
  target: [0, 0, 0],
  entry: null,
  towards: [0, 1, 0],
  lengthMm: null,
  convergenceDeg: 0,
  tiltDeg: 0,
  entryOffsetMm: null,
  widestMm: 9,
  clearanceMm: { bone: 3, sac: 3, root: null },
  uncertaintyMm: { bone: 2, sac: 2, root: null },
  nearest: {},
  fits: true,
  outline: [],
  windowAreaMm2: null,
  notes: [],
  ...over,
});

describe('the room of a way', () => {
  it('is there where every clearance is more than its uncertainty', () => {
    expect(corridorRoom(way({}))).toBe('room');
    expect(corridorRoom(way({ fits: false }))).toBe('narrow');
    expect(corridorRoom(way({ clearanceMm: { bone: 2, sac: 3, root: null } }))).toBe('doubtful');
    expect(corridorRoom(way({ clearanceMm: { bone: 3, sac: -1, root: null } }))).toBe('doubtful');
    expect(
      corridorRoom(
        way({ clearanceMm: { bone: 3, sac: 3, root: 1 }, uncertaintyMm: { bone: 2, sac: 2, root: 2.5 } }),
      ),
    ).toBe('doubtful');
  });

  it('is doubtful where sac or bone were not outlined: what is not seen is not clear', () => {
    for (const to of ['bone', 'sac'] as const)
      expect(
        corridorRoom(
          way({
            clearanceMm: { bone: 3, sac: 3, root: null, [to]: null },
            uncertaintyMm: { bone: 2, sac: 2, root: null, [to]: null },
          }),
        ),
      ).toBe('doubtful');
  });

  it('of a way through the canal hangs on its bone alone', () => {
    const through = { kind: 'interlaminar', clearanceMm: { bone: 3, sac: -14, root: null } } as const;
    expect(corridorRoom(way(through))).toBe('room');
    expect(corridorRoom(way({ ...through, clearanceMm: { bone: 1, sac: -14, root: null } }))).toBe(
      'doubtful',
    );
  });
});
