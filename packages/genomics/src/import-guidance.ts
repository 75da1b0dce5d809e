import type { DrugActionKind } from '@foramen/spine';
import type { RawGuidance } from './guidance-table.ts';
import { compareNames } from './name-order.ts';

interface PublishedAnnotation {
  readonly source: string;
  readonly drug: string;
  readonly genes: readonly string[];
  readonly lookup: Readonly<Record<string, string | Readonly<Record<string, number>>>>;
  readonly population: string | null;
  readonly classification: string | null;
  readonly text: string;
  readonly guidelineId: string;
  readonly pmids: readonly string[];
}

/** The first rule whose pattern is in the published words gives the action; the words themselves are not kept. */
type Rule = readonly [RegExp, DrugActionKind, (match: RegExpExecArray, text: string) => string];

const MH_OPEN =
  'genes do not settle malignant hyperthermia risk: history, family and further tests decide; negative is never safe';
const AFTER_3_MONTHS = 'taken for over 3 months without skin reaction: may be continued with caution';
const SKIN_ALTERNATIVE = 'do not start while an alternative exists';
const ONLY_WITHOUT_ALTERNATIVE =
  'only without alternative, with frequent checks; stop at the first skin sign';
const CODEINE_UM_DPWG =
  'above 20 mg every 6 h, or with other risks: contraindicated; at lower doses be alert to toxicity';
const LESS_OPIOID_EFFECT =
  'expect less effect; raise the dose, and if that fails an opioid not activated by CYP2D6';
const NSAID_PM =
  'start at 25-50% of the lowest dose, at most 25-50% of the maximum, raise only at steady state (celecoxib: 8 days or more); or another drug';

const less = (match: RegExpExecArray): number => 100 - Number(match[1]);
const other = (match: RegExpExecArray): string => (match[1] === 'codeine' ? 'tramadol' : 'codeine');

