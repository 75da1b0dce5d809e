import { parameter } from '@foramen/evidence';
import type { PatientCase, Reason, Statement } from '@foramen/spine';
import { because, intakeFact, isWithheld, type Seen, scoreOf } from '../facts.ts';
import { anyLegPain, belowKneePain } from '../roots/signs.ts';
import { distinct, say, traced } from '../say.ts';
import { evidence, type TriageInput } from './signs.ts';
import { type Told, type ToldCourse, toldCourse } from './told-course.ts';

type EarlyBand = 'refer-now' | 'soon' | 'self-care';

/** One of the three dimensions, 0 to 2 points, or open. */
interface Dimension {
  readonly points: 0 | 1 | 2 | null;
  readonly facts: readonly Seen<unknown>[];
  readonly ask: string;
  /** Nobody was asked; the patient's own words said it. */
  readonly told?: true;
}

const TOLD_IN = 'intake.symptoms.freeText';
const asTold = <T>({ value, quote }: Told<T>): Seen<T> => ({ value, path: TOLD_IN, shown: `"${quote}"` });

/** How early somebody without red flags should be seen: persistence, radiation and loss of mobility, 0 to 6 points. */
export interface EarlyIntervention {
  /** Lowest and highest score that the answers so far allow; equal when nothing is open. */
  readonly points: readonly [number, number];
  readonly band: EarlyBand;
  /** True when an open answer could raise the band. */
  readonly open: boolean;
  readonly ask: readonly string[];
  /** True when a part of the score rests on told words alone: the questions are asked all the same. */
  readonly told: boolean;
  readonly statement: Statement;
}

/** A known fact that no contradiction has made unusable. */
function usable<T>(patient: PatientCase, fact: Seen<T> | undefined): Seen<T> | undefined {
  return fact !== undefined && !isWithheld(patient, fact.path) ? fact : undefined;
}

function persistence(input: TriageInput, words: ToldCourse): Dimension {
  const ask = 'How many weeks has the pain lasted?';
  const given = intakeFact(input.patient, 'symptoms', 'durationWeeks');
  const told = given === undefined && words.weeks !== undefined ? asTold(words.weeks) : undefined;
  const weeks = usable(input.patient, given) ?? told;
  if (weeks === undefined) return { points: null, facts: [], ask };
  const value = (key: string): number => parameter(key, input.base).value;
  const points =
    weeks.value >= value('early-persistence-weeks-2')
      ? 2
      : weeks.value >= value('early-persistence-weeks-1')
        ? 1
        : 0;
  return { points, facts: [weeks], ask, ...(told === undefined ? {} : { told: true as const }) };
}

function radiation(input: TriageInput, words: ToldCourse): Dimension {
  const ask = 'Does the pain go into a leg, and below the knee?';
  const below = usable(input.patient, belowKneePain(input.patient));
  if (below?.value === true) return { points: 2, facts: [below], ask };
  const leg = usable(input.patient, anyLegPain(input.patient));
  // Whoever ticked a leg but no region may have said in words how far the pain goes.
  const told = words.radiation;
  const further = told?.value === 'below-knee' && below === undefined && leg?.value !== false;
  if (told !== undefined && (further || (leg === undefined && anyLegPain(input.patient) === undefined))) {
    const points = told.value === 'below-knee' ? 2 : told.value === 'leg' ? 1 : 0;
    return { points, facts: [asTold(told)], ask, told: true };
  }
  if (leg === undefined) return { points: null, facts: [], ask };
  return { points: leg.value ? 1 : 0, facts: [leg], ask };
}

