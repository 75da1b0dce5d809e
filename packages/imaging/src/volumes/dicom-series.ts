import {
  type Codecs,
  type DataSet,
  DICTIONARY,
  type DicomFile,
  decodeGreyFrame,
  type GreyFrame,
  type GreySamples,
  number,
  pixelShape,
  sha256OfText,
  text,
} from '@foramen/dicom';
import type { Problem, Result, Vec3 } from '@foramen/spine';
import { type DicomFrame, framesOf } from './dicom-frames.ts';
import {
  affineColumn,
  axesForView,
  laidAcross,
  mayCutSteepDisc,
  planeOfNormal,
  reorient,
} from './orientation.ts';
import { judgeRole, readsAsSagittal } from './role.ts';
import type { InputSeries, SeriesHeader, SourceSlice } from './series.ts';
import { type Stack, stacksOf } from './stacks.ts';

export interface NamedDicom {
  readonly name: string;
  readonly file: DicomFile;
}

interface DicomSeriesOptions {
  readonly codecs: Codecs;
  readonly spacing?: Vec3 | undefined;
  readonly assumed: Vec3;
  readonly cancelled?: (() => boolean) | undefined;
}

/** A 640 x 640 x 160 volume has half as many; more would not fit beside the analysis. */
const MOST_VOXELS = 128 * 1024 * 1024;

/** Every stack of every series in a set of image objects, decoded; and why any object could not be used. */
export async function dicomSeries(
  files: readonly NamedDicom[],
  options: DicomSeriesOptions,
): Promise<{ readonly series: readonly InputSeries[]; readonly problems: readonly Problem[] }> {
  const bySeries = new Map<string, DicomFrame[]>();
  const problems: Problem[] = [];
  for (const { name, file } of files) {
    const frames = framesOf(file, name);
    if (frames.length === 0) {
      const shape = pixelShape(file.set, name);
      if (!shape.ok) problems.push(shape.problems[0]);
      continue;
    }
    const key = frames[0]!.seriesUid;
    const home = bySeries.get(key);
    if (home) home.push(...frames);
    else bySeries.set(key, [...frames]);
  }
  const series: InputSeries[] = [];
  for (const [seriesUid, frames] of bySeries) {
    const name = text(frames[0]!.file.set, 'SeriesDescription') ?? frames[0]!.fileName;
    const stacks = stacksOf(frames, name, options);
    for (const [n, stack] of stacks.entries()) {
      if (options.cancelled?.()) return { series, problems };
      const id = stacks.length === 1 ? seriesUid : `${seriesUid}#${n + 1}`;
      const built = await buildSeries(stack, id, name, stacks, options);
      problems.push(...built.problems);
      if (built.series) series.push(built.series);
    }
  }
  return { series, problems };
}

const SAID_AXIAL = /(^|[^A-Z])(AX|AXIAL|TRA|TRANS|TRANSVERSE|TRANSVERSAL)([^A-Z]|$)/i;
const SAID_OTHERWISE = /(^|[^A-Z])(COR|CORONAL|SIJ|SACRO)/i;

/** Slices through a steep disc: the series calls itself axial, or its other stacks are. */
function isSteepAxial(stack: Stack, normal: Vec3, words: string, siblings: readonly Stack[]): boolean {
  if (!stack.hasGeometry || planeOfNormal(normal).plane === 'axial' || !mayCutSteepDisc(normal)) return false;
  if (SAID_OTHERWISE.test(words)) return false;
  const lies = (one: Stack): boolean => planeOfNormal(affineColumn(one.ijkToLps, 2).unit).plane === 'axial';
  return SAID_AXIAL.test(words) || siblings.some((one) => one !== stack && lies(one));
}

