import { type Canal, herniationDepth } from './dural-sac.ts';
import { foramenTissue, knownForamen } from './foramen.ts';
import { localToLps, type Raster } from './local-frame.ts';
import { infiltrated, type ParaspinalSpec, paraspinalAt } from './paraspinal.ts';
import { clamp, type Rng } from './prng.ts';
import type { SpineColumn } from './spine-column.ts';
import { type SpineCoordinates, toSpine } from './spine-coordinates.ts';
import type { SpineSpec } from './spine-spec.ts';
import { CLASS, TISSUE } from './tissue.ts';
import { type NoiseField, valueNoise } from './value-noise.ts';

/** Outlines of back and belly by height z (every 2 mm from `z0`), and the fields that texture them. */
export interface SoftTissue {
  readonly z0: number;
  readonly fascia: Float32Array;
  readonly skinBack: Float32Array;
  readonly skinFront: Float32Array;
  /** Fat and muscle of the belly's wall, mm. */
  readonly wallFat: number;
  readonly streak: NoiseField;
  readonly mid: NoiseField;
  readonly fibre: NoiseField;
  readonly muscleFat: number;
  readonly paraspinal: ParaspinalSpec | null;
  readonly scale: number;
  readonly aorta: Vessel;
  readonly cava: Vessel;
  readonly bifurcationS: number;
  readonly psoasLat: number;
  readonly bodyDepth: Float32Array;
  readonly bodyHalfWidth: Float32Array;
}

export function buildSoftTissue(
  spec: SpineSpec,
  column: SpineColumn,
  c: SpineCoordinates,
  rng: Rng,
): SoftTissue {
  const z0 = c.wallZ[0]! - 90;
  const n = Math.ceil((c.wallZ.at(-1)! + 20 - z0) / 2);
  const raw = new Float32Array(n).fill(Number.NaN);
  for (const v of column.vertebrae) {
    const tip = localToLps(
      v.frame,
      -v.spec.depth / 2 - v.spec.canalDepth - v.spec.spinousLength - 3,
      0,
      -v.spec.height * 0.4,
    );
    const i = Math.round((tip[2] - z0) / 2);
    if (i >= 0 && i < n) raw[i] = tip[1];
  }
  for (const s of column.sacrum) {
    const p = localToLps(s.frame, -s.depthTop / 2 - 17, 0, 0);
    const i = Math.round((p[2] - z0) / 2);
    if (i >= 0 && i < n && Number.isNaN(raw[i]!)) raw[i] = p[1];
  }
  fillGaps(raw);
  const fascia = smooth(raw, 12);
  const wobble = valueNoise(rng.next, [1, 1, 45]);
  const skinBack = new Float32Array(n);
  const skinFront = new Float32Array(n);
  const belly = rng.range(85, 190);
  for (let i = 0; i < n; i++) {
    const z = z0 + i * 2;
    const sacral = Math.exp(-((z + 20) ** 2) / (2 * 55 * 55));
    skinBack[i] = fascia[i]! + spec.subcutaneous * (0.55 + 0.75 * sacral + 0.1 * wobble(0, 0, z)) + 2;
    skinFront[i] = -belly - 18 * Math.exp(-((z - 40) ** 2) / (2 * 70 * 70)) + 4 * wobble(3, 0, z);
  }
  const ns = c.wallX.length;
  const bodyDepth = new Float32Array(ns);
  const bodyHalfWidth = new Float32Array(ns);
  for (let i = 0; i < ns; i++) {
    const s = c.s0 + i;
    const k = clamp(Math.round(s / 36 - 0.4), 0, column.vertebrae.length - 1);
    bodyDepth[i] =
      s < 0 ? column.sacrum[0]!.depthTop * clamp(1 + s / 110, 0.3, 1) : column.vertebrae[k]!.spec.depth;
    bodyHalfWidth[i] = column.vertebrae[k]!.spec.width / 2;
  }
  return {
    z0,
    fascia,
    skinBack,
    skinFront,
    wallFat: rng.range(5, 32),
    streak: valueNoise(rng.next, [3.2, 3.2, 16]),
    mid: valueNoise(rng.next, [9, 9, 14]),
    fibre: valueNoise(rng.next, [1.7, 1.5, 11]),
    muscleFat: spec.muscleFat,
    paraspinal: spec.paraspinal ?? null,
    scale: spec.scale,
    aorta: { lat: rng.normal(9, 4), r: rng.range(7, 11), gap: rng.range(1, 6) },
    cava: { lat: rng.normal(-15, 4), r: rng.range(7, 12), gap: rng.range(1, 6) },
    bifurcationS: rng.normal(48, 10),
    psoasLat: rng.range(28, 34),
    bodyDepth: smooth(bodyDepth, 8),
    bodyHalfWidth: smooth(bodyHalfWidth, 8),
  };
}

