import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeNiftiLabels, writePngLabels } from '@foramen/imaging';
import {
  acquireStudy,
  buildAnatomy,
  CLASS,
  type MrSeries,
  rngFrom,
  SAGITTAL_PLAN,
  type StudyIdentity,
  writeStudy,
} from '@foramen/phantom';
import type { LabelVolume } from '@foramen/spine';

const WHO: StudyIdentity = {
  patientId: 'CLI1',
  familyName: 'Line',
  givenName: 'Command',
  birthDate: '19800101',
  sex: 'F',
  studyKey: 'cli',
  studyDate: '20260101',
  ageYears: 46,
};

/** One synthetic person's sagittal series in the formats a user would hand over. */
export interface StudyFixture {
  readonly dir: string;
  /** Two weightings of the mid-sagittal slice: `101_t1.png`, `101_t2.png`. */
  readonly t1: string;
  readonly t2: string;
  /** Five slices as one volume of 8 bits. */
  readonly nifti: string;
  /** The same five slices as DICOM files in a folder. */
  readonly dicom: string;
  readonly slicePaths: readonly string[];
  /** Truth of the mid-sagittal slice: 29 disc, 76 vertebra, 150 canal. */
  readonly mask: Uint8Array;
}

/** mm a pixel of the pictures. */
export const SPACING = SAGITTAL_PLAN.spacing;
const FIRST = 5;
const COUNT = 5;

export function writeFixture(dir: string, seed = 'command line'): StudyFixture {
  const rng = rngFrom(seed);
  const anatomy = buildAnatomy(`${seed}/anatomy`);
  const all = acquireStudy(anatomy, rng.fork('scan'), [1]);
  const t2 = middle(all.find((one) => one.role === 'sagittal-t2')!);
  const t1 = middle(all.find((one) => one.role === 'sagittal-t1')!);
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  const whole = eightBit(t2);
  return {
    dir,
    t1: file('101_t1.png', writePngLabels(midSlice(eightBit(t1)))),
    t2: file('101_t2.png', writePngLabels(midSlice(whole))),
    nifti: file('series_t2.nii', writeNiftiLabels(whole)),
    dicom: join(dir, 'dicom'),
    mask: writePngLabels(midSlice(plainMask(t2.labels))),
    slicePaths: writeStudy(WHO, [t2]).map((one, n) => file(`dicom/${n}.dcm`, one.bytes)),
  };
}

/** A grey picture without anatomy. */
export function noisePng(size = 256): Uint8Array {
  const rng = rngFrom('noise');
  return writePngLabels({
    size: [size, size, 1],
    spacing: [1, 1, 1],
    ijkToLps: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    data: Uint8Array.from({ length: size * size }, () => rng.int(0, 255)),
  });
}

function middle(series: MrSeries): MrSeries {
  const n = series.labels.size[0] * series.labels.size[1];
  const a = series.labels.ijkToLps;
  return {
    ...series,
    slices: series.slices.slice(FIRST, FIRST + COUNT),
    labels: {
      ...series.labels,
      size: [series.labels.size[0], series.labels.size[1], COUNT],
      data: series.labels.data.slice(FIRST * n, (FIRST + COUNT) * n),
      ijkToLps: [
        a[0],
        a[1],
        a[2],
        a[3] + FIRST * a[2],
        a[4],
        a[5],
        a[6],
        a[7] + FIRST * a[6],
        a[8],
        a[9],
        a[10],
        a[11] + FIRST * a[10],
        0,
        0,
        0,
        1,
      ],
    },
  };
}

function plainMask(labels: LabelVolume): LabelVolume {
  const value = new Uint8Array(256);
  value[CLASS.disc] = 29;
  value[CLASS.vertebralBody] = value[CLASS.posteriorElements] = 76;
  value[CLASS.duralSac] = value[CLASS.cord] = 150;
  return { ...labels, data: labels.data.map((v) => value[v]!) };
}

/** Stored values windowed to 8 bits, on the series' grid. */
function eightBit(series: MrSeries): LabelVolume {
  const n = series.labels.size[0] * series.labels.size[1];
  const data = new Uint8Array(n * series.slices.length);
  const sorted = Uint16Array.from(series.slices[COUNT >> 1]!.pixels).sort();
  const high = Math.max(1, sorted[Math.floor(0.995 * (sorted.length - 1))]!);
  series.slices.forEach((slice, k) => {
    for (let i = 0; i < n; i++) data[k * n + i] = Math.min(255, Math.round((255 * slice.pixels[i]!) / high));
  });
  return { ...series.labels, data };
}

function midSlice(volume: LabelVolume): LabelVolume {
  const n = volume.size[0] * volume.size[1];
  const k = COUNT >> 1;
  return {
    ...volume,
    size: [volume.size[0], volume.size[1], 1],
    data: volume.data.slice(k * n, (k + 1) * n),
  };
}
