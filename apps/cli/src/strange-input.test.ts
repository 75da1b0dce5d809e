import { writeNiftiLabels } from '@foramen/imaging';
import type { LabelVolume, Problem, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { createSpineReader } from './reading.ts';
import {
  ELSEWHERE,
  HALF_TURN,
  MIRRORED,
  png,
  QUARTER_TURN,
  rearranged,
  spineSlices,
  UPSIDE_DOWN,
  volumeOf,
  withMetal,
} from './strange-pictures.fixture.ts';

/** The installed networks run here; the machine may be doing other things. */
const SLOW = 600_000;
const MM = 0.9;
const reader = createSpineReader();

type Answer = { readonly findings: SpineFindings } | { readonly problem: Problem };
async function answer(name: string, bytes: Uint8Array, mm?: number): Promise<Answer> {
  const read = await reader.read([{ name, bytes }], mm === undefined ? {} : { spacing: [mm, mm, 4.4] });
  return read.ok ? { findings: read.value.reading.findings } : { problem: read.problems[0] };
}
async function findings(name: string, bytes: Uint8Array, mm?: number): Promise<SpineFindings> {
  const got = await answer(name, bytes, mm);
  if ('problem' in got) throw new Error(got.problem.what);
  return got.findings;
}

/** Refused in one line, or every level abstained on with a reason and no confidence to speak of. */
function expectNothingGraded(got: Answer): void {
  if ('problem' in got) {
    expect(got.problem.what.length).toBeGreaterThan(10);
    expect(got.problem.help.length).toBeGreaterThan(10);
    return;
  }
  for (const level of got.findings.levels) {
    expect(level.abstained, level.level).toBeTruthy();
    expect(level.pfirrmann).toBeUndefined();
    expect(level.confidence).toBeLessThan(0.35);
  }
  expect(got.findings.limits.join()).toContain('cannot be named');
}

const spine = spineSlices('strange', { lesions: 0, degeneration: 0.2 });
const picture = spine.slices[0]!;
const names = (f: SpineFindings) => f.levels.map((l) => l.level);

describe('pictures of something else', { timeout: SLOW }, () => {
  it.each(Object.keys(ELSEWHERE))('%s: nothing is graded', async (name) => {
    expectNothingGraded(await answer(`${name}.png`, png(ELSEWHERE[name]!())));
  });
});

describe('spines that are not as they should be', { timeout: SLOW }, () => {
  it('an ordinary one is read, for comparison', async () => {
    const f = await findings('x.png', png(picture), MM);
    expect(names(f).slice(0, 5)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);
    expect(f.enumeration.confidence).toBeGreaterThan(0.8);
  });

  it.each([
    ['upside down', UPSIDE_DOWN, 'upside down'],
    ['mirrored', MIRRORED, 'mirrored'],
    ['turned by half a turn', HALF_TURN, 'rotated by 180 degrees'],
  ] as const)('%s: turned and said so, or abstained on', async (_, turn, said) => {
    const got = await answer('x.png', png(rearranged(picture, turn)), MM);
    if ('problem' in got || got.findings.enumeration.confidence < 0.35) return expectNothingGraded(got);
    expect(got.findings.limits.join()).toContain(said);
    expect(names(got.findings).slice(0, 5)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);
  });

  it.each([
    ['upside down', UPSIDE_DOWN, 'upside down'],
    ['mirrored', MIRRORED, 'mirrored'],
  ] as const)(
    'a series with geometry whose pixels are %s against it: turned, said, and no side told',
    async (_, turn, said) => {
      const series = spineSlices('against the header', { lesions: 0, degeneration: 0.2, lumbarCount: 5 }, 7);
      const turned = series.slices.map((slice) => rearranged(slice, turn));
      const f = await findings('x.nii', writeNiftiLabels(volumeOf(turned, [MM, MM, 4.4])));
      expect(names(f).slice(0, 5)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);
      expect(f.limits.join()).toContain(said);
      expect(f.limits.join()).toContain('the header says the picture lies otherwise');
      for (const level of f.levels) {
        expect(level.rootContacts ?? []).toEqual([]);
        expect(level.measures.foramenHeightMm).toBeUndefined();
      }
      expect(f.corridors ?? []).toEqual([]);
    },
  );

  it('on its side: nothing is graded', async () => {
    expectNothingGraded(await answer('x.png', png(rearranged(picture, QUARTER_TURN)), MM));
  });

  it('a spacing that is wrong by a factor: refused, abstained on, or called wrong', async () => {
    for (const factor of [0.4, 2.5]) {
      const got = await answer('x.png', png(picture), MM * factor);
      if ('problem' in got || got.findings.enumeration.confidence < 0.35) expectNothingGraded(got);
      else expect(got.findings.limits.join()).toMatch(/pixel spacing/);
    }
  });

  it('a child: read, with its size remarked on', async () => {
    const child = spineSlices('child', { scale: 0.6, lesions: 0, degeneration: 0 });
    const f = await findings('x.png', png(child.slices[0]!), MM);
    expect(f.limits.join()).toMatch(/mm deep/);
    expect(names(f)[0]).toBe('L5-S1');
  });

  it('metal over the lower half: what it hides is not graded', async () => {
    const got = await answer('x.png', png(withMetal(picture, spine.truth[0]!, 1)), MM);
    if ('problem' in got) return expectNothingGraded(got);
    const sure = got.findings.levels.filter((l) => l.abstained === undefined && l.confidence > 0.5);
    expect(sure).toEqual([]);
  });

  it('fused, with cages and screws: levels keep their names or have none, and no disc is called healthy', async () => {
    const bridged = { pfirrmann: 5, bulge: 0, anteriorBulge: 0, cleft: 0 } as const;
    const fused = spineSlices('fused', {
      lumbarCount: 5,
      lesions: 0,
      discs: {
        0: { cage: true, pfirrmann: 5 },
        1: { cage: true, pfirrmann: 5 },
        2: { ...bridged, height: 0.6 },
      },
      vertebrae: { 0: { screws: true }, 1: { screws: true }, 2: { screws: true } },
    });
    const got = await answer('x.png', png(fused.slices[0]!), MM);
    if ('problem' in got || got.findings.enumeration.confidence < 0.35) return expectNothingGraded(got);
    expect(names(got.findings).slice(0, 5)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2']);
    for (const level of got.findings.levels.slice(0, 3)) {
      if (level.pfirrmann === undefined || !('p' in level.pfirrmann)) continue;
      const [first = 0, second = 0] = level.pfirrmann.p;
      expect(first + second, level.level).toBeLessThan(0.5);
    }
  });

  it('a spacing that is wrong in one direction: refused, abstained on, or called wrong', async () => {
    for (const spacing of [
      [MM * 2.2, MM, 4.4],
      [MM, MM * 2.2, 4.4],
    ] as const) {
      const read = await reader.read([{ name: 'x.png', bytes: png(picture) }], { spacing });
      const got: Answer = read.ok ? { findings: read.value.reading.findings } : { problem: read.problems[0] };
      if ('problem' in got || got.findings.enumeration.confidence < 0.35) expectNothingGraded(got);
      else expect(got.findings.limits.join(), spacing.join()).toMatch(/pixel spacing/);
    }
  });

  it('three slices: read, and what three cannot show is left out', async () => {
    const three = spineSlices('three', { lesions: 0 }, 3);
    const f = await findings('x.nii', writeNiftiLabels(volumeOf(three.slices, [MM, MM, 4.4])));
    expect(names(f)[0]).toBe('L5-S1');
    expect(f.limits.join()).toContain('fewer than five sagittal slices');
    for (const l of f.levels) expect(l.measures.volumeMm3).toBeUndefined();
  });

  it('axial or coronal slices alone: refused', async () => {
    const sagittal = volumeOf([picture, picture, picture], [MM, MM, 4]);
    const s = 160;
    const planes: Record<string, LabelVolume['ijkToLps']> = {
      axial: [MM, 0, 0, -MM * s, 0, MM, 0, -MM * s, 0, 0, 4, 0, 0, 0, 0, 1],
      coronal: [MM, 0, 0, -MM * s, 0, 0, 4, 0, 0, -MM, 0, MM * s, 0, 0, 0, 1],
    };
    for (const [plane, ijkToLps] of Object.entries(planes)) {
      const got = await answer(`${plane}.nii`, writeNiftiLabels({ ...sagittal, ijkToLps }));
      expect(got, plane).toMatchObject({ problem: { code: 'missing', where: expect.any(String) } });
    }
  });
});
