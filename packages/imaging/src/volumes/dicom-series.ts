import {
  type Codecs,
  type DataSet,
  DICTIONARY,
  type DicomFile,
  number,
  pixelShape,
  sha256OfText,
  text,
} from '@foramen/dicom';
import { type Problem, perAxis, type Vec3 } from '@foramen/spine';
import { type DicomFrame, framesOf } from './dicom-frames.ts';
import { decodeStack } from './dicom-pixels.ts';
import { opposedStacks } from './opposed-stacks.ts';
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
  const sorted = [...bySeries].map(([seriesUid, frames]) => {
    const name = text(frames[0]!.file.set, 'SeriesDescription') ?? frames[0]!.fileName;
    return { seriesUid, name, stacks: stacksOf(frames, name, options) };
  });
  const acquiredSagittal = sorted.some(({ stacks }) => stacks.some(isSagittal));
  const series: InputSeries[] = [];
  for (const { seriesUid, name, stacks } of sorted) {
    const made: InputSeries[] = [];
    for (const [n, stack] of stacks.entries()) {
      if (options.cancelled?.()) return { series, problems };
      const id = stacks.length === 1 ? seriesUid : `${seriesUid}#${n + 1}`;
      const built = await buildSeries(stack, id, name, { stacks, acquiredSagittal }, options);
      problems.push(...built.problems);
      if (built.series) made.push(built.series);
    }
    const { kept, problems: contradictions } = opposedStacks(made);
    series.push(...kept);
    problems.push(...contradictions);
  }
  return { series, problems };
}

/** A sagittal stack that is more than the slice or two of a localiser. */
function isSagittal(stack: Stack): boolean {
  const count = stack.frames.length;
  const pixel = affineColumn(stack.ijkToLps, 0).length;
  const sagittal = planeOfNormal(affineColumn(stack.ijkToLps, 2).unit).plane === 'sagittal';
  return stack.hasGeometry && sagittal && (count >= 8 || (count >= 3 && pixel < 1));
}

/** Slices of a 3-D acquisition lie this near together and reach this far: any plane can be cut from them, mm. */
const SOLID_STEP_MM = 1.6;
const SOLID_LENGTH_MM = 60;

/** Whether the sagittal picture may be cut from slices of another plane. */
function isSolid(slices: number, stepMm: number): boolean {
  return stepMm <= SOLID_STEP_MM && slices * stepMm >= SOLID_LENGTH_MM;
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
  beside: { readonly stacks: readonly Stack[]; readonly acquiredSagittal: boolean },
  options: DicomSeriesOptions,
): Promise<{ readonly series: InputSeries | null; readonly problems: readonly Problem[] }> {
  const first = stack.frames.find((frame) => frame !== null)!;
  const size = [first.columns, first.rows, stack.frames.length] as const;
  const { decoded, problems } = await decodeStack(stack, name, options);
  if (!decoded) return { series: null, problems };
  const { data, acquired } = decoded;
  const warnings = [...stack.warnings, ...decoded.remarks];
  const set = first.file.set;
  const header = headerOf(set, first);
  const source = { size, ijkToLps: stack.ijkToLps, data };
  const normal = affineColumn(stack.ijkToLps, 2).unit;
  const words = [text(set, 'SeriesDescription'), text(set, 'ProtocolName'), text(set, 'SequenceName')]
    .filter(Boolean)
    .join(' ');
  const steep = isSteepAxial(stack, normal, words, beside.stacks);
  const placed = steep ? ({ plane: 'axial', nearest: 'axial' } as const) : planeOfNormal(normal);
  const stepMm = affineColumn(stack.ijkToLps, 2).length;
  const reformatted =
    header.modality === 'CT'
      ? placed.plane === 'axial' && readsAsSagittal(size[2], stepMm)
      : !beside.acquiredSagittal && placed.plane !== 'sagittal' && isSolid(size[2], stepMm);
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
    orientations: beside.stacks.length,
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
      ...(axes[2].axis === 2
        ? {
            sopInstanceUids: ordered.map((slice) => slice.sopInstanceUid ?? ''),
            acquired: ordered.map((slice) => slice.acquired),
          }
        : {}),
      source: {
        size,
        spacing: perAxis((n) => affineColumn(stack.ijkToLps, n).length),
        ijkToLps: stack.ijkToLps,
        slices,
        identity: identityOf(set),
      },
      axes,
      warnings,
    },
  };
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
