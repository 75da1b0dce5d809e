import { numbers, readDicom, sha256, text } from '@foramen/dicom';
import { intakeSchema } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { addDays, diaryCsv, writeDiary } from './diary.ts';
import { writeVcf } from './genotype.ts';
import { cross, dot } from './plane.ts';
import { rngFrom } from './prng.ts';
import { patientFiles, SAMPLE_STORIES, samplePatient } from './sample-patients.ts';
import { L5_RADICULOPATHY } from './stories/l5-radiculopathy.ts';
import { SHRINKING } from './stories/shrinking-herniation.ts';
import { CLASS } from './tissue.ts';

describe('the seven stories', () => {
  it('cover what they must, once each', () => {
    expect(SAMPLE_STORIES.map((s) => s.id)).toEqual([
      'sample-healthy',
      'sample-l5-radiculopathy',
      'sample-shrinking-herniation',
      'sample-stenosis',
      'sample-degenerative-slip',
      'sample-silent-degeneration',
      'sample-cauda-equina',
    ]);
  });

  it.each(SAMPLE_STORIES)('$id has a valid intake whose person agrees with the story', (story) => {
    const parsed = intakeSchema.safeParse(story.intake);
    expect(parsed.success, JSON.stringify(parsed.error)).toBe(true);
    expect(story.intake.person?.ageYears).toBe(story.ageYears);
    const birthday = addDays(story.birthDate, 0);
    const years = Number(story.intake.date!.slice(0, 4)) - Number(birthday.slice(0, 4));
    const before = story.intake.date!.slice(5) < birthday.slice(5) ? 1 : 0;
    expect(years - before).toBe(story.ageYears);
    expect(story.intake.person?.sex).toBe(story.sex);
  });

  it.each(SAMPLE_STORIES)('$id has a diary within bounds and a genome on GRCh38', (story) => {
    const diary = writeDiary(story.diary, rngFrom(1));
    expect(diary).toHaveLength(story.diary.days);
    for (const d of diary) {
      if (d.pain !== null) expect(d.pain >= 0 && d.pain <= 10).toBe(true);
      if (d.steps !== null) expect(d.steps).toBeGreaterThanOrEqual(0);
    }
    expect(diaryCsv(diary).split('\n')).toHaveLength(story.diary.days + 2);
    const vcf = writeVcf('S', story.genotype, story.markers);
    const rows = vcf.split('\n').filter((l) => l && !l.startsWith('#'));
    expect(vcf).toContain('##reference=GRCh38');
    expect(rows.length).toBeGreaterThan(300);
    for (const r of rows) expect(r.split('\t')).toHaveLength(10);
  });
});

describe('a genome', () => {
  it('carries the poor metaboliser of the story: CYP2D6 *4/*4 is homozygous at rs3892097', () => {
    const line = writeVcf('S', L5_RADICULOPATHY.genotype)
      .split('\n')
      .find((l) => l.includes('rs3892097'))!;
    expect(line.split('\t').slice(0, 5)).toEqual(['chr22', '42128945', 'rs3892097', 'C', 'T']);
    expect(line).toContain('\t1|1:');
  });
  it('refuses an allele it does not know', () => {
    expect(() => writeVcf('S', { CYP2D6: ['*999', '*1'] })).toThrow(RangeError);
  });
});

describe('a patient', () => {
  const patient = samplePatient(1, L5_RADICULOPATHY);
  const study = patient.studies[0]!;

  it('is the same bytes for the same seed', () => {
    const digest = (files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): string[] =>
      files.map((f) => `${f.path} ${Buffer.from(sha256(f.bytes)).toString('hex')}`);
    const some = (p: typeof patient) =>
      patientFiles(p).filter((f) => !f.path.endsWith('.dcm') || f.path.includes('008'));
    expect(digest(some(samplePatient(1, L5_RADICULOPATHY)))).toEqual(digest(some(patient)));
  }, 120_000);

  it('has three series in one frame of reference that read back with true geometry', () => {
    const frames = new Set<string>();
    const series = new Map<string, number[][]>();
    for (const f of study.files) {
      const read = readDicom(f.bytes, { name: f.path });
      if (!read.ok) throw new Error(JSON.stringify(read));
      const set = read.value.set;
      frames.add(text(set, 'FrameOfReferenceUID')!);
      const iop = numbers(set, 'ImageOrientationPatient');
      const u = [iop[0]!, iop[1]!, iop[2]!] as const;
      const v = [iop[3]!, iop[4]!, iop[5]!] as const;
      expect(Math.abs(dot(u, v))).toBeLessThan(1e-4);
      const where = dot(numbers(set, 'ImagePositionPatient') as [number, number, number], cross(u, v));
      const name = text(set, 'SeriesDescription')!;
      series.set(name, [...(series.get(name) ?? []), [where]]);
    }
    expect(frames.size).toBe(1);
    expect([...series.keys()].sort()).toEqual(['T1 TSE SAG', 'T2 TSE SAG', 'T2 TSE TRA']);
    const sagittal = series.get('T2 TSE SAG')!.map((w) => w[0]!);
    expect(sagittal).toHaveLength(15);
    for (let k = 1; k < 15; k++) expect(Math.abs(sagittal[k]! - sagittal[k - 1]!)).toBeCloseTo(4.4, 3);
  });

  it('says in truth and shows in labels a left herniation at L4-L5', () => {
    const l45 = study.truth.discs[1]!;
    expect(l45.name).toBe('L4-L5');
    expect(l45.herniation!.lateralMm).toBeGreaterThan(0);
    expect(study.truth.discs.filter((d) => d.herniation)).toHaveLength(1);
    const { size, data } = study.labels;
    expect(data.length).toBe(size[0] * size[1] * size[2]);
    for (const c of Object.values(CLASS)) expect(data.includes(c)).toBe(true);
  });

  it('has a record with the five kinds of resource, each named once', () => {
    const kinds = new Set(patient.fhir.entry.map((e) => e.resource.resourceType));
    for (const k of ['Patient', 'Condition', 'Observation', 'MedicationStatement', 'QuestionnaireResponse']) {
      expect(kinds.has(k)).toBe(true);
    }
    expect(new Set(patient.fhir.entry.map((e) => e.fullUrl)).size).toBe(patient.fhir.entry.length);
  });
});

describe('a herniation that resorbs', () => {
  it('shrinks from scan to scan in the story', () => {
    const ap = SHRINKING.scans.map((s) => s.discs![0]!.herniation!.ap);
    expect(ap).toHaveLength(3);
    expect(ap[0]!).toBeGreaterThan(ap[1]!);
    expect(ap[1]!).toBeGreaterThan(ap[2]!);
  });
});
