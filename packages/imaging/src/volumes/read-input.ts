import { type Codecs, createCodecs, looksLikeDicom, readDicom, SOP_CLASS, text } from '@foramen/dicom';
import { fail, ok, type Problem, perAxis, type Result, type Vec3 } from '@foramen/spine';
import { mirroredText } from './dicom-pixels.ts';
import { dicomSeries, type NamedDicom } from './dicom-series.ts';
import { gunzipBounded, looksLikeGzip } from './gunzip.ts';
import { metaDataFile, metaHeader, readMetaImage } from './metaimage.ts';
import { mirroredSlices } from './mirrored-slices.ts';
import { looksLikeNifti, readNifti } from './nifti.ts';
import { affineColumn, axesForView, planeOfNormal, reorient, type SourcePicture } from './orientation.ts';
import { implausible, tooWide } from './plausible-size.ts';
import { ASSUMED_SPACING, looksLikePng, readPng } from './png.ts';
import { judgeRole, readsAsSagittal } from './role.ts';
import type { ImagingInput, InputSeries, NamedBytes, Plane } from './series.ts';

export interface ReadInputOptions {
  /** Row, column and slice spacing in mm, for pictures that state none. Default 0.7 x 0.7 in plane. */
  readonly spacing?: readonly [number, number] | Vec3;
  /** Decoders for compressed DICOM; default loads them as Node does. In a browser pass `createCodecs(loadWasm)`. */
  readonly codecs?: Codecs;
  /** Also return input in which no series could be of the lumbar spine by its header (CT, another body part). */
  readonly anyRegion?: boolean;
  /** Most bytes one compressed file may expand to; default 1 GiB. */
  readonly maxInflated?: number;
  readonly cancelled?: () => boolean;
}

/**
 * Recognises and reads whatever was handed over: DICOM files or a folder of them (with or without DICOMDIR), NIfTI,
 * MetaImage (`.mha`, or `.mhd` with its data file), grey PNG, each plain or gzipped. What kind a file is, is told by its
 * bytes; the name only helps with weighting (`101_t2.png`) and messages. Files that are no pictures are passed over with
 * a warning when others are.
 *
 * Fails when nothing is readable, when files of two patients are mixed, and (unless `anyRegion`) when every series is of
 * another modality or body part by its header.
 */
