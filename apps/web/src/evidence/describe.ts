import type { EvidenceRecord, EvidenceSource, RecordType } from '@foramen/evidence';
import { instrumentName, spelt, words } from '../frame/figures.ts';

const SETTING: Readonly<Record<string, string>> = {
  primary: 'in primary care',
  emergency: 'in emergency departments',
  specialist: 'in specialist care',
  any: 'anywhere',
};

/** What a record is about, in one line, from its own fields. */
export function titleOf(record: EvidenceRecord): string {
  switch (record.type) {
    case 'effect':
      return `${words(record.exposure)}: ${spelt(record.outcome)} at ${record.horizonWeeks} weeks`;
    case 'conclusion':
      return record.text;
    case 'prevalence':
      return `${words(record.finding)} without pain${record.age === null ? '' : ` at ${record.age} years`}`;
    case 'base-rate':
      return `${words(record.condition)}: ${SETTING[record.setting] ?? record.setting}`;
    case 'likelihood':
      return `${words(record.test)} for ${spelt(record.condition)}`;
    case 'post-test':
      return `${words(record.condition)} once ${spelt(record.flag)}`;
    case 'association':
      return `${words(record.factor)} and ${spelt(record.outcome)}`;
    case 'grading':
      return `${record.system} ${record.grade}: ${record.definition}`;
    case 'agreement':
      return `${words(record.item)}: ${record.readers === 'inter' ? 'between readers' : 'one reader twice'}`;
    case 'threshold':
      return `${words(record.measure)}${record.level === undefined ? '' : `, ${record.level}`}: ${record.meaning}`;
    case 'natural-history':
      return `${words(record.condition)}: ${spelt(record.outcome)}`;
    case 'instrument':
      return `${record.name}, ${record.items} items`;
    case 'change':
      return `${instrumentName(record.instrument)} ${record.kind}, ${record.context}`;
    case 'performance':
      return `${record.model}: ${spelt(record.outcome)}`;
    case 'treatment':
      return record.name;
    case 'harm':
      return `${words(record.treatment)}: ${spelt(record.event)}`;
    case 'contraindication':
    case 'prerequisite':
      return `${words(record.treatment)}: ${record.text}`;
    case 'prognostic':
      return `${words(record.factor)} and ${spelt(record.outcome)}`;
    case 'predictive':
      return `${words(record.treatment)}: ${spelt(record.modifier)} ${record.subgroup}`;
    case 'guideline':
      return `${record.guideline}: ${record.advise}`;
    case 'bleeding-class':
      return `${words(record.procedure)}: ${record.bleedingClass} bleeding risk`;
    case 'antithrombotic':
      return `${words(record.drug)}: ${record.text}`;
    case 'parameter':
      return `${words(record.topic)}: ${spelt(record.key)}`;
    case 'table':
      return `${words(record.topic)}: ${spelt(record.key)}`;
    case 'cost':
      return record.item;
    case 'benchmark':
      return `${words(record.model)}: ${record.text}`;
    case 'anatomy':
      return words(record.structure);
    case 'genetic':
      return `${words(record.marker)} and ${spelt(record.trait)}`;
  }
}