function fillGaps(v: Float32Array): void {
  let prev = -1;
  for (let i = 0; i < v.length; i++) {
    if (Number.isNaN(v[i]!)) continue;
    if (prev < 0) v.fill(v[i]!, 0, i);
    else for (let k = prev + 1; k < i; k++) v[k] = v[prev]! + ((v[i]! - v[prev]!) * (k - prev)) / (i - prev);
    prev = i;
  }
  if (prev >= 0) v.fill(v[prev]!, prev);
}

function smooth(v: Float32Array, radius: number): Float32Array {
  let out = v;
  for (let pass = 0; pass < 2; pass++) {
    const src = out;
    out = new Float32Array(v.length);
    for (let i = 0; i < v.length; i++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) sum += src[clamp(i + k, 0, v.length - 1)]!;
      out[i] = sum / (2 * radius + 1);
    }
  }
  return out;
}

/** Fills the whole raster with everything that is not bone or disc, the canal and its contents included. */
export function paintSoftTissue(
  raster: Raster,
  spec: SpineSpec,
  c: SpineCoordinates,
  canal: Canal,
  t: SoftTissue,
): void {
  const { plane, tissue, label } = raster;
  const { origin, du, dv, width, height } = plane;
  const at = new Float64Array(3);
  const ns = canal.centre.length;
  const nz = t.fascia.length;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const x = origin[0] + i * du[0] + j * dv[0];
      const y = origin[1] + i * du[1] + j * dv[1];
      const z = origin[2] + i * du[2] + j * dv[2];
      const o = j * width + i;
      const zf = clamp((z - t.z0) / 2, 0, nz - 1.001);
      const zi = Math.floor(zf);
      const zt = zf - zi;
      const round = (x * x) / 260;
      const skin = t.skinBack[zi]! * (1 - zt) + t.skinBack[zi + 1]! * zt - round;
      const belly = t.skinFront[zi]! * (1 - zt) + t.skinFront[zi + 1]! * zt + (x * x) / 200;
      if (y > skin || y < belly) {
        tissue[o] = TISSUE.air;
        continue;
      }
      const wall = y - belly;
      if (wall < t.wallFat + 9) {
        tissue[o] =
          wall < 2
            ? TISSUE.skin
            : wall < t.wallFat
              ? TISSUE.subcutaneousFat
              : Math.abs(x) < 6
                ? TISSUE.fascia
                : TISSUE.muscle;
        continue;
      }
      if (y > skin - 2) {
        tissue[o] = TISSUE.skin;
        continue;
      }
      const fascia = t.fascia[zi]! * (1 - zt) + t.fascia[zi + 1]! * zt - (x * x) / 300;
      if (y > fascia) {
        tissue[o] = y < fascia + 1.3 && z > -10 ? TISSUE.fascia : TISSUE.subcutaneousFat;
        continue;
      }
      toSpine(c, x, y, z, at);
      const s = at[0]!;
      const d = at[1]!;
      const lat = at[2]!;
      const k = clamp(Math.round(s) - canal.s0, 0, ns - 1);
      if (d > 0 && d < 40 && Math.abs(lat) < 15) {
        const root = knownForamen(canal, s, d, lat);
        const done = root >= 0 ? root : canalTissue(spec, canal, t, s, d, lat, k, x, y, z);
        if (done >= 0) {
          tissue[o] = done & 0xff;
          label[o] = done >> 8;
          continue;
        }
      }
      if (d > (Math.abs(lat) < 17 ? -6 : Math.min(11, Math.abs(lat) * 0.75 - 18.75))) {
        const done = behind(canal, t, s, d, lat, k, x, y, z, d + fascia - y);
        tissue[o] = done & 0xff;
        label[o] = done >> 8;
      } else tissue[o] = before(t, s, d, lat, k, x, y, z);
    }
  }
}