export async function readInput(
  files: readonly NamedBytes[],
  options: ReadInputOptions = {},
): Promise<Result<ImagingInput>> {
  const spacing: Vec3 | undefined = options.spacing && [
    options.spacing[0],
    options.spacing[1],
    options.spacing[2] ?? ASSUMED_SPACING[2],
  ];
  if (spacing && !spacing.every((mm) => mm > 0 && mm < 100)) {
    return fail(
      problem(
        'usage',
        'spacing',
        `${spacing.join(', ')} mm is no pixel spacing`,
        'Give row and column spacing in mm, such as 0.7,0.7',
      ),
    );
  }
  if (files.length === 0)
    return fail(problem('missing', 'input', 'no files were given', 'Give a DICOM folder, NIfTI, MHA or PNG'));
  const series: InputSeries[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const dicom: NamedDicom[] = [];
  const keep = (one: InputSeries): void => {
    const turned = mirroredSlices(one.volume.data, one.volume.size);
    if (!turned) series.push(one);
    else
      problems.push(
        problem(
          'contradiction',
          one.id,
          mirroredText(turned, one.volume.size[2]),
          'Export the original series again',
        ),
      );
  };
  let directoryOnly: string | null = null;
  for (const { name, bytes: packed } of files) {
    const bytes = unpack(name, packed, options.maxInflated ?? 1 << 30, problems);
    if (!bytes) continue;
    if (bytes.length === 0)
      problems.push(problem('unreadable', name, 'the file is empty', 'Copy or export the file again'));
    else if (looksLikePng(bytes))
      collect(
        readPng(bytes, name, spacing ?? ASSUMED_SPACING),
        (picture) => {
          series.push(
            plainSeries(picture, name, 'png', {
              hasGeometry: false,
              spacingFrom: spacing ? 'caller' : 'default',
            }),
          );
        },
        problems,
      );
    else if (looksLikeNifti(bytes))
      collect(
        readNifti(bytes, name),
        (picture) => {
          keep(
            plainSeries(
              picture,
              name,
              'nifti',
              { hasGeometry: picture.hasGeometry, spacingFrom: 'file' },
              picture.header,
              picture.description,
            ),
          );
        },
        problems,
      );
    else if (metaHeader(bytes))
      collect(
        readMetaImage(bytes, name, dataOf(bytes, files)),
        (picture) => {
          keep(plainSeries(picture, name, 'mha', { hasGeometry: true, spacingFrom: 'file' }));
        },
        problems,
      );
    else if (looksLikeDicom(bytes)) {
      const read = readDicom(bytes, {
        name,
        ...(options.maxInflated ? { maxInflated: options.maxInflated } : {}),
        ...(options.codecs?.inflateRaw ? { inflateRaw: options.codecs.inflateRaw } : {}),
      });
      if (!read.ok) problems.push(read.problems[0]);
      else if (
        text(read.value.set, 'SOPClassUID') === SOP_CLASS.mediaStorageDirectory ||
        read.value.set.has(0x00041220)
      )
        directoryOnly = name;
      else {
        warnings.push(...read.warnings);
        dicom.push({ name, file: read.value });
      }
    } else if (!isDataOfMeta(name, files)) {
      problems.push(
        problem(
          'unreadable',
          name,
          'not a picture in a format this reads',
          'Give DICOM, NIfTI (.nii, .nii.gz), MetaImage (.mha) or grey PNG',
        ),
      );
    }
  }
  const mixed = patientsOf(dicom);
  if (mixed.length > 1) {
    return fail(
      problem(
        'contradiction',
        files[0]!.name,
        `the files belong to ${mixed.length} different patients`,
        'Give one patient at a time',
      ),
    );
  }
  const assumed: Vec3 = ASSUMED_SPACING;
  const placed = await dicomSeries(dicom, {
    codecs: options.codecs ?? createCodecs(),
    spacing,
    assumed,
    cancelled: options.cancelled,
  });
  series.push(...placed.series);
  problems.push(...placed.problems);
  if (options.cancelled?.()) return fail(problem('usage', 'input', 'reading was cancelled', 'Start again'));
  for (const one of series.splice(0)) {
    const beyond = tooWide(one);
    if (beyond) problems.push(beyond);
    else series.push(one);
  }
  if (series.length === 0) {
    const truncated = warnings.find((warning) => warning.code === 'truncated');
    const first = problems[0] ?? truncated;
    if (first)
      return fail({ ...(truncated ?? first), severity: 'error' }, ...problems.filter((one) => one !== first));
    if (directoryOnly)
      return fail(
        problem(
          'missing',
          directoryOnly,
          'a DICOMDIR only lists other files',
          'Give the whole folder it lies in',
        ),
      );
    return fail(problem('missing', files[0]!.name, 'there is no picture in the input', 'Give an MR series'));
  }
  const refused = options.anyRegion ? null : refusal(series);
  if (refused) return fail(refused);
  const spacingWarnings = series.flatMap(implausible);
  return ok(
    { series: [...series].sort((a, b) => rank(a) - rank(b) || b.volume.size[2] - a.volume.size[2]) },
    [
      ...warnings,
      ...problems.map((one): Problem => ({ ...one, severity: 'warning' })),
      ...series.flatMap((one) => one.warnings),
      ...spacingWarnings,
    ],
  );
}

function collect<T>(result: Result<T>, use: (value: T) => void, problems: Problem[]): void {
  if (result.ok) use(result.value);
  problems.push(...(result.ok ? result.warnings : result.problems));
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}

function unpack(name: string, bytes: Uint8Array, most: number, problems: Problem[]): Uint8Array | null {
  if (!looksLikeGzip(bytes)) return bytes;
  const plain = gunzipBounded(bytes, most);
  if (plain === null)
    problems.push(
      problem('truncated', name, 'the gzip data are damaged or cut off', 'Copy or export the file again'),
    );
  else if (plain === 'too-large')
    problems.push(problem('too-large', name, 'the file expands beyond the limit', 'Give a smaller volume'));
  else return plain;
  return null;
}

const baseName = (path: string): string => path.replace(/^.*[\\/]/, '');

/** The separate data file an `.mhd` names, among the files given. */
function dataOf(header: Uint8Array, files: readonly NamedBytes[]): Uint8Array | undefined {
  const named = metaDataFile(header);
  return named === undefined ? undefined : files.find((file) => baseName(file.name) === named)?.bytes;
}

function isDataOfMeta(name: string, files: readonly NamedBytes[]): boolean {
  return files.some(({ bytes }) => metaDataFile(bytes) === baseName(name));
}

/** A picture without DICOM header: plane from the coarsest axis, weighting from the name. */
function plainSeries(
  picture: SourcePicture,
  path: string,
  format: 'nifti' | 'mha' | 'png',
  facts: { readonly hasGeometry: boolean; readonly spacingFrom: 'file' | 'caller' | 'default' },
  niftiHeader?: Uint8Array | null,
  description = '',
): InputSeries {
  const columns = perAxis((n) => affineColumn(picture.ijkToLps, n));
  const lengths = perAxis((n) => columns[n].length);
  const coarsest = lengths.indexOf(Math.max(...lengths)) as 0 | 1 | 2;
  const finest = Math.min(...lengths);
  const thin = picture.size.indexOf(1);
  const ct = holdsHounsfield(picture.data);
  // A nearly isotropic volume has no plane of its own and is read as sagittal, and so are CT slices that lie close.
  const isotropic =
    thin < 0 &&
    (lengths[coarsest] < 1.5 * finest || (ct && readsAsSagittal(picture.size[coarsest], lengths[coarsest])));
  const placed = isotropic
    ? ({ plane: 'sagittal', nearest: 'sagittal' } as const)
    : planeOfNormal(columns[thin >= 0 ? (thin as 0 | 1 | 2) : coarsest]!.unit);
  const plane: Plane = facts.hasGeometry || format === 'png' ? placed.plane : 'oblique';
  const axes = axesForView(picture.ijkToLps, placed.nearest);
  const volume = reorient(picture, axes);
  const name = baseName(path);
  const verdict = judgeRole({
    plane,
    header: {},
    imageType: [],
    words: `${name.replace(/\.(nii|mha|mhd|png)(\.gz)?$/i, '').replace(/T([12])W\b/gi, 'T$1')} ${description}`,
    slices: volume.size[2],
    inPlaneMm: Math.max(volume.spacing[0], volume.spacing[1]),
    stepMm: volume.spacing[2],
    orientations: 1,
    hasGeometry: facts.hasGeometry || format === 'png',
  });
  const slices = Array.from({ length: picture.size[2] }, () => ({ file: path, acquired: true }));
  return {
    name,
    id: path,
    format,
    volume,
    reading: {
      role: verdict.role,
      size: volume.size,
      spacingMm: volume.spacing,
      spacingFrom: facts.spacingFrom,
      description: name,
    },
    ...(verdict.reason ? { roleReason: verdict.reason } : {}),
    plane,
    contrast: ct ? 'ct' : verdict.contrast,
    header: {},
    hasGeometry: facts.hasGeometry,
    source: {
      size: picture.size,
      spacing: lengths,
      ijkToLps: picture.ijkToLps,
      slices,
      ...(niftiHeader ? { niftiHeader } : {}),
    },
    axes,
    warnings: [],
  };
}

/**
 * Air of a CT lies at -1000, fat at -100 and tissue above: of what is not air little lies between. Where much does, it is an MRI stored with
 * its lowest value far below nought.
 */
function holdsHounsfield(data: Float32Array): boolean {
  let low = 0;
  let high = 0;
  let between = 0;
  let above = 0;
  for (const v of data) {
    if (v < low) low = v;
    if (v > high) high = v;
    if (v > -250) above++;
    else if (v > -900) between++;
  }
  return low <= -500 && high >= 200 && between < above;
}

function patientsOf(files: readonly NamedDicom[]): readonly string[] {
  const keys = new Set<string>();
  for (const { file } of files) {
    const id = text(file.set, 'PatientID');
    if (id !== undefined && file.set.has(0x00280010))
      keys.add(`${text(file.set, 'IssuerOfPatientID') ?? ''}|${id}`);
  }
  return [...keys];
}

const ORDER = [
  'sagittal-T2',
  'sagittal-T1',
  'sagittal-STIR',
  'sagittal-water-fat',
  'sagittal-unknown',
  'axial-T2',
  'axial-T1',
  'axial-water-fat',
  'unknown',
  'localiser',
  'not-lumbar',
];
function rank(series: InputSeries): number {
  return ORDER.indexOf(series.reading.role);
}

/** The reason to stop when no series at all can be of a lumbar spine. */
function refusal(series: readonly InputSeries[]): Problem | null {
  if (series.some((one) => one.reading.role !== 'not-lumbar')) return null;
  const first = series[0]!;
  const modality = first.header.modality;
  return modality !== undefined && modality !== 'MR'
    ? problem(
        'wrong-modality',
        first.name,
        `the modality is ${modality}`,
        modality === 'CT'
          ? 'Give an MR series of the lumbar spine, or a CT whose header names the lumbar spine'
          : 'Give an MR series of the lumbar spine',
      )
    : problem(
        'wrong-body-part',
        first.name,
        first.roleReason ?? 'not the lumbar spine',
        'Give an MR series of the lumbar spine',
      );
}