const ACTIONS: readonly Rule[] = [
  [
    /^No recommendation|does not provide a recommendation|^Insufficient evidence/i,
    'no-recommendation',
    () => 'no recommendation',
  ],
  [
    /^No action recommended based on genotype/i,
    'standard',
    () => 'standard dose: too little evidence for a change',
  ],
  [/Clinical findings, family history, further genetic testing/i, 'monitor', () => MH_OPEN],
  [
    /volatile anesthetics or (the )?depolarizing/i,
    'avoid',
    () => 'do not use: malignant hyperthermia susceptible',
  ],
  [/previously used \w+ (consistently|continuously)|latency period/i, 'monitor', () => AFTER_3_MONTHS],
  [/na[iï]ve, do not use|is contraindicated$/i, 'avoid', () => 'do not start: severe skin reaction risk'],
  [
    /alternative agents are available, do not use/i,
    'avoid',
    () => `${SKIN_ALTERNATIVE}: severe skin reaction risk`,
  ],
  [/alternative agents are not available/i, 'monitor', () => ONLY_WITHOUT_ALTERNATIVE],
  [
    /Carefully weigh the risk of|also pose an increased risk of SJS/i,
    'avoid',
    () => `${SKIN_ALTERNATIVE}: severe skin reaction risk`,
  ],
  [/such as febuxostat/i, 'alternative', () => 'febuxostat, or slow tolerance induction'],
  [/DOSES HIGHER THAN 20 mg every 6 hours/i, 'avoid', () => CODEINE_UM_DPWG],
  [
    /(codeine|tramadol) use because of possibility of diminished/i,
    'avoid',
    (m) => `little or no analgesia expected: an opioid that is not ${other(m)}`,
  ],
  [
    /(codeine|tramadol) use because of potential for/i,
    'avoid',
    (m) => `toxicity: an opioid that is not ${other(m)}`,
  ],
  [
    /label recommended.*If no response/i,
    'standard',
    () => 'label dose; if no response, an opioid not activated by CYP2D6',
  ],
  [
    /Select an alternative\. Do not choose codeine/i,
    'alternative',
    () => 'another drug, not codeine; if not possible, 40% of the dose',
  ],
  [/Be alert to a reduced effectiveness/i, 'monitor', () => LESS_OPIOID_EFFECT],
  [
    /For PAIN:.*choose an alternative|For PAIN:/i,
    'alternative',
    () => 'another opioid, one not activated by CYP2D6',
  ],
  [
    /Avoid tricyclic use due to potential lack of efficacy/i,
    'avoid',
    () => 'too little effect expected; if needed, higher target dose with drug levels',
  ],
  [
    /Avoid (?:tricyclic|tertiary amine|\w+) use.*consider a (\d+)% reduction of (?:the )?recommended starting dose/i,
    'avoid',
    (m) => `if needed, start at ${less(m)}% with drug levels`,
  ],
  [/Avoid \w+ use[.;].*higher target dose/i, 'avoid', () => 'if needed, higher target dose with drug levels'],
  [
    /choose an alternative or double the dose to 150 mg/i,
    'alternative',
    () => 'stent, stroke or TIA: prasugrel or ticagrelor, or 150 mg a day; otherwise standard',
  ],
  [
    /Avoid (standard dose (\(75 mg\) )?)?clopidogrel/i,
    'avoid',
    () => 'prasugrel or ticagrelor if they are not contraindicated',
  ],
  [
    /consider a (\d+)% reduction of (?:the )?recommended starting dose/i,
    'reduce',
    (m) => `start at ${less(m)}% of the recommended dose with drug levels`,
  ],
  [
    /Avoid tertiary amine use/i,
    'avoid',
    () => 'nortriptyline or desipramine instead; if needed, with drug levels',
  ],
  [/Avoid \w+ use[.;]/i, 'avoid', () => 'if needed, with drug levels'],
  [/25-50% of the lowest recommended starting dose/i, 'reduce', () => NSAID_PM],
  [
    /50% of the lowest recommended starting dose/i,
    'reduce',
    () => 'start at 50% of the lowest dose, at most 50% of the maximum, raise after 7 days; or another drug',
  ],
  [
    /lowest recommended starting dose/i,
    'start-low',
    () => 'start at the lowest recommended dose, raise with caution',
  ],
  [
    /(Choose|Select) an alternative therapy not metabolized by CYP2C9/i,
    'alternative',
    () => 'another pain reliever not cleared by CYP2C9, or one with a short half-life',
  ],
  [
    /Consider a (\d+)% reduction in recommended starting dose.*?(\d+)% lower maintenance/i,
    'reduce',
    (m) => `start at ${less(m)}%, slower titration, maintenance ${100 - Number(m[2])}%`,
  ],
  [
    /(\d+)-(\d+)% lower starting dose/i,
    'reduce',
    (m) => `start at ${100 - Number(m[2])}-${100 - Number(m[1])}%, slower titration; or another drug`,
  ],
  [
    /Initiate (\d+)% of starting dose.*maximum recommended dose of (\d+) mg/i,
    'reduce',
    (m) => `start at ${m[1]}%, at most ${m[2]} mg a day; or another drug`,
  ],
  [
    /(?:DEPRESSION: )?use (\d+)% of the standard (initial )?dose.*or, avoid/i,
    'reduce',
    (m) => `${m[1]}% of the standard dose, or another drug`,
  ],
  [
    /other doses, use (\d+(?:-\d+)?)% of the standard/i,
    'reduce',
    (m) => `loading dose unchanged, then ${m[1]}% of the standard dose; level after 7-10 days`,
  ],
  [
    /use (\d+)% of the standard (initial )?dose/i,
    'reduce',
    (m) => `${m[1]}% of the standard ${m[2] ?? ''}dose`,
  ],
  [
    /Do not exceed the following doses \((\d+)% of/i,
    'reduce',
    (m) => `at most ${m[1]}% of the standard maximum dose`,
  ],
  [
    /Do not exceed the following daily doses(?: \(\d+% of[^)]*\))?: adults up to 65 years: (\d+) ?mg.*65 years or older: (\d+) ?mg/i,
    'reduce',
    (m) => `at most ${m[1]} mg a day, from 65 years on ${m[2]} mg (tablets)`,
  ],
  [/doses exceeding (\d+) mg\/day/i, 'reduce', (m) => `at most ${m[1]} mg a day`],
  [
    /(\d+(?:\.\d+)?) times the standard dose/i,
    'increase',
    (m) => `${m[1]} times the standard dose with drug levels`,
  ],
  [
    /Double the standard dose/i,
    'increase',
    () => 'twice the standard dose with drug levels, or another drug',
  ],
  [
    /(\d+)-fold higher dose/i,
    'increase',
    (m) => `H. pylori: ${m[1]}-fold dose; otherwise ${m[1]}-fold if the effect is too small`,
  ],
  [
    /increase the dose to 150%/i,
    'increase',
    () => 'if the effect is too small, up to 150% of the standard dose, else another drug',
  ],
  [
    /For first dose.*approximately (\d\d)% less/i,
    'reduce',
    (m) => `first dose unchanged, then ${less(m)}% of the usual maintenance dose with drug levels`,
  ],
  [
    /avoid clomipramine\. Antidepressants/i,
    'avoid',
    () => 'obsessive-compulsive or anxiety disorder: avoid; depression: standard dose with drug levels',
  ],
  [/^Avoid \w+\b|\. Avoid \w+\./i, 'avoid', () => 'a drug not handled by this gene'],
  [
    /antidepressant not predominantly metabolized by CYP2C19\..*50% reduction/i,
    'alternative',
    () => 'another antidepressant; or start lower, titrate slowly, maintenance 50%',
  ],
  [
    /lower starting dose.*slower titration.*?(\d+)% reduction of (?:the )?(?:standard )?maintenance/i,
    'reduce',
    (m) => `start lower, titrate slowly, maintenance ${less(m)}%; or another drug`,
  ],
  [/Increase starting daily dose by (\d+)%/i, 'increase', (m) => `start with ${m[1]}% more`],
  [
    /increasing dose by (\d+(?:[-–]\d+)?)%/i,
    'increase',
    (m) => `standard start; ${m[1]}% more for H. pylori and erosive oesophagitis`,
  ],
  [
    /chronic therapy.*consider (?:a )?(\d+)% reduction/i,
    'reduce',
    (m) => `standard start; beyond 12 weeks ${less(m)}%`,
  ],
  [
    /select (an )?alternative|consider (a clinically appropriate |an )?alternative|alternative drug not/i,
    'alternative',
    (_m, text) => (/granisetron/.test(text) ? 'granisetron' : 'another drug not handled by this gene'),
  ],
  [
    /lower maintenance dose than/i,
    'start-low',
    () => 'standard starting dose, slower titration, lower maintenance dose',
  ],
  [/lower starting dose and slower titration/i, 'start-low', () => 'start lower and titrate more slowly'],
  [
    /does not (adequately )?respond.*(higher maintenance|alternative)/i,
    'standard',
    () => 'standard dose; if the effect is too small, raise it or change the drug',
  ],
  [
    /NO action is (required|needed)|recommended starting dose|label|standard dose \(75|typical dosing|per standard/i,
    'standard',
    () => 'standard dose',
  ],
];

function actionFromWords(text: string): { action: DrugActionKind; text: string } | null {
  for (const [pattern, action, words] of ACTIONS) {
    const match = pattern.exec(text);
    if (match) return { action, text: words(match, text) };
  }
  return null;
}

function lookupKey(annotation: PublishedAnnotation): string {
  return annotation.genes
    .map((gene) => {
      const value = annotation.lookup[gene];
      if (value === undefined) return 'No Result';
      if (typeof value === 'string') return value;
      const names = Object.entries(value).flatMap(([name, n]) => Array.from({ length: n }, () => name));
      return `=${names.sort(compareNames).join('/')}`;
    })
    .join(' & ');
}

interface ImportedGuidance {
  readonly table: RawGuidance;
  /** Words that no rule understood: to be read by a person before the table is used. */
  readonly unread: readonly string[];
}

/** Guideline annotations of one release into structured actions. Published sentences are read, not kept. */
export function importGuidance(annotations: unknown, version: string): ImportedGuidance {
  const advice: [string, string][] = [];
  const index = new Map<string, number>();
  const unread = new Set<string>();
  const guidelines = new Map<
    string,
    { head: PublishedAnnotation; genes: string[]; rules: Map<string, string[]> }
  >();
  for (const annotation of annotations as readonly PublishedAnnotation[]) {
    const genes = [...annotation.genes].sort();
    const ordered = { ...annotation, genes };
    const read = actionFromWords(annotation.text);
    if (!read) {
      unread.add(`${annotation.source} ${annotation.drug}: ${annotation.text.slice(0, 120)}`);
      continue;
    }
    const words = `${read.action}|${read.text}`;
    let at = index.get(words);
    if (at === undefined) {
      at = advice.push([read.action, read.text]) - 1;
      index.set(words, at);
    }
    const classification =
      annotation.classification === 'N/A' ? 'Unspecified' : (annotation.classification ?? 'Unspecified');
    const groupKey = `${annotation.source} ${annotation.drug} ${genes.join()}`;
    let group = guidelines.get(groupKey);
    if (!group) {
      group = { head: annotation, genes, rules: new Map() };
      guidelines.set(groupKey, group);
    }
    const ruleKey = JSON.stringify([at, classification, annotation.population ?? '']);
    const keys = group.rules.get(ruleKey);
    if (keys) keys.push(lookupKey(ordered));
    else group.rules.set(ruleKey, [lookupKey(ordered)]);
  }
  const sorted = [...guidelines.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return {
    table: {
      source: 'CPIC (CC0) and DPWG guideline annotations of ClinPGx: actions and strengths, in our own words',
      version,
      advice,
      guidelines: sorted.map(([, { head, genes, rules }]) => ({
        drug: head.drug,
        guideline: head.source,
        id: head.guidelineId,
        genes,
        pmids: head.pmids,
        rules: [...rules].map(([key, keys]): [number, string, string, string] => {
          const [at, classification, population] = JSON.parse(key) as [number, string, string];
          return [at, classification, population, [...new Set(keys)].sort().join(';')];
        }),
      })),
    },
    unread: [...unread],
  };
}

export function formatGuidance(table: RawGuidance): string {
  const rows = (list: readonly unknown[]) => list.map((row) => ` ${JSON.stringify(row)}`).join(',\n');
  return `{\n"source": ${JSON.stringify(table.source)},\n"version": ${JSON.stringify(table.version)},\n"advice": [\n${rows(table.advice)}\n],\n"guidelines": [\n${rows(table.guidelines)}\n]\n}\n`;
}
