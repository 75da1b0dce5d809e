import type { Side } from '@foramen/spine';
import { clamp } from './prng.ts';
import { TISSUE } from './tissue.ts';

export type ParaspinalMuscle = 'multifidus' | 'erectorSpinae';

/** The back muscles as two compartments a side, with the share of fat wanted in each (0 to about 0.8). */
export interface ParaspinalSpec {
  readonly multifidus: Readonly<Record<Side, number>>;
  readonly erectorSpinae: Readonly<Record<Side, number>>;
  /** How far this person's cleft between the two lies lateral of its usual place, mm. */
  readonly cleftShiftMm?: number;
  /** Thickness of the fat in the cleft, mm. */
  readonly cleftMm?: number;
}

/** Share of fat in each tissue a muscle is made of: on every fat-bright contrast the mixed ones lie between muscle and fat by it. */
export const FAT_CONTENT: ReadonlyMap<number, number> = new Map([
  [TISSUE.muscle, 0],
  [TISSUE.lightlyInfiltrated, 0.14],
  [TISSUE.infiltratedMuscle, 0.41],
  [TISSUE.subcutaneousFat, 1],
]);

interface Compartment {
  readonly muscle: ParaspinalMuscle;
  readonly side: Side;
}
type ParaspinalPlace = Compartment | 'cleft' | 'outside';

/** Front of the erector spinae behind the transverse processes, and its outer end, mm. */
const FRONT_MM = 12;
const OUTER_MM = 60;
const CORNER_MM = 16;

/**
 * What lies at `s` along, `d` behind and `lat` beside the posterior wall, given the depth of the fascia there. The cleft runs from the
 * facets' outer edge back to the fascia and moves out on the way down, as the multifidus grows toward the sacrum.
 */
export function paraspinalAt(
  spec: ParaspinalSpec,
  scale: number,
  s: number,
  d: number,
  lat: number,
  fasciaD: number,
): ParaspinalPlace {
  const side: Side = lat > 0 ? 'left' : 'right';
  const l = Math.abs(lat) / scale;
  const middle = 17 + 15 * Math.exp(-Math.max(0, s) / 60) + (spec.cleftShiftMm ?? 0);
  const cleft = middle + 0.12 * (d - 28);
  const half = (spec.cleftMm ?? 1.6) / 2 / scale;
  if (l < cleft - half) return { muscle: 'multifidus', side };
  if (l < cleft + half) return d > FRONT_MM - 4 ? 'cleft' : 'outside';
  if (d < FRONT_MM || l > OUTER_MM) return 'outside';
  const round = (l - (OUTER_MM - CORNER_MM)) / CORNER_MM;
  const thick = (fasciaD - FRONT_MM) / 2;
  if (round > 0 && round * round + ((d - FRONT_MM - thick) / Math.max(3, thick)) ** 2 > 1) return 'outside';
  return { muscle: 'erectorSpinae', side };
}

/** Tissue of a compartment whose wanted share of fat is `share`, where the texture has the value `v` (mean 0, about 0.8 wide). */
export function infiltrated(share: number, v: number): number {
  // The normal quantile of the share, by the logistic approximation.
  const p = clamp(share, 0.002, 0.97);
  const cut = (-0.8 / 1.702) * Math.log(p / (1 - p));
  if (v > cut + 0.12) return TISSUE.subcutaneousFat;
  if (v > cut - 0.18) return TISSUE.infiltratedMuscle;
  if (v > cut - 0.5) return TISSUE.lightlyInfiltrated;
  return TISSUE.muscle;
}
