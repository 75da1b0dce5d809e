import {
  auc,
  clusterBootstrap,
  type Estimate,
  expectedCalibrationError,
  quadraticKappa,
  reliability,
} from '@foramen/imaging';
import type { GradeScore } from '@foramen/report';
import {
  DISC_LEVELS,
  type Graded,
  isGrade,
  isPresence,
  type LevelFindings,
  type Presence,
  type SpineFindings,
} from '@foramen/spine';
import { discTable } from './disc-table.ts';

const SCALES = ['pfirrmann', 'modic'] as const;
const PRESENCES = [
  'endplateUpper',
  'endplateLower',
  'spondylolisthesis',
  'herniation',
  'narrowing',
  'bulging',
] as const;
type Scale = (typeof SCALES)[number];
type Sign = (typeof PRESENCES)[number];
type Field = Scale | Sign;

/** What a reader said of one disc. */
export interface Reading {
  /** Picture or patient. */
  readonly name: string;
  readonly level?: string;
  /** 1 is the lowest disc. */
  readonly index?: number;
  readonly grades: Readonly<Partial<Record<Field, number>>>;
}

/** Column names, ours and those of SPIDER's table (van der Graaf 2024). */
const COLUMNS: Readonly<Record<string, Field | 'name' | 'level' | 'index'>> = {
  name: 'name',
  patient: 'name',
  level: 'level',
  index: 'index',
  'ivd label': 'index',
  pfirrmann: 'pfirrmann',
  'pfirrman grade': 'pfirrmann',
  modic: 'modic',
  endplateupper: 'endplateUpper',
  'up endplate': 'endplateUpper',
  endplatelower: 'endplateLower',
  'low endplate': 'endplateLower',
  spondylolisthesis: 'spondylolisthesis',
  herniation: 'herniation',
  'disc herniation': 'herniation',
  narrowing: 'narrowing',
  'disc narrowing': 'narrowing',
  bulging: 'bulging',
  'disc bulging': 'bulging',
};

/** Allowed values of a field: Pfirrmann 1 to 5, Modic 0 to 3, signs 0 or 1. */
const bounds = (field: Field): readonly [number, number] =>
  field === 'pfirrmann' ? [1, 5] : field === 'modic' ? [0, 3] : [0, 1];

/** A table of gradings, one row a disc; an empty cell was not graded. @throws InputError on a table that is none, naming the row */
export function readGradings(csv: string, where: string): Reading[] {
  return discTable<Field>(csv, where, (heading) => COLUMNS[heading.toLowerCase()], bounds).map(
    ({ values, ...place }) => ({ ...place, grades: Object.fromEntries(values) }),
  );
}

/** One disc as the reader and as the product graded it. */
interface Pair {
  readonly patient: string;
  readonly level: string;
  readonly truth: number;
  readonly grade: number;
  /** Of the product's grade, or of the finding being there. */
  readonly p: number;
}

export interface GradedCase {
  readonly patient: string;
  readonly findings: SpineFindings | null;
  readonly readings: readonly Reading[];
}

/** Agreement over all discs that the reader graded. A refused picture's discs count as abstained. */
export function scoreGrades(cases: readonly GradedCase[]): GradeScore[] {
  return [...SCALES, ...PRESENCES].flatMap((field) => {
    const pairs: Pair[] = [];
    let abstained = 0;
    for (const { patient, findings, readings } of cases) {
      for (const reading of readings) {
        const truth = reading.grades[field];
        if (truth === undefined) continue;
        const level = findings?.levels.find((one) =>
          reading.level === undefined ? one.indexFromBottom === reading.index : one.level === reading.level,
        );
        const ours = level === undefined ? undefined : judgementOf(level, field);
        if (ours === undefined) abstained++;
        else pairs.push({ patient, level: level!.level, truth, ...ours });
      }
    }
    if (pairs.length + abstained === 0) return [];
    return [isScale(field) ? scaleScore(field, pairs, abstained) : signScore(field, pairs, abstained)];
  });
}

