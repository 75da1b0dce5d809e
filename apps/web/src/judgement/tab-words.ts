import type { Assessment, ComparatorClass, MedicationAdvice, RedFlag, RiskEstimate } from '@foramen/spine';
import type { Language } from './reader.tsx';
import { TABS_EN } from './tab-words-en.ts';
import { TABS_ES } from './tab-words-es.ts';
import { TABS_PLAIN } from './tab-words-plain.ts';

type Comparator = Exclude<ComparatorClass, 'not-applicable'>;

/** What stands around the statements on the tabs of a record: headings, labels, what a figure is. */
export interface TabWords {
  readonly assessment: {
    readonly none: string;
    readonly explains: string;
    readonly noHypothesis: string;
    readonly lessLikely: string;
    readonly fits: string;
    /** By the grade of concordance. */
    readonly fit: readonly [string, string, string, string];
    readonly contact: (share: string) => string;
    readonly notes: string;
    readonly where: string;
    readonly redFlags: string;
    readonly flag: Readonly<Record<RedFlag['status'], string>>;
    readonly why: string;
    readonly tests: string;
    readonly risks: string;
    readonly change: string;
    readonly band: Readonly<Record<RiskEstimate['band'], string>>;
    readonly questionnaires: string;
    /** What a questionnaire asks about, by its id; empty for who knows it by its name. */
    readonly asks: Readonly<Record<string, string>>;
    readonly notScored: string;
    readonly of: (max: number) => string;
    readonly notJudged: string;
    readonly setAside: (n: number) => string;
  };
  readonly plan: {
    readonly none: string;
    readonly next: string;
    readonly options: string;
    readonly noOption: string;
    readonly ranked: string;
    readonly gated: string;
    readonly noGoals: string;
    readonly serves: (score: number) => string;
    readonly servesHelp: string;
    readonly rank: (n: number) => string;
    readonly expect: string;
    readonly steps: string;
    readonly medicines: string;
    readonly advice: Readonly<Record<MedicationAdvice['advice'], string>>;
    readonly guidelines: (n: number) => string;
    readonly changes: string;
    readonly direction: Readonly<Record<'escalate' | 'de-escalate' | 'reassess', string>>;
    readonly worthKnowing: string;
    readonly chance: string;
    readonly nothingMatters: string;
    readonly notNeeded: string;
    readonly smallest: string;
    readonly limits: string;
    readonly history: string;
    readonly first: string;
    readonly revised: string;
    readonly by: (who: string) => string;
    readonly unchanged: string;
    readonly notAccepted: string;
    readonly acceptedBy: (who: string) => string;
    readonly withdrawnBy: (who: string) => string;
    readonly accept: string;
    readonly withdraw: string;
    readonly ruledOut: string;
    readonly ruledOutHelp: (n: number) => string;
    readonly reasons: (n: number) => string;
  };
  readonly forecast: {
    readonly outcome: Readonly<Record<Assessment['forecasts'][number]['outcome'], string>>;
    readonly scale: (unit: string) => string;
    readonly at: (weeks: number) => string;
    readonly weeks: (weeks: number) => string;
    readonly to: string;
    readonly now: (value: string) => string;
    readonly better: (value: string) => string;
    readonly worse: (value: string) => string;
    /** What a forecast rests on; a patient is not told the name of the model card. */
    readonly model: string;
    readonly against: Readonly<Record<Comparator, string>>;
    readonly unlike: string;
  };
  readonly study: {
    readonly choose: string;
    readonly noDate: string;
    readonly noPicture: string;
    readonly report: string;
    readonly levels: string;
    readonly show: string;
    readonly shown: string;
    readonly nothing: string;
    readonly notRead: string;
    readonly overlay: string;
    /** Its name on an axial slice: the one structure of the overlay that has a word for a name. */
    readonly sacrum: string;
    readonly play: string;
    readonly stop: string;
    readonly large: string;
    readonly small: string;
  };
  readonly time: {
    readonly studies: (n: number) => string;
    readonly level: string;
    readonly verdict: Readonly<
      Record<'shrunk' | 'resolved' | 'stable' | 'grown' | 'appeared' | 'none' | 'not-compared', string>
    >;
    readonly numbered: (n: number) => string;
    readonly since: string;
    readonly beside: (level: string) => string;
    readonly diary: string;
    readonly pain: string;
    readonly walked: string;
    readonly day: string;
    readonly asTable: (days: number) => string;
    readonly sum: (days: number, first: string, last: string, part: number) => string;
    readonly recutAll: string;
    readonly together: string;
    readonly recut: string;
    readonly ownSlice: string;
    readonly notLaid: string;
    readonly notReached: string;
    readonly to: string;
  };
  readonly side: Readonly<Record<string, string>>;
  readonly strength: Readonly<Record<'strong' | 'moderate' | 'weak' | 'insufficient', string>>;
  /** A number with the decimal sign of the language. */
  readonly figure: (text: string) => string;
}

/** For a patient, by language. */
export const PLAIN_WORDS: Readonly<Record<Language, TabWords>> = { en: TABS_PLAIN, es: TABS_ES };
export const CLINICIAN_WORDS: TabWords = TABS_EN;
