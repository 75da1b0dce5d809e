import { describe, expect, it } from 'vitest';
import { judgeRole, type RoleInput, readsAsSagittal } from './role.ts';

const base: RoleInput = {
  plane: 'sagittal',
  header: { modality: 'MR' },
  imageType: ['ORIGINAL', 'PRIMARY', 'M', 'ND'],
  words: '',
  slices: 15,
  inPlaneMm: 0.7,
  stepMm: 4.4,
  orientations: 1,
  hasGeometry: true,
};

describe('the role of a series', () => {
  it.each([
    ['t2_tse_sag', 'sagittal-T2'],
    ['Sag T2 FRFSE', 'sagittal-T2'],
    ['sT2W_TSE', 'sagittal-T2'],
    ['T1W TSE SAG', 'sagittal-T1'],
    ['SAG T1 FLAIR', 'sagittal-T1'],
    ['t2_tirm_sag', 'sagittal-STIR'],
    ['STIR longTE', 'sagittal-STIR'],
    ['T2 SAG FS', 'sagittal-STIR'],
    ['T2_FATSAT_SAG', 'sagittal-STIR'],
    ['T2 TSE Dixon W', 'sagittal-water-fat'],
    ['WATER: Sag T2 IDEAL', 'sagittal-water-fat'],
    ['101_t2_SPACE', 'sagittal-T2'],
    ['series 4', 'sagittal-unknown'],
  ])('%s is %s', (words, role) => {
    expect(judgeRole({ ...base, words }).role).toBe(role);
  });

  it.each(['LOC 3 plane', 'localizer', 'SURVEY'])(
    '%s is a localiser, unless it has many fine slices',
    (words) => {
      expect(judgeRole({ ...base, words, slices: 5, inPlaneMm: 1.1 }).role).toBe('localiser');
      expect(judgeRole({ ...base, words })).toMatchObject({
        role: 'sagittal-unknown',
        conflict: 'the header calls it a localiser, but it has 15 fine slices',
      });
    },
  );

  it('of an axial series follows its weighting, and a coronal one has none', () => {
    expect(judgeRole({ ...base, plane: 'axial', words: 'Ax T2 L3-S1' }).role).toBe('axial-T2');
    expect(judgeRole({ ...base, plane: 'axial', words: 't1_tse_tra' }).role).toBe('axial-T1');
    expect(judgeRole({ ...base, plane: 'coronal', words: 'T2 cor' }).role).toBe('unknown');
  });

  it.each([
    [{ echoTime: 10, repetitionTime: 550 }, 'sagittal-T1'],
    [{ echoTime: 105, repetitionTime: 3500 }, 'sagittal-T2'],
    [{ echoTime: 60, repetitionTime: 4000, inversionTime: 160 }, 'sagittal-STIR'],
    [{ echoTime: 10, repetitionTime: 2200, inversionTime: 860 }, 'sagittal-T1'],
    [{}, 'sagittal-unknown'],
  ])('without words follows the timings %j', (times, role) => {
    expect(judgeRole({ ...base, header: { modality: 'MR', ...times } }).role).toBe(role);
  });

  it('is left open, with the reason, when words and timings contradict each other', () => {
    const verdict = judgeRole({
      ...base,
      words: 'T1 sag',
      header: { modality: 'MR', echoTime: 102, repetitionTime: 3500 },
    });
    expect(verdict.role).toBe('sagittal-unknown');
    expect(verdict.conflict).toContain('102');
  });

  it.each([
    [{ bodyPart: 'HEAD' }, 'T2 sag'],
    [{ bodyPart: 'CSPINE' }, 'T2 sag'],
    [{ studyDescription: 'MRI Knee right' }, 'PD FS sag'],
    [{ bodyPart: 'TSPINE' }, 'T2 sag'],
    [{}, 'T2 sag HWS'],
  ])('%j "%s" is not lumbar', (header, words) => {
    expect(judgeRole({ ...base, words, header: { modality: 'MR', ...header } }).role).toBe('not-lumbar');
  });

  it.each([
    [{ bodyPart: 'LSPINE' }, 'T2 sag'],
    [{ bodyPart: 'SPINE' }, 'T2 sag'],
    [{ bodyPart: 'ABDOMEN' }, 'T2 sag'],
    [{ bodyPart: 'HEAD', studyDescription: 'MRI L-spine' }, 'T2 sag'],
    [{ studyDescription: 'IRM rachis lombaire' }, 'T2 sag'],
  ])('%j stays in: it says lumbar, or does not say otherwise', (header, words) => {
    expect(judgeRole({ ...base, words, header: { modality: 'MR', ...header } }).role).toBe('sagittal-T2');
  });

  it.each([
    ['sagittal', { bodyPart: 'LSPINE' }, 'bone', 'sagittal-unknown'],
    ['sagittal', { bodyPart: 'SPINE' }, '', 'sagittal-unknown'],
    ['axial', { studyDescription: 'CT lumbar spine' }, '', 'unknown'],
    ['sagittal', { bodyPart: 'CHEST' }, 'lung', 'not-lumbar'],
    ['sagittal', { bodyPart: 'TSPINE' }, '', 'not-lumbar'],
    ['sagittal', {}, '', 'not-lumbar'],
  ] as const)('of a %s CT with %j follows what the header names', (plane, header, words, role) => {
    const verdict = judgeRole({ ...base, plane, words, header: { modality: 'CT', ...header } });
    expect(verdict.role).toBe(role);
    expect(verdict.contrast).toBe('ct');
  });

  it('of axial CT slices is that of the sagittal picture they make, where they lie close and reach far enough', () => {
    expect([readsAsSagittal(120, 2), readsAsSagittal(30, 5), readsAsSagittal(20, 2)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is never refused by a file name', () => {
    for (const words of ['head up t2', 'knee', 'loc 3']) {
      expect(judgeRole({ ...base, header: {}, words }).role).toMatch(/^sagittal/);
    }
  });

  it('of a projection or screen capture is unknown', () => {
    expect(judgeRole({ ...base, imageType: ['DERIVED', 'SECONDARY', 'PROJECTION IMAGE'] }).role).toBe(
      'unknown',
    );
  });
});