const isScale = (field: Field): field is Scale => (SCALES as readonly string[]).includes(field);

function judgementOf(level: LevelFindings, field: Field): { grade: number; p: number } | undefined {
  if (level.abstained !== undefined) return undefined;
  if (isScale(field)) {
    const graded: Graded | undefined = level[field];
    if (!isGrade(graded)) return undefined;
    return { grade: graded.grade, p: graded.p[graded.grade - bounds(field)[0]] ?? 0 };
  }
  const presence: Presence | undefined = level[field];
  return isPresence(presence) ? { grade: Number(presence.p >= 0.5), p: presence.p } : undefined;
}

function scaleScore(field: Scale, pairs: readonly Pair[], abstained: number): GradeScore {
  const off = pairs.map((one) => Math.abs(one.grade - one.truth));
  const share = (count: number): number | null => (pairs.length === 0 ? null : count / pairs.length);
  return {
    field,
    n: pairs.length,
    abstained,
    positive: null,
    kappa: interval(pairs, kappaOf),
    withinOne: share(off.filter((d) => d <= 1).length),
    meanError: share(off.reduce((a, b) => a + b, 0)),
    auc: null,
    ...calibration(pairs, (one) => one.grade === one.truth),
    byLevel: byLevel(pairs, (some) => ({ kappa: interval(some, kappaOf), auc: null })),
  };
}

function signScore(field: Sign, pairs: readonly Pair[], abstained: number): GradeScore {
  return {
    field,
    n: pairs.length,
    abstained,
    positive: pairs.filter((one) => one.truth === 1).length,
    kappa: interval(pairs, kappaOf),
    withinOne: null,
    meanError: null,
    auc: interval(pairs, aucOf),
    ...calibration(pairs, (one) => one.truth === 1),
    byLevel: byLevel(pairs, (some) => ({ kappa: interval(some, kappaOf), auc: interval(some, aucOf) })),
  };
}

function interval(pairs: readonly Pair[], statistic: (some: readonly Pair[]) => number): Estimate | null {
  if (pairs.length === 0 || !Number.isFinite(statistic(pairs))) return null;
  return clusterBootstrap(
    pairs.map((one) => one.patient),
    (rows) => statistic(rows.map((row) => pairs[row]!)),
  );
}

const kappaOf = (some: readonly Pair[]): number =>
  quadraticKappa(
    some.map((one) => one.grade),
    some.map((one) => one.truth),
  );
const aucOf = (some: readonly Pair[]): number =>
  auc(
    some.map((one) => one.p),
    some.map((one) => one.truth === 1),
  );

/** The same figures at each level, from the head down. */
function byLevel(
  pairs: readonly Pair[],
  figures: (some: readonly Pair[]) => Pick<GradeScore['byLevel'][number], 'kappa' | 'auc'>,
): GradeScore['byLevel'] {
  const levels = DISC_LEVELS.filter((level) => pairs.some((one) => one.level === level));
  if (levels.length < 2) return [];
  return levels.map((level) => {
    const some = pairs.filter((one) => one.level === level);
    return { level, n: some.length, ...figures(some) };
  });
}

function calibration(
  pairs: readonly Pair[],
  came: (one: Pair) => boolean,
): Pick<GradeScore, 'ece' | 'eceInterval' | 'reliability'> {
  if (pairs.length === 0) return { ece: null, eceInterval: null, reliability: [] };
  const p = pairs.map((one) => one.p);
  const outcome = pairs.map(came);
  const ece = interval(pairs, (some) =>
    expectedCalibrationError(
      some.map((one) => one.p),
      some.map(came),
    ),
  );
  return {
    ece: expectedCalibrationError(p, outcome),
    eceInterval: ece?.interval ?? null,
    reliability: reliability(p, outcome),
  };
}
