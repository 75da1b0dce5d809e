import type { GenomicProfile, LevelFindings, SpineFindings, VertebraFindings } from '@foramen/spine';

type Json = Readonly<Record<string, unknown>>;
const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);

/** Grades of each scale: [lowest grade, how many]. */
const SCALES: Readonly<Record<string, readonly [number, number]>> = {
  pfirrmann: [1, 5],
  modic: [0, 4],
  meyerding: [0, 5],
  schizas: [1, 4],
  leeCentral: [0, 4],
  msuSize: [1, 3],
  genant: [0, 4],
};

/** A bare grade becomes a vector with 0.85 on it and the rest shared. */
function grade(scale: string, value: unknown): unknown {
  const known = SCALES[scale];
  if (typeof value !== 'number' || known === undefined) return value;
  const [low, n] = known;
  return {
    grade: value,
    p: Array.from({ length: n }, (_, i) => (i + low === value ? 0.85 : 0.15 / (n - 1))),
  };
}

const BECAUSE = { slice: 0, box: [0, 0, 1, 1] as const, models: [] };
const PRESENCES = [
  'herniation',
  'bulging',
  'signalLoss',
  'annularFissure',
  'highIntensityZone',
  'narrowing',
  'spondylolisthesis',
  'endplateUpper',
  'endplateLower',
];
const BOTH_SIDES = ['leeForaminal', 'lateralRecess', 'facetDegeneration'];

function level(raw: Json, index: number): LevelFindings {
  const out: Record<string, unknown> = {
    indexFromBottom: index + 1,
    confidence: 0.97,
    measures: {},
    because: BECAUSE,
  };
  for (const [key, value] of Object.entries(raw)) {
    if (key in SCALES) out[key] = grade(key, value);
    else if (PRESENCES.includes(key) && typeof value === 'number') out[key] = { p: value };
    else if (BOTH_SIDES.includes(key) && isObject(value)) {
      out[key] = Object.fromEntries(Object.entries(value).map(([side, g]) => [side, grade('leeCentral', g)]));
    } else out[key] = value;
  }
  return out as unknown as LevelFindings;
}

/**
 * Findings from their short form: `{"levels":[{"level":"L4-L5","pfirrmann":4,"herniation":0.9}]}`, levels from the bottom
 * up; a bare grade or probability is put into its full shape, what is not named stays absent.
 */
export function expandFindings(raw: unknown): SpineFindings | null {
  if (!isObject(raw)) return null;
  const { levels, vertebrae, enumeration, ...rest } = raw;
  return {
    schema: 'foramen.findings/1',
    series: [],
    enumeration: {
      confidence: 0.95,
      lumbarCount: 5,
      transitional: 'none',
      because: [],
      ...(isObject(enumeration) ? enumeration : {}),
    },
    levels: (Array.isArray(levels) ? levels : []).map((l: Json, i) => level(l, i)),
    vertebrae: (Array.isArray(vertebrae) ? vertebrae : []).map(
      (v: Json): VertebraFindings =>
        ({
          confidence: 0.97,
          because: BECAUSE,
          ...v,
          ...('genant' in v ? { genant: grade('genant', v.genant) } : {}),
        }) as unknown as VertebraFindings,
    ),
    limits: [],
    models: [],
    ...rest,
  } as SpineFindings;
}

/** A genomic profile from the parts named. */
export function expandGenome(raw: unknown): GenomicProfile | null {
  if (!isObject(raw)) return null;
  return {
    sample: 'vignette',
    assembly: 'GRCh38',
    genes: {},
    drugs: [],
    markers: [],
    ...raw,
  } as GenomicProfile;
}
