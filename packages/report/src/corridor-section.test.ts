import { assess, buildCase } from '@foramen/care';
import { drawnCorridor } from '@foramen/phantom';
import { affineFrom, type CorridorAnswer, DISC_LABEL, mm, type SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { corridorSection } from './corridor-section.ts';
import type { ReportPicture } from './slice-picture.ts';

const way = drawnCorridor([16, 0, 0], {
  nearest: { sac: [12, 4, 0], bone: [18, 8, 0], root: [14, 2, 8] },
  notes: ['measured <supine>'],
});
const answers: readonly CorridorAnswer[] = [
  way,
  { kind: 'kambin', level: 'L4-L5', side: 'right', abstained: 'no slice shows the pedicles on this side' },
  {
    kind: 'l5s1-transforaminal',
    level: 'L5-S1',
    side: 'midline',
    abstained: 'the iliac crest lies outside these slices: it needs a coronal series',
    discSpaceMm: { anterior: mm(12.5), middle: mm(9.5), posterior: mm(6.5) },
  },
];

function findings(corridors?: readonly CorridorAnswer[]): SpineFindings {
  const because = { slice: 0, box: [0, 0, 1, 1] as const, models: [] };
  return {
    schema: 'foramen.findings/1',
    series: [],
    enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
    levels: [
      {
        level: 'L4-L5',
        indexFromBottom: 2,
        confidence: 0.95,
        herniation: { p: 0.8 },
        herniationSide: 'left',
        measures: {},
        because,
      },
    ],
    vertebrae: [],
    limits: [],
    ...(corridors === undefined ? {} : { corridors }),
    models: [],
  };
}

/** 80 x 80 voxels of 2 mm about the target, with the disc labelled on every slice. */
function picture(role: 'sagittal-T2' | 'axial-T2', label: number): ReportPicture {
  const axes = {
    'sagittal-T2': [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    'axial-T2': [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  } as const;
  const size = [80, 80, 9] as const;
  const spacing = [2, 2, 4] as const;
  const origin = role === 'axial-T2' ? ([-80, -80, -16] as const) : ([0, -80, 80] as const);
  const grid = { size, spacing, ijkToLps: affineFrom(axes[role], spacing, origin) };
  const n = size[0] * size[1] * size[2];
  return {
    name: role,
    keySlice: 4,
    volume: { ...grid, data: Float32Array.from({ length: n }, (_, i) => i % 251) },
    labels: { ...grid, data: new Uint8Array(n).fill(label) },
    reading: { role, size, spacingMm: spacing, spacingFrom: 'file' },
  };
}

function section(
  corridors: readonly CorridorAnswer[] | undefined,
  pictures: readonly ReportPicture[],
): string {
  const built = buildCase({ patientId: 'p', now: '2026-05-02', findings: findings(corridors), intake: null });
  if (!built.ok) throw new Error(built.problems[0].what);
  return corridorSection(built.value, assess(built.value), pictures);
}

describe('ways for needle and tube in the report', () => {
  const disc = DISC_LABEL['L4-L5'];
  const sagittal = picture('sagittal-T2', disc);

  it('are drawn on the sagittal and the axial slice of their target, with window, distances and intervals', () => {
    const html = section(answers, [sagittal, picture('axial-T2', disc)]);
    expect(html).toContain('Planning geometry, not navigation.');
    expect(html.match(/<figure/g)).toHaveLength(2);
    expect(html).toContain('on sagittal-T2, slice 5 of 9');
    expect(html).toContain('on axial-T2, slice 5 of 9');
    expect(html.match(/<polygon class="window"/g)).toHaveLength(2);
    for (const text of ['root 2.0 ± 4.5 mm', 'sac 5.0 ± 3.2 mm', 'facet 3.4 ± 3.2 mm'])
      expect(html).toContain(text);
    // A root that may lie in the way is no free way.
    expect(html).toContain('in doubt');
    expect(html).toContain('measured &lt;supine&gt;');
  });

  it('are not drawn on an axial series of another frame of reference', () => {
    expect(section(answers, [sagittal, picture('axial-T2', 0)]).match(/<figure/g)).toHaveLength(1);
  });

  it('say what is not given and not assessed, and why', () => {
    const html = section(answers, [sagittal]);
    expect(html).toContain('not given: no slice shows the pedicles on this side');
    expect(html).toContain('Iliac crest over L5-S1: not assessed.');
    expect(html).toContain('needs a coronal series');
    expect(html).toContain('Disc space 12.5 mm in front, 9.5 in the middle, 6.5 behind.');
  });

  it('are left out where there are none', () => {
    expect(section(undefined, [sagittal])).toBe('');
  });
});