async function buildSeries(
  stack: Stack,
  id: string,
  name: string,
  siblings: readonly Stack[],
  options: DicomSeriesOptions,
): Promise<{ readonly series: InputSeries | null; readonly problems: readonly Problem[] }> {
  const first = stack.frames.find((frame) => frame !== null)!;
  const size = [first.columns, first.rows, stack.frames.length] as const;
  const plane = size[0] * size[1];
  const problems: Problem[] = [];
  if (plane * size[2] > MOST_VOXELS) {
    const what = `the series is ${size.join(' x ')} voxels`;
    problems.push({
      code: 'too-large',
      severity: 'error',
      where: name,
      what,
      help: 'Give one series of a lumbar study',
    });
    return { series: null, problems };
  }
  // Only a picture that decodes earns memory for the volume its header claims.
  let volumeData: Float32Array | null = null;
  const acquired: boolean[] = [];
  const { codecs } = options;
  const decode = (frame: DicomFrame | null | undefined): Promise<Result<GreyFrame>> | null => {
    const started = frame ? decodeGreyFrame(frame.file, frame.index, codecs, frame.fileName) : null;
    // What is begun ahead and then not waited for may fail unheard.
    started?.catch(() => undefined);
    return started;
  };
  // Some frames ahead, where codecs work on several.
  const ahead = stack.frames.slice(0, codecs.atOnce ?? 1).map(decode);
  for (const [k, frame] of stack.frames.entries()) {
    if (options.cancelled?.()) return { series: null, problems };
    const decoded = await ahead.shift();
    ahead.push(decode(stack.frames[k + ahead.length + 1]));
    if (decoded && !decoded.ok) problems.push(decoded.problems[0]);
    acquired.push(decoded?.ok === true);
    if (!frame || !decoded?.ok) continue;
    volumeData ??= new Float32Array(plane * size[2]);
    scaleInto(volumeData.subarray(k * plane, (k + 1) * plane), decoded.value.samples, frame);
  }
  const data = volumeData;
  if (!data) return { series: null, problems };
  const good = acquired.filter(Boolean).length;
  const holes = fillHoles(data, plane, acquired);
  if (good === 0 || !holes) return { series: null, problems };
  const warnings = [
    ...stack.warnings,
    ...problems.map((problem): Problem => ({ ...problem, severity: 'warning' })),
  ];
  const set = first.file.set;
  const header = headerOf(set, first);
  const source = { size, ijkToLps: stack.ijkToLps, data };
  const normal = affineColumn(stack.ijkToLps, 2).unit;
  const words = [text(set, 'SeriesDescription'), text(set, 'ProtocolName'), text(set, 'SequenceName')]
    .filter(Boolean)
    .join(' ');
  const steep = isSteepAxial(stack, normal, words, siblings);
  const placed = steep ? ({ plane: 'axial', nearest: 'axial' } as const) : planeOfNormal(normal);
  const stepMm = affineColumn(stack.ijkToLps, 2).length;
  const reformatted =
    header.modality === 'CT' && placed.plane === 'axial' && readsAsSagittal(size[2], stepMm);
  const readAs = stack.hasGeometry && !reformatted ? placed.plane : 'sagittal';
  const view = stack.hasGeometry && !reformatted ? placed.nearest : 'sagittal';
  const axes = axesForView(steep ? laidAcross(stack.ijkToLps) : stack.ijkToLps, view);
  const volume = reorient(source, axes);
  const verdict = judgeRole({
    plane: readAs,
    header,
    imageType: first.imageType,
    words,
    slices: size[2],
    inPlaneMm: Math.max(volume.spacing[0], volume.spacing[1]),
    stepMm: volume.spacing[2],
    orientations: siblings.length,
    hasGeometry: stack.hasGeometry,
    ...(header.modality === 'CT' ? { lowest: volume.data.reduce((a, b) => Math.min(a, b)) } : {}),
  });
  if (verdict.conflict) {
    warnings.push({
      code: 'contradiction',
      severity: 'warning',
      where: name,
      what: verdict.conflict,
      help: 'The picture decides',
    });
  }
  const slices: SourceSlice[] = stack.frames.map((frame, k) => ({
    file: frame?.fileName ?? '',
    acquired: acquired[k]!,
    ...(frame ? { sopClassUid: frame.sopClassUid, sopInstanceUid: frame.sopInstanceUid } : {}),
    ...(frame?.multiFrame ? { frame: frame.index + 1 } : {}),
  }));
  const flipped = axes[2].flip;
  const ordered = flipped ? [...slices].reverse() : slices;
  const studyUid = text(set, 'StudyInstanceUID');
  const frameOfReferenceUid = text(set, 'FrameOfReferenceUID');
  const studyDate = isoDate(text(set, 'StudyDate'));
  return {
    problems: [],
    series: {
      name,
      id,
      format: 'dicom',
      volume,
      reading: {
        seriesUid: first.seriesUid,
        ...(header.seriesDescription ? { description: header.seriesDescription } : {}),
        role: verdict.role,
        size: volume.size,
        spacingMm: volume.spacing,
        spacingFrom: stack.spacingFrom,
      },
      ...(verdict.reason ? { roleReason: verdict.reason } : {}),
      plane: readAs,
      contrast: verdict.contrast,
      header,
      hasGeometry: stack.hasGeometry,
      ...(frameOfReferenceUid ? { frameOfReferenceUid } : {}),
      ...(studyUid ? { studyUid } : {}),
      ...(studyDate ? { studyDate } : {}),
      ...(axes[2].axis === 2 ? { sopInstanceUids: ordered.map((slice) => slice.sopInstanceUid ?? '') } : {}),
      source: {
        size,
        spacing: [0, 1, 2].map((n) => affineColumn(stack.ijkToLps, n as 0 | 1 | 2).length) as unknown as Vec3,
        ijkToLps: stack.ijkToLps,
        slices,
        identity: identityOf(set),
      },
      axes,
      warnings,
    },
  };
}

