import { decimals, ofHundred, writtenDay } from '@foramen/spine';

export { percent } from '@foramen/spine';

/** Numbers and dates as they are written on a screen. */
export function interval(range: readonly [number, number]): string {
  return `${ofHundred(range[0])}–${ofHundred(range[1])}%`;
}

export function amount(value: number, digits = 1): string {
  return decimals(value, Math.abs(value) >= 100 ? 0 : digits);
}

/** "3 May 2026" from an ISO date or DICOM's YYYYMMDD; the text itself where it is neither. */
export const day = writtenDay;

/** "3 May 2026 14:05" (UTC) from an ISO moment. */
export function moment(iso: string, language?: string): string {
  return `${day(iso, language)} ${iso.slice(11, 16)}`;
}

export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

const SPANS = {
  en: { week: ['week', 'weeks'], month: ['month', 'months'], year: ['year', 'years'] },
  es: { week: ['semana', 'semanas'], month: ['mes', 'meses'], year: ['año', 'años'] },
} as const;

/** "6 weeks", "6 months", "2 years": how far ahead a forecast looks, in the words of the trials. */
export function ahead(weeks: number, language: 'en' | 'es' = 'en'): string {
  const of = (n: number, unit: keyof typeof SPANS.en) => `${n} ${SPANS[language][unit][n === 1 ? 0 : 1]}`;
  if (weeks >= 52 && weeks % 52 === 0) return of(weeks / 52, 'year');
  return weeks > 12 ? of(Math.round((weeks * 12) / 52), 'month') : of(weeks, 'week');
}

/** The text with its first letter as a sentence begins. */
export function capital(text: string): string {
  return text === '' ? '' : text[0]!.toUpperCase() + text.slice(1);
}

/** What a key abbreviates, as the field writes it. */
const SPELT = new Map<string, string>([
  ...[
    'ap',
    'lmwh',
    'ssri',
    'ufh',
    'cbt',
    'mis',
    'pns',
    'tfesi',
    'tlif',
    'csf',
    'csi',
    'emg',
    'mcid',
    'mri',
    'msu',
    'nrs',
    'nsaid',
    'odi',
    'pcs',
    'rmdq',
    'scs',
    'snri',
  ].map((key) => [key, key.toUpperCase()] as const),
  ['cc', 'craniocaudal'],
  ['fleiss', 'Fleiss'],
  ['iv', 'intravenous'],
  ['sc', 'under the skin'],
  ['drg', 'DRG'],
  ['hiz', 'high-intensity zone'],
  ['pfirrmann', 'Pfirrmann'],
  ['modic', 'Modic'],
  ['rf', 'radiofrequency,'],
  ['sf36', 'SF-36'],
  ['si', 'sacroiliac'],
]);

/** A key as words within a sentence: "cauda equina", "ODI". */
export function spelt(key: string): string {
  return key
    .split(/[-_ ]/)
    .map((part) => SPELT.get(part) ?? part)
    .join(' ');
}

/** A key as words of their own: "Cauda equina". */
export function words(key: string): string {
  return capital(spelt(key));
}

const INSTRUMENT: Readonly<Record<string, string>> = {
  csi: 'Central Sensitization Inventory',
  'oerebro-10': 'Örebro, short form',
  'oerebro-21': 'Örebro',
  ort: 'Opioid Risk Tool',
  paindetect: 'painDETECT',
  pcs: 'Pain Catastrophizing Scale',
  'promis-global-10': 'PROMIS Global-10',
  'start-back': 'STarT Back',
  'tsk-17': 'Tampa Scale of Kinesiophobia',
};

/** A questionnaire by the name it goes by; most go by their abbreviation. */
export function instrumentName(id: string): string {
  return INSTRUMENT[id] ?? id.toUpperCase();
}

export const ROMAN = ['0', 'I', 'II', 'III', 'IV', 'V'] as const;
