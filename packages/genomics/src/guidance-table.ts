import type { DrugActionKind } from '@foramen/spine';

export type GuidelineName = 'CPIC' | 'DPWG' | 'FDA';
export type Classification =
  | 'Strong'
  | 'Moderate'
  | 'Optional'
  | 'No recommendation'
  | 'Unspecified'
  | 'None';

/** An action with its dose context, in words of our own. */
export interface Advice {
  readonly action: DrugActionKind;
  readonly text: string;
}

export interface GuidanceRule {
  readonly advice: Advice;
  readonly classification: Classification;
  readonly population: string;
}

/** One guideline about one drug. Rules are found by the state of its genes, in the order of `genes`. */
export interface Guideline {
  readonly drug: string;
  readonly guideline: GuidelineName;
  readonly id: string;
  readonly genes: readonly string[];
  readonly sources: readonly string[];
  /** Taken from a report on the guideline or label, not from itself. */
  readonly secondHand: boolean;
  /** CPIC's level of the drug and its genes; absent where it is not known. */
  readonly level?: CpicLevel;
  readonly rules: ReadonlyMap<string, readonly GuidanceRule[]>;
}

/** A and B: the genes change what is prescribed. C: they do not. */
export type CpicLevel = 'A' | 'B' | 'C';

/** The compact form on disk. */
export interface RawGuidance {
  readonly source: string;
  readonly version: string;
  /** Drugs by CPIC level. */
  readonly levels?: Readonly<Partial<Record<CpicLevel, readonly string[]>>>;
  /** Action and words, referred to by index. */
  readonly advice: readonly (readonly [string, string])[];
  readonly guidelines: readonly {
    readonly drug: string;
    readonly guideline: string;
    readonly id: string;
    readonly genes: readonly string[];
    readonly pmids: readonly string[];
    readonly secondHand?: boolean;
    /** [advice index, classification, population, keys joined by a space-free separator] */
    readonly rules: readonly (readonly [number, string, string, string])[];
  }[];
}

export interface GuidanceTable {
  readonly source: string;
  readonly version: string;
  readonly guidelines: readonly Guideline[];
}

export function readGuidance(raw: RawGuidance, levels: NonNullable<RawGuidance['levels']>): GuidanceTable {
  const levelOf = (drug: string) => (['A', 'B', 'C'] as const).find((level) => levels[level]?.includes(drug));
  return {
    source: raw.source,
    version: raw.version,
    guidelines: raw.guidelines.map((g) => {
      const rules = new Map<string, GuidanceRule[]>();
      for (const [advice, classification, population, keys] of g.rules) {
        const [action, text] = raw.advice[advice] ?? ['no-recommendation', ''];
        const rule: GuidanceRule = {
          advice: { action: action as DrugActionKind, text },
          classification: classification as Classification,
          population,
        };
        for (const key of keys.split(';')) {
          const list = rules.get(key);
          if (list) list.push(rule);
          else rules.set(key, [rule]);
        }
      }
      const level = g.guideline === 'CPIC' ? levelOf(g.drug) : undefined;
      return {
        drug: g.drug,
        guideline: g.guideline as GuidelineName,
        id: g.id,
        genes: g.genes,
        sources: [`${g.guideline} ${g.id}`, ...g.pmids.map((pmid) => `PMID ${pmid}`)],
        secondHand: g.secondHand ?? false,
        ...(level === undefined ? {} : { level }),
        rules,
      };
    }),
  };
}