/** Stored values to the header's units. MONOCHROME1 is turned so that more signal is a larger number. */
function scaleInto(into: Float32Array, samples: GreySamples, frame: DicomFrame): void {
  const { slope, intercept } = frame;
  const shape = pixelShape(frame.file.set);
  const inverted =
    text(frame.file.set, 'PhotometricInterpretation') === 'MONOCHROME1' && shape.ok && !shape.value.floating;
  if (inverted && shape.ok) {
    // Lowest plus highest storable value: 2^bits - 1 unsigned, -1 signed.
    const mirror = shape.value.signed ? -1 : 2 ** shape.value.bitsStored - 1;
    for (let i = 0; i < into.length; i++) into[i] = (mirror - samples[i]!) * slope + intercept;
    return;
  }
  into.set(samples);
  if (slope !== 1 || intercept !== 0) {
    for (let i = 0; i < into.length; i++) into[i] = into[i]! * slope + intercept;
  }
  const mayOverflow =
    samples instanceof Float32Array || samples instanceof Float64Array || Math.abs(slope) > 1e20;
  if (mayOverflow || !Number.isFinite(intercept)) {
    for (let i = 0; i < into.length; i++) if (!Number.isFinite(into[i]!)) into[i] = 0;
  }
}

/** Missing slices become the linear mean of their neighbours. False when more than a fifth (and more than two) are missing. */
function fillHoles(data: Float32Array, plane: number, acquired: readonly boolean[]): boolean {
  const missing = acquired.filter((is) => !is).length;
  if (missing > 2 && missing > acquired.length / 5) return false;
  for (const [k, is] of acquired.entries()) {
    if (is) continue;
    let below = k - 1;
    while (below >= 0 && !acquired[below]) below--;
    let above = k + 1;
    while (above < acquired.length && !acquired[above]) above++;
    const from = below >= 0 ? below : above;
    const to = above < acquired.length ? above : below;
    const weight = to === from ? 0 : (k - from) / (to - from);
    for (let i = 0; i < plane; i++) {
      data[k * plane + i] = data[from * plane + i]! * (1 - weight) + data[to * plane + i]! * weight;
    }
  }
  return true;
}

const IDENTITY = [
  'SpecificCharacterSet',
  'StudyDate',
  'StudyTime',
  'AccessionNumber',
  'ReferringPhysicianName',
  'StudyDescription',
  'PatientName',
  'PatientID',
  'IssuerOfPatientID',
  'PatientBirthDate',
  'PatientSex',
  'PatientAge',
  'PatientSize',
  'PatientWeight',
  'PatientIdentityRemoved',
  'DeidentificationMethod',
  'StudyInstanceUID',
  'StudyID',
  'FrameOfReferenceUID',
  'PositionReferenceIndicator',
  'TimezoneOffsetFromUTC',
  'SeriesInstanceUID',
  'SOPClassUID',
] as const;

function identityOf(set: DataSet): DataSet {
  const tags = new Set<number>(IDENTITY.map((keyword) => DICTIONARY[keyword][0]));
  return new Map([...set].filter(([tag]) => tags.has(tag)));
}

function headerOf(set: DataSet, frame: DicomFrame): SeriesHeader {
  const patientId = text(set, 'PatientID');
  const key =
    patientId === undefined
      ? undefined
      : sha256OfText(`${text(set, 'IssuerOfPatientID') ?? ''}\n${patientId}`).slice(0, 16);
  const facts = {
    patientKey: key,
    patientSex: text(set, 'PatientSex'),
    patientAge: ageInYears(text(set, 'PatientAge'), text(set, 'PatientBirthDate'), text(set, 'StudyDate')),
    modality: text(set, 'Modality'),
    bodyPart: text(set, 'BodyPartExamined'),
    studyDescription: text(set, 'StudyDescription'),
    seriesDescription: text(set, 'SeriesDescription'),
    seriesNumber: number(set, 'SeriesNumber'),
    manufacturer: text(set, 'Manufacturer'),
    fieldStrength: number(set, 'MagneticFieldStrength'),
    repetitionTime: number(set, 'RepetitionTime'),
    echoTime: frame.echoTime ?? undefined,
    inversionTime: number(set, 'InversionTime'),
    sliceThickness: frame.thickness ?? undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as SeriesHeader;
}

/** DA to ISO 8601; undefined when it is no date. */
export function isoDate(da: string | undefined): string | undefined {
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(da ?? '');
  if (
    !match ||
    Number(match[2]) < 1 ||
    Number(match[2]) > 12 ||
    Number(match[3]) < 1 ||
    Number(match[3]) > 31
  )
    return undefined;
  return `${match[1]}-${match[2]}-${match[3]}`;
}

function ageInYears(
  age: string | undefined,
  birth: string | undefined,
  study: string | undefined,
): number | undefined {
  const match = /^(\d{1,3})([DWMY])$/.exec(age ?? '');
  if (match) {
    const per = { D: 365.25, W: 52.18, M: 12, Y: 1 }[match[2] as 'D' | 'W' | 'M' | 'Y'];
    return Math.floor(Number(match[1]) / per);
  }
  const [from, to] = [isoDate(birth), isoDate(study)];
  if (!from || !to) return undefined;
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
  return years >= 0 && years < 130 ? years : undefined;
}
