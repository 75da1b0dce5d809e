import type {
  Affine,
  Assessment,
  CarePlan,
  GenomicProfile,
  Intake,
  PatientCase,
  SpineFindings,
} from '@foramen/spine';
import { getBytes, getJson, getOptional } from '../api/client.ts';
import type { DiaryEntry, PatientDetail, SeriesSummary, StudySummary } from '../api/shapes.ts';
import type { PatientRecord, StudyRecord } from './patient-record.ts';
import { distinct, type Picture, type PictureSource, windowOf } from './picture.ts';
import { type Arriving, comesInParts, loadStack } from './stack-loading.ts';

/** Everything of one patient in a few requests at once; what does not exist yet is null. */
export async function readPatient(id: string, signal: AbortSignal): Promise<PatientRecord> {
  const base = `/api/patients/${encodeURIComponent(id)}`;
  const detail = await getJson<PatientDetail>(base, signal);
  const has = detail.has;
  const [theCase, assessment, plan, genome, intake, diary, studies] = await Promise.all([
    has.assessment ? getOptional<PatientCase>(`${base}/case`, signal) : null,
    has.assessment ? getOptional<Assessment>(`${base}/assessment`, signal) : null,
    has.plan ? getOptional<CarePlan>(`${base}/plan`, signal) : null,
    has.genome ? getOptional<GenomicProfile>(`${base}/genome`, signal) : null,
    has.intake ? getOptional<Intake>(`${base}/intake`, signal) : null,
    getOptional<{ readonly entries: readonly DiaryEntry[] }>(`${base}/diary`, signal),
    Promise.all(detail.studyList.map((study) => readStudy(study, signal))),
  ]);
  return {
    id: detail.id,
    name: detail.name,
    ageYears: detail.ageYears ?? intake?.person?.ageYears ?? null,
    sex: detail.sex,
    sample: detail.sample,
    sharesNumber: detail.sharesNumber ?? false,
    openedUntil: detail.openedUntil ?? null,
    story: detail.story,
    local: false,
    studies: [...studies].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '')),
    case: theCase,
    assessment,
    plan,
    genome,
    intake,
    diary: diary?.entries ?? [],
    analysis: detail.analysis,
  };
}

async function readStudy(study: StudySummary, signal: AbortSignal): Promise<StudyRecord> {
  const base = `/api/studies/${encodeURIComponent(study.id)}`;
  const done = study.analysis.state === 'done' && study.findings !== false;
  return {
    id: study.id,
    date: study.date,
    description: study.description,
    analysis: study.analysis,
    findings: done ? await getOptional<SpineFindings>(`${base}/findings`, signal) : null,
    pictures: distinct(
      study.series
        .filter((series) => series.role !== 'localiser')
        .map((series) => source(`${base}/series/${series.number}`, study, series)),
    ),
    reportUrl: done ? `${base}/report.html` : null,
  };
}

function source(base: string, study: StudySummary, series: SeriesSummary): PictureSource {
  const id = `${study.id}/${series.number}`;
  const own = { uid: series.seriesUid, number: series.number };
  const title = series.description ?? series.role ?? `Series ${series.number}`;
  const size = [series.columns, series.rows, series.slices] as const;
  const picture = (
    data: Int16Array,
    labels: Uint8Array | null,
    seen: Int16Array,
    arriving?: Arriving,
  ): Picture => ({
    id,
    series: own,
    title,
    plane: series.plane,
    size,
    spacing: series.spacingMm,
    ijkToLps: affine(series.ijkToLps),
    data,
    labels,
    window: series.window ?? windowOf(seen),
    keySlice: series.keySlice,
    ...(arriving === undefined ? {} : { arriving }),
  });
  const read = async (signal: AbortSignal, part = '') => {
    const [data, labels] = await Promise.all([
      getBytes(`${base}/volume${part}`, signal),
      series.overlay ? getBytes(`${base}/labels${part}`, signal) : null,
    ]);
    return { data, labels };
  };
  const load = async (signal: AbortSignal): Promise<Picture> => {
    const { data: voxels, labels } = await read(signal);
    const data = new Int16Array(voxels);
    const expected = series.columns * series.rows * series.slices;
    if (data.length !== expected)
      throw new Error(`the series has ${data.length} voxels, ${expected} were announced`);
    const map = labels === null || labels.byteLength !== expected ? null : new Uint8Array(labels);
    return picture(data, map, data);
  };
  const loadInParts = async (signal: AbortSignal): Promise<Picture> => {
    const { keySlice } = series;
    const stack = await loadStack({
      size,
      keySlice,
      signal,
      fetch: (from, count) => read(signal, `?from=${from}&count=${count}`),
    });
    const area = size[0] * size[1];
    const seen = stack.data.subarray(keySlice * area, (keySlice + 1) * area);
    return picture(stack.data, stack.labels, seen, stack.arriving);
  };
  const place = { size, ijkToLps: affine(series.ijkToLps) };
  return {
    id,
    series: own,
    title,
    plane: series.plane,
    role: series.role,
    slices: series.slices,
    place,
    load,
    ...(comesInParts(size) ? { loadInParts } : {}),
  };
}

function affine(numbers: readonly number[] | null | undefined): Affine | null {
  return numbers != null && numbers.length === 16 ? (numbers as unknown as Affine) : null;
}