const withClass = (tissue: number, label: number): number => tissue | (label << 8);

/** Tissue (and class, in the high byte) inside the canal, or -1 outside it. */
function canalTissue(
  spec: SpineSpec,
  canal: Canal,
  t: SoftTissue,
  s: number,
  d: number,
  lat: number,
  k: number,
  x: number,
  y: number,
  z: number,
): number {
  const hd = canal.halfDepth[k]!;
  const hw = canal.halfWidth[k]!;
  const back = canal.back[k]! - Math.abs(lat) * 0.45;
  let front = 0;
  for (const h of canal.herniations) {
    if (Math.abs(s - h.s) > 45) continue;
    const depth = herniationDepth(h, s, lat, spec.discs[h.disc]!.height);
    if (depth > 0 && d < depth) return withClass(TISSUE.herniated, CLASS.disc);
    front = Math.max(front, depth + (depth > 0 ? 0.8 : 0));
  }
  if (front > d) return withClass(TISSUE.ligament, CLASS.background);
  if (hd > 0.4) {
    // A herniation pushes the sac's front wall; the sac gives way backward by part of it.
    const centre = canal.centre[k]! + Math.min(front * 0.25, 2.5);
    const r = (d - centre) / hd;
    const rl = lat / hw;
    const q = r * r + rl * rl;
    if (q < 1) {
      const ch = canal.cordHalf[k]!;
      if (ch > 0.2) {
        const cd = (d - centre - hd * 0.02) / ch;
        const cl = lat / (ch * 1.35);
        if (cd * cd + cl * cl < 1) return withClass(TISSUE.cord, CLASS.cord);
      }
      if (s < canal.conusS + 25) {
        for (const root of canal.roots) {
          if (s < root.ends) continue;
          // Below the conus roots settle at the back of the sac and run out to their own side.
          const spread = clamp((canal.conusS - s) / 60, 0.25, 1);
          const w = 0.1 * Math.sin(s / 19 + root.phase);
          const rd = r - (root.d * 0.9 - 0.12 + w) * (0.5 + 0.5 * spread);
          const rr = rl - (root.l * spread + 0.12 * Math.sin(s / 27 + root.phase * 2));
          const dd = rd * hd;
          const ll = rr * hw;
          if (dd * dd + ll * ll < 0.5) return withClass(TISSUE.root, CLASS.duralSac);
        }
      }
      return withClass(TISSUE.csf, CLASS.duralSac);
    }
    if (q < 1 + 1.1 / Math.max(hd, 2)) return withClass(TISSUE.ligament, CLASS.background);
  }
  if (d < 1.1 && s > 0) return withClass(TISSUE.ligament, CLASS.background);
  if (d < back) {
    // Flavum lines the back of the canal between laminae and thickens with narrowing.
    const narrow = canal.narrowing[k]!;
    const flavum =
      s > 0
        ? canal.window[k]! *
          (1.6 + 6 * narrow) *
          (Math.abs(lat) > 1.2 ? 1 : 0.25 + 0.75 * Math.min(1, narrow * 1.6))
        : 0;
    if (back - d < flavum) return withClass(TISSUE.ligament, CLASS.background);
    return withClass(TISSUE.epiduralFat, CLASS.background);
  }
  // Epidural fat reaches back between the laminae as a wedge in the midline.
  const wedge = canal.window[k]! * 5 * (1 - canal.narrowing[k]!) - Math.abs(lat) * 1.2;
  if (d < back + wedge && s > -5)
    return withClass(t.mid(x, y, z) > -1.4 ? TISSUE.epiduralFat : TISSUE.ligament, 0);
  return -1;
}