/** The figure of a record as read on a row; empty where it carries none. */
export function figureOf(record: EvidenceRecord): string {
  const range =
    record.interval === null ? '' : ` (${short(record.interval[0])} to ${short(record.interval[1])})`;
  switch (record.type) {
    case 'likelihood': {
      const parts = [
        record.positive === null ? '' : `LR+ ${short(record.positive.value)}`,
        record.negative === null ? '' : `LR− ${short(record.negative.value)}`,
        record.sensitivity === null ? '' : `sens ${short(record.sensitivity)}`,
        record.specificity === null ? '' : `spec ${short(record.specificity)}`,
      ];
      return parts.filter(Boolean).join(', ');
    }
    case 'effect':
      return isRatio(record.kind)
        ? `${record.kind} ${short(record.estimate)}${range}`
        : `${withUnit(record.estimate, record.scale)}${range}${record.kind === 'within-arm' ? ', within one arm' : ''}`;
    case 'association':
    case 'prognostic':
      return `${record.kind} ${short(record.estimate)}${range}`;
    case 'predictive':
      return `${withUnit(record.shrunk, record.scale)} (published ${short(record.estimate)}, everybody ${short(record.overall)})`;
    case 'prevalence':
    case 'base-rate':
    case 'post-test':
    case 'harm':
      return `${short(record.estimate * 100)}%${record.interval === null ? '' : ` (${short(record.interval[0] * 100)} to ${short(record.interval[1] * 100)})`}`;
    case 'agreement':
      return `${record.statistic.replace('-kappa', ' kappa')} ${short(record.estimate)}${range}`;
    case 'threshold':
      return record.value === null ? '' : `${short(record.value)} ${record.unit}${range}`;
    case 'natural-history':
    case 'change':
      return `${short(record.estimate)} ${record.unit}${range}`;
    case 'performance':
      return `${record.measure} ${short(record.estimate)}${range}`;
    case 'cost':
      return `${short(record.estimate)} ${record.currency}${range}`;
    case 'parameter':
      return `${short(record.value)} ${record.unit}`;
    case 'genetic':
      return record.estimate === null ? '' : `${record.kind} ${short(record.estimate)}${range}`;
    case 'benchmark':
      return record.expected === null ? '' : `${short(record.expected)} ${record.unit}`;
    case 'instrument':
      return `${record.range[0]} to ${record.range[1]}, higher is ${record.higherIs}`;
    case 'conclusion':
      return words(record.direction);
    case 'guideline':
      return words(record.direction);
    case 'treatment':
      return `certainty ${record.certainty}`;
    case 'contraindication':
      return record.absolute ? 'absolute' : 'relative';
    case 'table':
      return `${record.rows.length} rows`;
    case 'grading':
    case 'prerequisite':
    case 'bleeding-class':
    case 'antithrombotic':
    case 'anatomy':
      return '';
  }
}

function withUnit(value: number, scale: EvidenceRecord['scale']): string {
  return `${short(value)}${scale?.unit === undefined ? '' : ` ${scale.unit}`}`;
}

function isRatio(kind: string): boolean {
  return kind === 'OR' || kind === 'RR' || kind === 'HR' || kind.startsWith('LR');
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

export const TYPE_NAME: Readonly<Record<RecordType, string>> = {
  effect: 'Treatment effects',
  conclusion: 'Conclusions of trials and reviews',
  prevalence: 'Prevalence without pain',
  'base-rate': 'Base rates',
  likelihood: 'Likelihood ratios',
  'post-test': 'Red flags after a sign',
  association: 'Associations',
  grading: 'Gradings',
  agreement: 'Reader agreement',
  threshold: 'Thresholds',
  'natural-history': 'Natural history',
  instrument: 'Questionnaires',
  change: 'Changes that matter',
  performance: 'Performance of tools',
  treatment: 'Treatments',
  harm: 'Harms',
  contraindication: 'Contraindications',
  prerequisite: 'Prerequisites',
  prognostic: 'Prognostic factors',
  predictive: 'Predictive factors',
  guideline: 'Guideline rules',
  'bleeding-class': 'Bleeding risk of procedures',
  antithrombotic: 'Stopping antithrombotics',
  parameter: 'Parameters',
  table: 'Tables',
  cost: 'Costs',
  benchmark: 'Benchmarks',
  anatomy: 'Anatomy',
  genetic: 'Genetic markers',
};

/** How a figure was obtained, on its chip. */
export const OBTAINED: Readonly<Record<EvidenceRecord['evidence'], string>> = {
  seen: 'read in the source',
  derived: 'derived',
  'recalled-high': 'recalled',
  'recalled-medium': 'recalled, less sure',
  default: 'assumed',
};

/** Everything a search looks through, lower case. */
export function haystack(record: EvidenceRecord, source: EvidenceSource | undefined): string {
  return `${JSON.stringify(record)} ${titleOf(record)} ${source === undefined ? '' : JSON.stringify(source)}`.toLowerCase();
}
