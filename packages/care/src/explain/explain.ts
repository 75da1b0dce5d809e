import { citationOf, EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { Reason, Statement, Trigger } from '@foramen/spine';
import type { Catalogue, ReaderLevel } from '../messages/catalogue.ts';
import { ENGLISH } from '../messages/en.ts';
import { SPANISH } from '../messages/es.ts';
import { render, term } from '../messages/render.ts';
import { factWords, namedTest } from './fact-words.ts';

/** Languages that ship; a site adds one by passing its own catalogue. */
const CATALOGUES: Readonly<Record<string, Catalogue>> = { en: ENGLISH, es: SPANISH };

/** One link of the chain from the case and the evidence to a conclusion. */
export interface ExplainedReason {
  readonly kind: Reason['kind'];
  /** Case path, evidence id or rule id. */
  readonly ref: string;
  readonly text: string;
  /** Where the evidence can be read. */
  readonly link?: string;
  /** False where the figure was recalled and nobody has checked it in print yet. */
  readonly verified?: boolean;
  /** True where the figure is our own choice, without a measurement behind it. */
  readonly assumed?: boolean;
}

interface Explanation {
  readonly text: string;
  readonly because: readonly ExplainedReason[];
}

interface ExplainOptions {
  /** A language tag (`es`, `es-MX`) or a catalogue of the site's own. Unknown languages fall back to English. */
  readonly language?: string | Catalogue;
  readonly evidence?: EvidenceBase;
}

export function catalogueFor(language: string | Catalogue | undefined): Catalogue {
  if (typeof language === 'object') return language;
  return CATALOGUES[(language ?? 'en').toLowerCase().split('-')[0] ?? 'en'] ?? ENGLISH;
}

/**
 * A statement in words for its reader, with the chain it rests on. The patient's level keeps the facts and the number
 * of sources; the clinician's level names every record with its citation. A message the language lacks is said in
 * English rather than left out.
 */
export function explain(statement: Statement, level: ReaderLevel, options: ExplainOptions = {}): Explanation {
  const catalogue = catalogueFor(options.language);
  const params = statement.params ?? {};
  const text =
    render(catalogue, statement.key, params, level) ??
    render(ENGLISH, statement.key, params, level) ??
    statement.text;
  return { text, because: explainReasons(statement.because, level, options) };
}

/** Reasons that stand without a statement, such as those of a forecast or a trigger; a patient is not told the rules. */
export function explainReasons(
  reasons: readonly Reason[],
  level: ReaderLevel,
  options: ExplainOptions = {},
): readonly ExplainedReason[] {
  const catalogue = catalogueFor(options.language);
  const base = options.evidence ?? EVIDENCE;
  return reasons
    .filter((r) => level !== 'patient' || r.kind !== 'rule')
    .map((r) => explainReason(r, catalogue, level, base));
}

/**
 * A trigger in the reader's language and level: the words before the first colon of its message are when, those after
 * it are then. A trigger without a statement keeps the words it was made with.
 */
export function explainTrigger(
  trigger: Trigger,
  level: ReaderLevel,
  options: ExplainOptions = {},
): { readonly when: string; readonly what: string } {
  if (trigger.statement === undefined) return { when: trigger.when, what: trigger.then };
  const { text } = explain(trigger.statement, level, options);
  const cut = text.indexOf(': ');
  return cut < 0
    ? { when: trigger.when, what: text }
    : { when: text.slice(0, cut), what: text.slice(cut + 2) };
}

/** A word of the field for its reader by its key (`option.waiting`, `unknown.emg`); undefined for a key no catalogue has. */
export function explainTerm(
  key: string,
  level: ReaderLevel,
  options: ExplainOptions = {},
): string | undefined {
  const own = catalogueFor(options.language);
  const catalogue = own.terms[key] === undefined ? ENGLISH : own;
  return catalogue.terms[key] === undefined ? undefined : term(catalogue, key, level);
}

/** Keys of the steps of options by the words a plan carries them in. */
const STEP_KEYS: ReadonlyMap<string, string> = new Map(
  Object.keys(ENGLISH.terms)
    .filter((key) => key.startsWith('step.'))
    .map((key) => [term(ENGLISH, key, 'clinician'), key]),
);

/** A step of an option as its plan names it, for another reader or language; words that are none of ours stay as they are. */
export function explainStep(step: string, level: ReaderLevel, options: ExplainOptions = {}): string {
  const key = STEP_KEYS.get(step);
  return key === undefined ? step : (explainTerm(key, level, options) ?? step);
}

/** Words in the language they were written in, with that language named where it is not the reader's. */
const original = (text: string, language: string | undefined): string =>
  language === undefined ? text : `${text} (${language})`;

function explainReason(
  reason: Reason,
  catalogue: Catalogue,
  level: ReaderLevel,
  base: EvidenceBase,
): ExplainedReason {
  switch (reason.kind) {
    case 'fact':
      return { kind: 'fact', ref: reason.path, text: factWords(reason.path, reason.text, catalogue) };
    case 'evidence': {
      const record = base.records.get(reason.id);
      if (record === undefined) return { kind: 'evidence', ref: reason.id, text: reason.text };
      const from = citationOf(record, base);
      const own = from.site !== undefined ? undefined : catalogue.sources?.[record.sourceId];
      const inWords = own === undefined ? undefined : typeof own === 'string' ? own : own[level];
      const foreign = level === 'patient' || catalogue.original !== undefined;
      // Many reasons are their citation already. Titles and populations stay as their records have them, and in another language it is said so.
      const named = catalogue.original === undefined ? namedTest(reason.text, catalogue) : undefined;
      const said =
        named === undefined
          ? from.text
          : reason.text.startsWith(from.text)
            ? reason.text
            : `${named}: ${from.text}`;
      const text =
        inWords !== undefined && foreign
          ? inWords
          : level === 'patient'
            ? from.text
            : original(`${said}, ${record.population}`, catalogue.original);
      return {
        kind: 'evidence',
        ref: reason.id,
        text,
        ...(from.link === null ? {} : { link: from.link }),
        verified: record.verified,
        ...(record.evidence === 'default' ? { assumed: true } : {}),
      };
    }
    case 'rule':
      return {
        kind: 'rule',
        ref: reason.id,
        text: catalogue.rules?.[reason.id] ?? original(reason.text, catalogue.original),
      };
    default: {
      const never: never = reason;
      return never;
    }
  }
}
