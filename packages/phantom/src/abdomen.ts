import type { Vec3 } from '@foramen/spine';
import { forEachInside, frameAt, type LocalFrame, type Raster } from './local-frame.ts';
import { clamp, type Rng } from './prng.ts';
import type { SpineCoordinates } from './spine-coordinates.ts';
import { TISSUE } from './tissue.ts';

/** One organ or loop as an ellipsoid with a wall. */
export interface Viscus {
  readonly frame: LocalFrame;
  readonly radii: Vec3;
  readonly wall: number;
  readonly content: number;
  /** Level (up, mm) above which gas stands; patients lie on their backs, so gas collects in front. */
  readonly gasFrom: number | null;
}

/** Wall z to the front of the column at that height: where the abdomen begins. */
function frontOf(c: SpineCoordinates, z: number): number {
  let best = 0;
  for (let i = 0; i < c.wallZ.length; i += 4)
    if (Math.abs(c.wallZ[i]! - z) < Math.abs(c.wallZ[best]! - z)) best = i;
  return c.wallY[best]!;
}

export function drawAbdomen(rng: Rng, c: SpineCoordinates, bodyDepth: number): Viscus[] {
  const out: Viscus[] = [];
  const zLow = c.wallZ[0]! - 40;
  const zHigh = c.wallZ.at(-1)!;
  const crowd = rng.int(110, 280);
  for (let k = 0; k < crowd; k++) {
    const z = rng.range(zLow, zHigh);
    const y = frontOf(c, Math.max(z, -15)) - bodyDepth - rng.range(z < -20 ? -10 : 22, 150);
    const r = rng.range(5, 19);
    const content = rng.pick([
      TISSUE.bowelFluid,
      TISSUE.stool,
      TISSUE.stool,
      TISSUE.bowelWall,
      TISSUE.gas,
      TISSUE.organ,
    ]);
    out.push({
      frame: frameAt([rng.range(-55, 55), y, z], rng.range(-1.5, 1.5), rng.range(-0.8, 0.8)),
      radii: [r, r * rng.range(0.7, 1.4), r * rng.range(0.9, 3)],
      wall: rng.range(1, 2.6),
      content,
      gasFrom: rng.chance(0.25) ? rng.range(-0.5, 0.7) * r : null,
    });
  }
  const big = (at: Vec3, radii: Vec3, content: number): void => {
    out.push({
      frame: frameAt(at, rng.range(-0.3, 0.3), rng.range(-0.2, 0.2)),
      radii,
      wall: 1.6,
      content,
      gasFrom: null,
    });
  };
  // Liver above and to the right, kidneys beside the upper lumbar spine, bladder and uterus or prostate in the pelvis.
  big([-55, -110, zHigh - rng.range(10, 90)], [75, 80, 75], TISSUE.organ);
  if (rng.chance(0.6))
    big(
      [rng.range(-20, 20), -95 - rng.range(0, 30), zHigh - rng.range(0, 70)],
      [rng.range(25, 50), 60, rng.range(20, 55)],
      TISSUE.organ,
    );
  big([62, -14, 150 + rng.range(-20, 20)], [20, 24, 52], TISSUE.organ);
  big([-64, -14, 140 + rng.range(-20, 20)], [20, 24, 52], TISSUE.organ);
  if (rng.chance(0.75))
    big(
      [0, -88 - rng.range(0, 30), -95 + rng.range(-25, 20)],
      [rng.range(22, 42), 36, rng.range(16, 38)],
      TISSUE.bladder,
    );
  if (rng.chance(0.5))
    big([rng.range(-6, 6), -62 - rng.range(0, 25), -70 + rng.range(-20, 20)], [24, 28, 34], TISSUE.organ);
  // Rectosigmoid along the hollow of the sacrum.
  let p: Vec3 = [0, frontOf(c, -70) - rng.range(42, 60), -108];
  const content = rng.pick([TISSUE.stool, TISSUE.stool, TISSUE.gas, TISSUE.bowelFluid]);
  for (let k = 0; k < 7; k++) {
    out.push({
      frame: frameAt(p, rng.range(-0.6, 0.4), 0),
      radii: [rng.range(9, 15), 14, 15],
      wall: 2.4,
      content,
      gasFrom: rng.chance(0.4) ? 4 : null,
    });
    p = [p[0] + rng.range(-6, 6), p[1] - rng.range(0, 12), p[2] + rng.range(9, 16)];
  }
  return out;
}

export function paintAbdomen(raster: Raster, viscera: readonly Viscus[]): void {
  const { tissue } = raster;
  for (const v of viscera) {
    const [ra, rl, ru] = v.radii;
    const box = { a: [-ra, ra], l: [-rl, rl], u: [-ru, ru] } as const;
    const rim = clamp(1 - v.wall / Math.min(ra, rl, ru), 0.4, 0.97);
    forEachInside(raster, v.frame, box, (a, l, u, i) => {
      const was = tissue[i]!;
      // Viscera lie in fat: they displace nothing of the back, the vessels or the muscles.
      if (
        was !== TISSUE.visceralFat &&
        was !== TISSUE.bowelWall &&
        was !== TISSUE.bowelFluid &&
        was !== TISSUE.stool &&
        was !== TISSUE.gas &&
        was !== TISSUE.organ &&
        was !== TISSUE.vein
      )
        return;
      const f = Math.sqrt((a / ra) ** 2 + (l / rl) ** 2 + (u / ru) ** 2);
      if (f > 1) return;
      tissue[i] = f > rim ? TISSUE.bowelWall : v.gasFrom !== null && a > v.gasFrom ? TISSUE.gas : v.content;
    });
  }
}