/** Tissue, and class in the high byte. */
function behind(
  canal: Canal,
  t: SoftTissue,
  s: number,
  d: number,
  lat: number,
  k: number,
  x: number,
  y: number,
  z: number,
  fasciaD: number,
): number {
  const side = Math.abs(lat);
  const n = t.streak(x, y, z);
  if (side < 3.2 && d > canal.back[k]! && s > -15) {
    const q = n + t.fibre(x, y, z) * 0.6;
    return q > 0.7
      ? TISSUE.subcutaneousFat
      : q < -1.2
        ? TISSUE.ligament
        : q < -0.2
          ? TISSUE.lightlyInfiltrated
          : TISSUE.interspinous;
  }
  if (side < 24 && d < canal.back[k]! + 2 - Math.max(0, side - 9) * 0.55 + n * 1.5 && s > -10)
    return foramenTissue(canal, s, d, lat, n);
  if (s < -10) {
    // Behind and beside the sacrum: little muscle, much fat.
    if (d < 14 || n + t.mid(x, y, z) > 0.2 - t.muscleFat) return TISSUE.subcutaneousFat;
    return TISSUE.muscle;
  }
  const m = t.mid(x, y, z);
  if (t.paraspinal) {
    const place = paraspinalAt(t.paraspinal, t.scale, s, d, lat, fasciaD);
    if (typeof place === 'string') return TISSUE.subcutaneousFat;
    return infiltrated(t.paraspinal[place.muscle][place.side], n * 0.5 + m * 0.45 + t.fibre(x, y, z) * 0.45);
  }
  const low = clamp(1 - s / 120, 0, 1) * 0.35;
  const near = clamp((16 - side) / 16, 0, 1) * 0.25;
  const fat = t.muscleFat + low * (0.4 + t.muscleFat) + near * t.muscleFat * 2;
  const v = n * 0.5 + m * 0.45 + t.fibre(x, y, z) * 0.45 + fat * 2.9;
  if (v > 2.15) return TISSUE.subcutaneousFat;
  if (v > 1.65) return TISSUE.infiltratedMuscle;
  if (v > 1.15) return TISSUE.lightlyInfiltrated;
  return TISSUE.muscle;
}

function before(
  t: SoftTissue,
  s: number,
  d: number,
  lat: number,
  k: number,
  x: number,
  y: number,
  z: number,
): number {
  const depth = t.bodyDepth[k]!;
  const ahead = -d - depth;
  const side = Math.abs(lat);
  if (s > -12) {
    if (ahead < 1.6 && side < 15) return TISSUE.ligament;
    const artery = vesselAt(t, t.aorta, TISSUE.aorta, s, ahead, lat);
    if (artery >= 0) return artery;
    const vein = vesselAt(t, t.cava, TISSUE.vein, s, ahead, lat);
    if (vein >= 0) return vein;
    const psoas = clamp(1.25 - s / 260, 0.25, 1.2);
    const pl = (side - t.bodyHalfWidth[k]! - 13 * psoas) / (16 * psoas);
    const pa = (d + depth * 0.33) / (22 * psoas);
    if (s < 215 && pl * pl + pa * pa < 1)
      return t.streak(x, y, z) > 2.1 - t.muscleFat ? TISSUE.infiltratedMuscle : TISSUE.psoas;
  }
  // Quadratus lumborum lies in front of the transverse processes, beside psoas.
  const quadratus = ((side - 62) / 24) ** 2 + ((d + 2) / 13) ** 2 + 0.08 * t.mid(x, y, z);
  if (quadratus < 1 && s > 10 && s < 190) return TISSUE.muscle;
  const n = t.streak(x, y, z) * 0.5 + t.mid(x, y, z) * 0.7;
  return n > 1.5 ? TISSUE.vein : n < -1.7 ? TISSUE.bowelWall : TISSUE.visceralFat;
}

interface Vessel {
  readonly lat: number;
  readonly r: number;
  readonly gap: number;
}

/** Below the bifurcation the great vessels part and thin. -1 outside the vessel. */
function vesselAt(t: SoftTissue, v: Vessel, code: number, s: number, ahead: number, lat: number): number {
  const below = Math.max(0, t.bifurcationS - s);
  const spread = (lat < 0 ? -1 : 1) * below * 0.42;
  const r = v.r * (below > 0 ? 0.62 : 1);
  const dl = lat - (below > 0 ? spread + v.lat * Math.max(0, 1 - below / 30) : v.lat);
  const da = ahead - v.gap - v.r;
  const q = dl * dl + da * da;
  if (q >= r * r) return -1;
  return q > (r - 1.1) ** 2 ? TISSUE.ligament : code;
}
