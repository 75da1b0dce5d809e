import type { Side, Vec3 } from '@foramen/spine';
import { type Anatomy, rasterise } from './anatomy.ts';
import { localToLps } from './local-frame.ts';
import { FAT_CONTENT, type ParaspinalMuscle, paraspinalAt } from './paraspinal.ts';
import { type Plane, shifted } from './plane.ts';
import { toSpine } from './spine-coordinates.ts';
import { CLASS } from './tissue.ts';

/** Fat of one muscle on one slice: share of its area inside its own borders, and that area. */
export interface MuscleFat {
  readonly share: number;
  readonly areaMm2: number;
}

type PerMuscle = Readonly<Record<ParaspinalMuscle, Readonly<Record<Side, MuscleFat>>>>;

/** Where the fascia lies at (x, z), LPS y. */
function fasciaAt(anatomy: Anatomy, x: number, z: number): number {
  const { fascia, z0 } = anatomy.soft;
  const f = Math.min(fascia.length - 1.001, Math.max(0, (z - z0) / 2));
  const i = Math.floor(f);
  return fascia[i]! * (1 - f + i) + fascia[i + 1]! * (f - i) - (x * x) / 300;
}

/**
 * Fat shares of the back muscles on an axial slice, counted through its thickness: content of fat of each tissue inside a
 * compartment, bone and what is in front of it left out. `null` for an anatomy without compartments.
 */
export function muscleFatTruth(anatomy: Anatomy, plane: Plane, thicknessMm: number): PerMuscle | null {
  const spec = anatomy.spec.paraspinal;
  if (!spec) return null;
  const sums = new Map<string, [number, number]>();
  const at = new Float64Array(3);
  const pixel = Math.hypot(...plane.du) * Math.hypot(...plane.dv);
  for (const step of [-1, 0, 1]) {
    const cut = shifted(plane, (step * thicknessMm) / 3);
    const { tissue } = rasterise(anatomy, cut);
    const { origin, du, dv, width, height } = cut;
    for (let j = 0; j < height; j++) {
      for (let i = 0; i < width; i++) {
        const fat = FAT_CONTENT.get(tissue[j * width + i]!);
        if (fat === undefined) continue;
        const x = origin[0] + i * du[0] + j * dv[0];
        const y = origin[1] + i * du[1] + j * dv[1];
        const z = origin[2] + i * du[2] + j * dv[2];
        const fascia = fasciaAt(anatomy, x, z);
        if (y > fascia) continue;
        toSpine(anatomy.coordinates, x, y, z, at);
        const [s, d, lat] = at as unknown as [number, number, number];
        if (Math.abs(lat) < 3.2 || d < 8 || s < -10) continue;
        const place = paraspinalAt(spec, anatomy.spec.scale, s, d, lat, d + fascia - y);
        if (typeof place === 'string') continue;
        const key = `${place.muscle}/${place.side}`;
        const sum = sums.get(key) ?? [0, 0];
        sum[0] += fat;
        sum[1] += 1;
        sums.set(key, sum);
      }
    }
  }
  const of = (muscle: ParaspinalMuscle, side: Side): MuscleFat => {
    const [fat, n] = sums.get(`${muscle}/${side}`) ?? [0, 0];
    return { share: n > 0 ? fat / n : 0, areaMm2: (n * pixel) / 3 };
  };
  const both = (muscle: ParaspinalMuscle) => ({ left: of(muscle, 'left'), right: of(muscle, 'right') });
  return { multifidus: both('multifidus'), erectorSpinae: both('erectorSpinae') };
}

/**
 * Depth of a lateral recess: from body or disc to the articular process in the upper end plate's plane of the lower
 * vertebra, the smallest over the recess' width, counted on rays of 0.1 mm. `null` where no bone closes it within 20 mm.
 */
export function recessDepthAt(anatomy: Anatomy, k: number, side: Side): number | null {
  const d = anatomy.column.discs[k]!;
  const step = 0.1;
  const scale = anatomy.spec.scale;
  const back: Vec3 = [-d.frame.a[0] * step, -d.frame.a[1] * step, -d.frame.a[2] * step];
  let best: number | null = null;
  for (const l of [8.2, 8.9, 9.6]) {
    const lateral = (side === 'left' ? 1 : -1) * l * scale;
    const origin = localToLps(d.frame, -d.depth / 2 + 5, lateral, -d.spec.height / 2 - 1.5);
    const { label } = rasterise(anatomy, { origin, du: back, dv: d.frame.u, width: 260, height: 1 });
    let front = -1;
    for (let i = 0; i < label.length; i++) {
      const c = label[i]!;
      if (c === CLASS.vertebralBody || c === CLASS.disc || c === CLASS.sacrum) front = i;
      else if (c === CLASS.posteriorElements) {
        const depth = (i - front - 1) * step;
        if (front >= 0 && depth < 20) best = Math.min(best ?? depth, depth);
        break;
      }
    }
  }
  return best;
}

/** Area of the dural sac, its contents included, on an axial slice, mm². */
export function sacAreaTruth(anatomy: Anatomy, plane: Plane): number {
  const { label } = rasterise(anatomy, plane);
  let n = 0;
  for (const c of label) if (c === CLASS.duralSac || c === CLASS.cord) n++;
  return n * Math.hypot(...plane.du) * Math.hypot(...plane.dv);
}
