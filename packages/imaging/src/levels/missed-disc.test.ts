import { describe, expect, it } from 'vitest';
import type { ColumnSegment } from './alternation.ts';
import { overlongBodies, partOverlongBodies } from './missed-disc.ts';
import { smoothLine } from './smoothing.ts';

/** Bodies and discs of these lengths in samples, from the head down. */
function column(...lengths: readonly number[]): ColumnSegment[] {
  let from = 0;
  return lengths.map((length, i) => {
    const s = { kind: i % 2 === 0 ? 'body' : 'disc', from, to: from + length, evidence: 0.9 } as const;
    from = s.to;
    return s;
  });
}

describe('a disc missed in a regular column', () => {
  const spine = column(36, 10, 78, 10, 35, 10, 36, 10, 34);
  const long = spine[2] as ColumnSegment;

  it('is looked for in a body twice as long as the others', () => {
    expect(overlongBodies(spine)).toEqual([2]);
    expect(overlongBodies(column(36, 10, 44, 10, 35, 10, 36))).toEqual([]);
    expect(overlongBodies(column(36, 10, 78, 10, 35))).toEqual([]);
  });

  it('is found where disc tissue is seen faintly, and never invented', () => {
    const share = new Float32Array(400);
    expect(partOverlongBodies(spine, share)).toEqual(spine);
    const at = (long.from + long.to) / 2 + 3;
    share.fill(0.3, at - 4, at + 4);
    const parted = partOverlongBodies(spine, share);
    expect(parted.map((s) => s.kind)).toEqual([
      'body',
      'disc',
      'body',
      'disc',
      'body',
      'disc',
      'body',
      'disc',
      'body',
      'disc',
      'body',
    ]);
    const disc = parted[3] as ColumnSegment;
    expect(Math.abs((disc.from + disc.to) / 2 - at)).toBeLessThan(2);
    expect(disc.evidence).toBeGreaterThan(0.25);
    // Close to an end plate it belongs to the disc that is known.
    const near = new Float32Array(400);
    near.fill(0.3, long.from, long.from + 8);
    expect(partOverlongBodies(spine, near)).toEqual(spine);
  });
});

describe('smoothing a line', () => {
  it('keeps a straight line straight, whatever a stray end says', () => {
    const line = Float32Array.from({ length: 120 }, (_, i) => 40 + 0.3 * i);
    smoothLine(line, 9).forEach((v, i) => {
      expect(v).toBeCloseTo(line[i] as number, 3);
    });
    const stray = line.slice();
    stray[119] = 90;
    expect(Math.abs((smoothLine(stray, 9)[119] as number) - 75.7)).toBeLessThan(9);
    const weights = Float32Array.from(line, (_, i) => (i < 100 ? 1 : 0));
    const tail = Float32Array.from(line, (v, i) => (i < 100 ? v : 0));
    smoothLine(tail, 9, weights).forEach((v, i) => {
      expect(Math.abs(v - (line[i] as number)), `${i}`).toBeLessThan(0.01);
    });
    expect([...smoothLine([3, 1, 2], 2, [0, 0, 0])]).toEqual([3, 1, 2]);
  });
});
