import type { ComparatorClass } from './evidence-record.ts';
import type { DiscLevel, NerveRoot } from './level.ts';
import type { Laterality } from './side.ts';
import type { Reason, Statement } from './statement.ts';

export type Urgency = 'emergency' | 'urgent' | 'soon' | 'routine' | 'self-care';

/** One serious condition weighed. `p` is null when nothing was asked that bears on it. */
export interface RedFlag {
  readonly condition:
    | 'cauda-equina'
    | 'progressive-deficit'
    | 'fracture'
    | 'infection'
    | 'malignancy'
    | 'vascular'
    | 'inflammatory';
  readonly status: 'raised' | 'possible' | 'not-raised' | 'not-assessed';
  readonly p: number | null;
  readonly statement: Statement;
  /** Questions that are still open; they are asked, never assumed negative. */
  readonly ask: readonly string[];
}

export interface Triage {
  readonly urgency: Urgency;
  readonly who: string;
  readonly withinHours: number | null;
  readonly flags: readonly RedFlag[];
  readonly statements: readonly Statement[];
  /** True when every elective ranking must be suppressed. */
  readonly gate: boolean;
}

export interface Hypothesis {
  readonly id: string;
  readonly condition: string;
  readonly level?: DiscLevel;
  readonly side?: Laterality;
  readonly root?: NerveRoot;
  readonly p: number;
  readonly interval: readonly [number, number];
  readonly statement: Statement;
}

/** How well an image finding fits a symptom: 0 none, 1 imaging only, 2 imaging + pain, 3 imaging + pain + sign. */
export interface Concordance {
  readonly level: DiscLevel;
  readonly side: Laterality;
  readonly root: NerveRoot;
  readonly grade: 0 | 1 | 2 | 3;
  /** Probability that the image shows contact with this root on this side, bounded by reader agreement. */
  readonly contactP?: number;
  readonly statement: Statement;
}

export interface LevelContext {
  readonly level: DiscLevel;
  readonly finding: string;
  /** Share of people of that age without pain who have it; null when the age or the figure is unknown. */
  readonly prevalenceWithoutPain: number | null;
  readonly statement: Statement;
}

export interface NextTest {
  readonly test: string;
  /** Expected change of the ranking, 0 to 1. */
  readonly value: number;
  readonly statement: Statement;
}

export interface RiskEstimate {
  readonly risk: string;
  readonly p: number | null;
  readonly interval: readonly [number, number] | null;
  readonly band: 'low' | 'moderate' | 'high' | 'unknown';
  readonly modifiable: readonly Statement[];
  readonly statement: Statement;
}

/** A distribution at a horizon, not a number. */
export interface ForecastPoint {
  readonly weeks: number;
  readonly mean: number;
  readonly interval: readonly [number, number];
  /** Mean less that of the same person with time alone, same unit: what the option adds, not what is lived through. Negative is better for pain and disability. Absent where no trial gives a figure. */
  readonly beyondWaiting?: number;
}
export interface Forecast {
  readonly option: string;
  readonly outcome:
    | 'leg-pain'
    | 'back-pain'
    | 'pain'
    | 'function'
    | 'return-to-work'
    | 'reoperation'
    | 'harm';
  readonly unit: string;
  /** The value now, same unit; a point's mean less this is the whole change that a person lives through. */
  readonly baseline?: number;
  readonly points: readonly ForecastPoint[];
  readonly modelCard: string;
  readonly because: readonly [Reason, ...Reason[]];
  /** Class of comparator behind the treatment effect; options are compared within one class or the difference is said. */
  readonly comparator?: ComparatorClass;
  /** How far this person lies from the trials, 0 like them to 1 unlike; widens the interval. */
  readonly unlikeTrials: number;
}

export interface Assessment {
  readonly schema: 'foramen.assessment/1';
  readonly patientId: string;
  readonly now: string;
  readonly triage: Triage;
  readonly differential: readonly Hypothesis[];
  readonly concordance: readonly Concordance[];
  readonly context: readonly LevelContext[];
  readonly nextTests: readonly NextTest[];
  readonly risks: readonly RiskEstimate[];
  readonly forecasts: readonly Forecast[];
  readonly statements: readonly Statement[];
  /** What could not be judged and why. */
  readonly abstained: readonly Statement[];
}
