import {
  DISC_LABEL,
  LABEL_CANAL,
  LABEL_CORD,
  LABEL_SACRUM,
  type LabelVolume,
  perAxis,
  VERTEBRA_LABEL,
  type Vec3,
  voxelToLps,
} from '@foramen/spine';

/** A vertebral body on a label map: voxels of the vertebra in front of the canal. */
export interface BodyOnMap {
  readonly label: number;
  /** LPS, mm. */
  readonly centre: Vec3;
  readonly voxels: number;
  /** [i0, j0, k0, i1, j1, k1], end exclusive. */
  readonly box: readonly [number, number, number, number, number, number];
}

export interface BodiesOnMap {
  readonly bodies: ReadonlyMap<number, BodyOnMap>;
  /** Centroids of discs, and of the canal behind each body (key: minus the body's label), LPS mm. */
  readonly landmarks: ReadonlyMap<number, Vec3>;
  /** Label of the body each voxel belongs to; posterior elements left out. */
  readonly mask: Uint8Array;
}

const BODY_LABELS: ReadonlySet<number> = new Set(Object.values(VERTEBRA_LABEL));
const DISC_LABELS: ReadonlySet<number> = new Set(Object.values(DISC_LABEL));
/** Of the sacrum only its upper part keeps still against S1, mm. */
const SACRUM_MM = 32;
const LEAST_VOXELS = 60;

/** First column of the canal in each row, the median over the slices that show it; the picture's width where none does. */
function canalFront(labels: LabelVolume): Float32Array {
  const [w, h, depth] = labels.size;
  const front = new Float32Array(h).fill(w);
  for (let j = 0; j < h; j++) {
    const first: number[] = [];
    for (let k = 0; k < depth; k++) {
      for (let i = 0; i < w; i++) {
        const label = labels.data[i + w * (j + h * k)];
        if (label === LABEL_CANAL || label === LABEL_CORD) {
          first.push(i);
          break;
        }
      }
    }
    first.sort((a, b) => a - b);
    if (first.length > 0) front[j] = first[first.length >> 1] as number;
  }
  return front;
}

/** Bodies, discs and canal of a label map on a canonical sagittal grid (i to posterior, j to the feet). */
export function bodiesOnMap(labels: LabelVolume): BodiesOnMap {
  const [w, h, depth] = labels.size;
  const front = canalFront(labels);
  const mask = new Uint8Array(labels.data.length);
  interface Sum {
    n: number;
    at: [number, number, number];
    box: [number, number, number, number, number, number];
  }
  const sums = new Map<number, Sum>();
  const count = (key: number, i: number, j: number, k: number): void => {
    let s = sums.get(key);
    if (!s) {
      s = { n: 0, at: [0, 0, 0], box: [i, j, k, i + 1, j + 1, k + 1] };
      sums.set(key, s);
    }
    s.n++;
    s.at[0] += i;
    s.at[1] += j;
    s.at[2] += k;
    s.box = [
      Math.min(s.box[0], i),
      Math.min(s.box[1], j),
      Math.min(s.box[2], k),
      Math.max(s.box[3], i + 1),
      Math.max(s.box[4], j + 1),
      Math.max(s.box[5], k + 1),
    ];
  };
  let sacrumTop = Number.POSITIVE_INFINITY;
  for (let n = 0; n < labels.data.length; n++) {
    if (labels.data[n] === LABEL_SACRUM) sacrumTop = Math.min(sacrumTop, Math.floor(n / w) % h);
  }
  const lowest = sacrumTop + SACRUM_MM / labels.spacing[1];
  for (let k = 0, n = 0; k < depth; k++) {
    for (let j = 0; j < h; j++) {
      for (let i = 0; i < w; i++, n++) {
        const label = labels.data[n] as number;
        if (label === 0) continue;
        if (DISC_LABELS.has(label)) count(label, i, j, k);
        if (!BODY_LABELS.has(label) || i > (front[j] as number)) continue;
        if (label === LABEL_SACRUM && j > lowest) continue;
        mask[n] = label;
        count(label, i, j, k);
      }
    }
  }
  const bodies = new Map<number, BodyOnMap>();
  const landmarks = new Map<number, Vec3>();
  for (const [label, s] of sums) {
    if (s.n < LEAST_VOXELS) continue;
    const [i, j, k] = perAxis((axis) => s.at[axis] / s.n);
    const centre = voxelToLps(labels.ijkToLps, i, j, k);
    if (DISC_LABELS.has(label)) {
      landmarks.set(label, centre);
      continue;
    }
    bodies.set(label, { label, centre, voxels: s.n, box: s.box });
    landmarks.set(label, centre);
    const behind = canalBehind(front, w, j);
    if (behind !== null) landmarks.set(-label, voxelToLps(labels.ijkToLps, behind, j, k));
  }
  return { bodies, landmarks, mask };
}

/** Column of the canal's front around a row, the median of nine rows. */
function canalBehind(front: Float32Array, w: number, row: number): number | null {
  const near = Array.from(front.subarray(Math.max(0, Math.round(row) - 4), Math.round(row) + 5)).filter(
    (v) => v < w,
  );
  near.sort((a, b) => a - b);
  return near.length === 0 ? null : (near[near.length >> 1] as number);
}