function mobility(input: TriageInput, words: ToldCourse): Dimension {
  const ask = 'How far can you walk, are you off work, and what is your disability score (ODI or RMDQ)?';
  const { patient, base } = input;
  const value = (key: string): number => parameter(key, base).value;
  const saidWalk = intakeFact(patient, 'symptoms', 'walkingDistanceM');
  const walk = usable(patient, saidWalk);
  const odi = usable(patient, scoreOf(patient, /^odi$/i));
  const rmdq = usable(patient, scoreOf(patient, /^rmdq$/i));
  const saidOff = intakeFact(patient, 'person', 'offWorkWeeks');
  const off = usable(patient, saidOff);
  const facts: Seen<unknown>[] = [];
  let points: 0 | 1 | 2 | null = null;
  const raise = (p: 0 | 1 | 2, fact: Seen<unknown>): void => {
    facts.push(fact);
    points = points === null || p > points ? p : points;
  };
  if (walk) raise(walk.value < value('early-walk-2') ? 2 : walk.value < value('early-walk-1') ? 1 : 0, walk);
  if (odi) raise(odi.value > 40 ? 2 : odi.value > 20 ? 1 : 0, odi);
  if (rmdq) raise(rmdq.value >= 14 ? 2 : rmdq.value >= 7 ? 1 : 0, rmdq);
  if (off) raise(off.value >= 2 ? 2 : off.value > 0 ? 1 : 0, off);
  // Words speak only where nothing was measured or answered.
  if ([walk, odi, rmdq, off, saidWalk, saidOff].some((f) => f !== undefined)) return { points, facts, ask };
  const far = words.walkM === undefined ? undefined : asTold(words.walkM);
  if (far) raise(far.value < value('early-walk-2') ? 2 : far.value < value('early-walk-1') ? 1 : 0, far);
  const away = words.offWorkWeeks === undefined ? undefined : asTold(words.offWorkWeeks);
  if (away) raise(away.value >= 2 ? 2 : 1, away);
  if (words.mobility !== undefined) raise(words.mobility.value, asTold(words.mobility));
  return { points, facts, ask, ...(facts.length === 0 ? {} : { told: true as const }) };
}

/** Null when there is nothing to treat: the person states that there is no pain. */
export function earlyIntervention(input: TriageInput): EarlyIntervention | null {
  const { patient, base } = input;
  const pain = usable(patient, intakeFact(patient, 'symptoms', 'pain'));
  if (pain?.value === 'none') return null;
  const words = toldCourse(patient.intake?.symptoms?.freeText ?? '', patient.now);
  const dimensions = [persistence(input, words), radiation(input, words), mobility(input, words)];
  const low = dimensions.reduce((sum, d) => sum + (d.points ?? 0), 0);
  const high = dimensions.reduce((sum, d) => sum + (d.points ?? 2), 0);
  const now = parameter('early-refer-now', base).value;
  const soon = parameter('early-refer-soon', base).value;
  const bandOf = (points: number): EarlyBand =>
    points >= now ? 'refer-now' : points >= soon ? 'soon' : 'self-care';
  const band = bandOf(low);
  const open = bandOf(high) !== band;
  const facts: Reason[] = dimensions.flatMap((d) => d.facts.map(because));
  const ids = [
    'parameter/early-refer-now',
    'parameter/early-refer-soon',
    'parameter/early-persistence-weeks-1',
    'parameter/early-persistence-weeks-2',
    'parameter/early-walk-1',
    'parameter/early-walk-2',
  ].map((id) => evidence(input, id));
  const reasons = distinct([...facts, ...ids]);
  const plain = open && band === 'self-care' ? 'triage.early.open' : (`triage.early.${band}` as const);
  const key = low === high && band !== 'refer-now' ? `${plain}-exact` : plain;
  const told = dimensions.some((d) => d.told === true);
  return {
    points: [low, high],
    told,
    band,
    open,
    ask: dimensions.filter((d) => d.points === null || d.told === true).map((d) => d.ask),
    statement: say(
      key,
      { low: traced(low, reasons), high: traced(high, reasons) },
      facts.length === 0 ? 'insufficient' : 'weak',
      reasons,
    ),
  };
}
