import {
  DISC_LABEL,
  DISC_LEVELS,
  type DiscLevel,
  LABEL_CANAL,
  LABEL_CORD,
  LABEL_SACRUM,
  VERTEBRA_LABEL,
  VERTEBRAE,
  type Vertebra,
} from '@foramen/spine';
import type { Picture } from '../record/picture.ts';

export type StructureKind = 'vertebra' | 'disc' | 'canal' | 'cord' | 'sacrum';

export interface Structure {
  readonly label: number;
  readonly kind: StructureKind;
  readonly name: string;
  readonly level?: DiscLevel;
  readonly vertebra?: Vertebra;
  /** Red, green, blue, 0 to 255. */
  readonly colour: readonly [number, number, number];
}

export const KINDS: readonly { readonly kind: StructureKind; readonly name: string }[] = [
  { kind: 'vertebra', name: 'Vertebrae' },
  { kind: 'disc', name: 'Discs' },
  { kind: 'canal', name: 'Canal' },
  { kind: 'cord', name: 'Cord' },
  { kind: 'sacrum', name: 'Sacrum' },
];

// Two neighbouring shades a kind, so that adjoining levels can be told apart without reading.
const VERTEBRA_COLOURS = [
  [104, 150, 224],
  [139, 128, 219],
] as const;
const DISC_COLOURS = [
  [240, 176, 74],
  [232, 136, 92],
] as const;

const TABLE: ReadonlyMap<number, Structure> = new Map([
  [LABEL_CORD, { label: LABEL_CORD, kind: 'cord', name: 'Cord', colour: [250, 224, 120] }],
  [LABEL_CANAL, { label: LABEL_CANAL, kind: 'canal', name: 'Canal', colour: [86, 200, 196] }],
  ...VERTEBRAE.flatMap((vertebra, n): [number, Structure][] => {
    const label = VERTEBRA_LABEL[vertebra];
    if (label === undefined || label === LABEL_SACRUM) return [];
    return [[label, { label, kind: 'vertebra', name: vertebra, vertebra, colour: VERTEBRA_COLOURS[n % 2]! }]];
  }),
  [
    LABEL_SACRUM,
    { label: LABEL_SACRUM, kind: 'sacrum', name: 'Sacrum', vertebra: 'S1', colour: [122, 176, 140] },
  ],
  ...DISC_LEVELS.map((level, n): [number, Structure] => [
    DISC_LABEL[level],
    { label: DISC_LABEL[level], kind: 'disc', name: level, level, colour: DISC_COLOURS[n % 2]! },
  ]),
] as [number, Structure][]);

export function structureOf(label: number): Structure | undefined {
  return TABLE.get(label);
}

/** Where a structure lies in its series: voxel count, centroid in voxel indices, and the slice that shows most of it. */
export interface Place {
  readonly structure: Structure;
  readonly voxels: number;
  readonly centre: readonly [number, number, number];
  readonly bestSlice: number;
}

/** Index of the label map, one entry a structure that is present. */
export function placesOf(picture: Picture): ReadonlyMap<number, Place> {
  const { labels, size } = picture;
  const places = new Map<number, Place>();
  if (labels === null) return places;
  const [columns, rows, slices] = size;
  const sums = new Map<number, { n: number; i: number; j: number; k: number; perSlice: Float64Array }>();
  for (let k = 0, at = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, at++) {
        const label = labels[at]!;
        if (label === 0) continue;
        let sum = sums.get(label);
        if (sum === undefined) {
          sum = { n: 0, i: 0, j: 0, k: 0, perSlice: new Float64Array(slices) };
          sums.set(label, sum);
        }
        sum.n++;
        sum.i += i;
        sum.j += j;
        sum.k += k;
        sum.perSlice[k]!++;
      }
    }
  }
  for (const [label, sum] of sums) {
    const structure = structureOf(label);
    if (structure === undefined) continue;
    let bestSlice = 0;
    for (let k = 1; k < slices; k++) if (sum.perSlice[k]! > sum.perSlice[bestSlice]!) bestSlice = k;
    places.set(label, {
      structure,
      voxels: sum.n,
      centre: [sum.i / sum.n, sum.j / sum.n, sum.k / sum.n],
      bestSlice,
    });
  }
  return places;
}

export function placeOfLevel(places: ReadonlyMap<number, Place>, level: DiscLevel): Place | undefined {
  return places.get(DISC_LABEL[level]);
}
