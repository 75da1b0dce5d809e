import { type ExplainedReason, explain, explainReasons, explainTerm, type ReaderLevel } from '@foramen/care';
import type { EvidenceBase } from '@foramen/evidence';
import type { Reason, Statement } from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';

/** Writes statements with their reasons folded under them, citing one evidence base. */
export interface Teller {
  readonly statement: (statement: Statement, level?: ReaderLevel) => string;
  readonly list: (statements: readonly Statement[]) => string;
  /** Reasons that stand alone, such as those of a trigger. */
  readonly reasons: (reasons: readonly Reason[]) => string;
  /** The same folded under a word, such as those of a row of figures. */
  readonly folded: (word: string, reasons: readonly Reason[]) => string;
}

/** `evidence` is the base that was judged with: a site's own figures are cited as its own. */
export function tellerOf(evidence: EvidenceBase): Teller {
  const statement = (one: Statement, level: ReaderLevel = 'clinician'): string => {
    const told = explain(one, level, { language: 'en', evidence });
    return `<details class="said"><summary>${e(told.text)} <span class="strength ${one.strength}">${one.strength}</span></summary>${reasonList(told.because)}</details>`;
  };
  const reasons = (of: readonly Reason[]): string =>
    reasonList(explainReasons(of, 'clinician', { language: 'en', evidence }));
  return {
    statement,
    list: (statements) => statements.map((one) => statement(one)).join(''),
    reasons,
    folded: (word, of) => `<details class="said"><summary>${e(word)}</summary>${reasons(of)}</details>`,
  };
}

function reasonList(reasons: readonly ExplainedReason[]): string {
  const items = reasons.map((r) => {
    const where =
      r.link !== undefined && /^https:\/\//.test(r.link)
        ? `<a href="${e(r.link)}" rel="noreferrer">${e(r.ref)}</a>`
        : `<code>${e(r.ref)}</code>`;
    const mark =
      r.assumed === true
        ? ' <em>our own figure, not a measurement</em>'
        : r.verified === false
          ? ' <em>recalled, not yet verified</em>'
          : '';
    return `<li><span class="kind">${r.kind}</span> ${e(r.text)} ${where}${mark}</li>`;
  });
  return `<ul class="why">${items.join('')}</ul>`;
}

/** A catalogue term ("step.stay-active") in words; anything else is said as it is. */
export function termText(key: string, level: ReaderLevel = 'clinician', language = 'en'): string {
  return explainTerm(key, level, { language }) ?? key;
}
