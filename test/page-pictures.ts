import { drawnCorridor } from '@foramen/phantom';
import {
  affineFrom,
  type CorridorAnswer,
  type LevelFindings,
  mm,
  type ReaderMark,
  type SpineFindings,
} from '@foramen/spine';
import type { Answers } from './browser.ts';

/** What the pages show pictures of: blocks for vertebrae, findings on them, a measure, a way to the disc. */

const SIZE = [48, 64, 5] as const;
const AXIAL_SIZE = [48, 48, 9] as const;
/** Right over the L4-L5 disc of the sagittal blocks: slice 5 of 9 lies at its height. */
const AXIAL = affineFrom(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
  [1, 2, 5],
  [-24, -48, -5],
);
const AFFINE = affineFrom(
  [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  [2, 2, 5],
  [-10, -48, 64],
);

/** A column of five discs between six blocks, canal behind them, on the three middle slices. */
function picture(): { readonly volume: Int16Array; readonly labels: Uint8Array } {
  const [columns, rows, slices] = SIZE;
  const volume = new Int16Array(columns * rows * slices);
  const labels = new Uint8Array(columns * rows * slices);
  const vertebra = [50, 45, 44, 43, 42, 41];
  const disc = [100, 95, 94, 93, 92];
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = i + columns * (j + rows * k);
        const level = Math.floor((rows - 1 - j) / 11);
        const inDisc = (rows - 1 - j) % 11 >= 8;
        const label =
          k === 0 || k === slices - 1
            ? 0
            : i >= 26 && i < 31
              ? 2
              : i >= 8 && i < 26
                ? ((inDisc ? disc[level] : vertebra[level]) ?? 0)
                : 0;
        labels[at] = label;
        volume[at] = label === 0 ? 40 : label === 2 ? 900 : label >= 91 ? 300 : 550;
      }
    }
  }
  return { volume, labels };
}

function level(name: LevelFindings['level'], index: number, bulge: number): LevelFindings {
  const row = 64 - (index - 1) * 11 - 10;
  return {
    level: name,
    indexFromBottom: index,
    confidence: 0.97,
    pfirrmann:
      index === 2 ? { grade: 4, p: [0, 0.05, 0.2, 0.6, 0.15] } : { grade: 2, p: [0.1, 0.6, 0.2, 0.1, 0] },
    herniation: { p: index === 2 ? 0.86 : 0.05 },
    bulging: { p: index === 2 ? 0.9 : 0.1 },
    narrowing: { p: 0.2 },
    schizas: { abstained: 'there is no axial T2 series' },
    measures: { heightMiddleMm: 9.1, bulgeMm: bulge, herniationApMm: bulge } as LevelFindings['measures'],
    landmarks: {
      slice: 2,
      upper: [
        [8, row],
        [25, row],
      ],
      lower: [
        [8, row + 2],
        [25, row + 2],
      ],
      canal: [
        [26, row + 1],
        [30, row + 1],
      ],
      apex: null,
    },
    because: { slice: 2, box: [row, 8, row + 3, 26], models: [] },
  };
}

/** A measure that was kept before: taken away, so that the pictures start without one. */
export const MARK: ReaderMark = {
  id: 'm1',
  revision: 2,
  removed: true,
  drawing: {
    kind: 'length',
    seriesUid: null,
    series: 1,
    title: 'T2 sagittal',
    slice: 2,
    spacingMm: [2, 2],
    points: [
      [10, 10],
      [20, 10],
    ],
    lps: null,
    level: null,
    note: 'smallest depth',
  },
  frameOfReferenceUid: null,
  author: 'Dr Reader',
  at: '2026-02-21T09:30:00.000Z',
  drawnAt: '2026-02-21T09:00:00.000Z',
};

const WAY = drawnCorridor([5, 6, -25], {
  widestMm: 6.5,
  clearanceMm: { bone: 4.5, sac: 6.5, root: 1.5 },
  uncertaintyMm: { bone: 3.1, sac: 3.1, root: 4.4 },
  nearest: { bone: [11, 8, -25], sac: [0, 8, -25], root: [5, 8, -17] },
  outline: [
    [5, 2, -29],
    [5, 10, -29],
    [5, 10, -21],
  ],
  windowAreaMm2: 32,
  notes: ['measured supine'],
});
const CORRIDORS: readonly CorridorAnswer[] = [
  WAY,
  { kind: 'kambin', level: 'L4-L5', side: 'right', abstained: 'no slice shows the pedicles on this side' },
  {
    kind: 'l5s1-transforaminal',
    level: 'L5-S1',
    side: 'midline',
    abstained: 'the iliac crest is not outlined by this reading: mark its top on T2 sagittal',
    discSpaceMm: { anterior: mm(9), middle: mm(8), posterior: mm(7) },
    crest: { centre: [0, -14, -47], up: [0, 0, 1], discHeightMm: 8, bodyHeightMm: 16, seenOn: [0] },
  },
];

export function findings(date: string, bulge: number): SpineFindings {
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [],
    enumeration: {
      confidence: 0.96,
      lumbarCount: 5,
      transitional: 'none',
      because: ['counted from the sacrum'],
    },
    levels: [level('L5-S1', 1, 0.5), level('L4-L5', 2, bulge), level('L3-L4', 3, 0.3)],
    vertebrae: [],
    limits: ['there is no axial series'],
    corridors: CORRIDORS,
    models: [],
  };
}

/** A study of p1 with a sagittal and an axial series; `analysis` is how far its reading is. */
export const studyOf = (id: string, date: string, analysis: object) => ({
  id,
  patientId: 'p1',
  studyUid: null,
  date,
  description: 'Lumbar spine',
  source: 'dicom',
  analysis,
  findings: true,
  series: [
    {
      number: 1,
      seriesUid: null,
      description: 'T2 sagittal',
      modality: 'MR',
      slices: SIZE[2],
      rows: SIZE[1],
      columns: SIZE[0],
      spacingMm: [2, 2, 5],
      plane: 'sagittal',
      role: 'sagittal-T2',
      overlay: true,
      keySlice: 2,
      ijkToLps: AFFINE,
      window: { center: 500, width: 1000 },
    },
    {
      number: 2,
      seriesUid: null,
      description: 'T2 axial',
      modality: 'MR',
      slices: AXIAL_SIZE[2],
      rows: AXIAL_SIZE[1],
      columns: AXIAL_SIZE[0],
      spacingMm: [1, 2, 5],
      plane: 'axial',
      role: 'axial-T2',
      overlay: false,
      keySlice: 1,
      ijkToLps: AXIAL,
      window: { center: 500, width: 1000 },
    },
  ],
});

/** Volumes and labels of a study's two series, by their addresses. */
export function pixelsOf(id: string): Answers {
  const { volume, labels } = picture();
  return {
    [`/api/studies/${id}/series/1/volume`]: new Uint8Array(volume.buffer),
    [`/api/studies/${id}/series/1/labels`]: labels,
    [`/api/studies/${id}/series/2/volume`]: new Uint8Array(
      Int16Array.from({ length: AXIAL_SIZE[0] * AXIAL_SIZE[1] * AXIAL_SIZE[2] }, (_, n) => (n * 37) % 900)
        .buffer,
    ),
  };
}
