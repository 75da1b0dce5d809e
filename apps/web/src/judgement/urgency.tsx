import type { Assessment, Urgency } from '@foramen/spine';
import type { ReactNode } from 'react';
import { capital, percent, words } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { PAGE_WORDS } from './page-words.ts';
import { useLanguage, useReader, Wording } from './reader.tsx';
import { StatementLine } from './statement.tsx';
import './judgement.css';

export const URGENCY_ORDER: readonly Urgency[] = ['emergency', 'urgent', 'soon', 'routine', 'self-care'];
export function UrgencyBadge(props: { readonly urgency: Urgency | null; readonly language?: 'en' | 'es' }) {
  const { urgency, language = 'en' } = props;
  if (urgency === null) return <span className="fo-quiet fo-small">Not assessed</span>;
  return (
    <span className="fo-urgency" data-urgency={urgency}>
      {(urgency === 'emergency' || urgency === 'urgent') && <Icon name="alert" size={13} />}
      {PAGE_WORDS[language].urgency[urgency]}
    </span>
  );
}

export function within(hours: number | null): string {
  if (hours === null) return '';
  if (hours === 0) return 'now';
  if (hours < 48) return `within ${hours} hour${hours === 1 ? '' : 's'}`;
  if (hours <= 24 * 21) return `within ${Math.round(hours / 24)} days`;
  return `within ${Math.round(hours / 24 / 7)} weeks`;
}

/** Who must see the patient and by when, with the red flags that say so; above everything else on the page. */
export function UrgencyBanner({
  assessment,
  answer,
}: {
  readonly assessment: Assessment;
  /** Where the open questions can be answered. */
  readonly answer?: ReactNode;
}) {
  const { triage } = assessment;
  const language = useLanguage();
  const plain = useReader() === 'patient';
  const said = PAGE_WORDS[language];
  const raised = triage.flags.filter((flag) => flag.status === 'raised' || flag.status === 'possible');
  const open = triage.flags.filter((flag) => flag.ask.length > 0);
  return (
    <section
      className="fo-banner"
      data-urgency={triage.urgency}
      aria-label={said.urgencyOf}
      lang={language}
      role={triage.urgency === 'emergency' ? 'alert' : undefined}
    >
      <div className="fo-banner-head">
        <UrgencyBadge urgency={triage.urgency} language={language} />
        <strong>
          {plain && triage.statements[0] !== undefined ? (
            <Wording statement={triage.statements[0]} />
          ) : (
            `${capital(triage.who)}${triage.withinHours === null ? '' : `, ${within(triage.withinHours)}`}`
          )}
        </strong>
        {triage.gate && (
          <span className="fo-banner-gate">
            {plain ? said.gate : 'Elective options are not ranked until this is settled.'}
          </span>
        )}
      </div>
      {raised.length > 0 && (
        <div className="fo-banner-flags">
          {raised.map((flag) => (
            <div key={flag.condition}>
              {/* The name of a danger and its figure are for whoever knows what they mean; the sentence is for both. */}
              {!plain && (
                <span className="fo-chip" data-tone="warn">
                  {words(flag.condition)}
                  {flag.status === 'possible' ? ' possible' : ''}
                  {flag.p === null ? '' : ` · ${percent(flag.p)}`}
                </span>
              )}
              <StatementLine statement={flag.statement} />
            </div>
          ))}
        </div>
      )}
      {open.length > 0 && plain && (
        <p className="fo-quiet fo-small">
          {said.open(open.reduce((sum, flag) => sum + flag.ask.length, 0))} {answer}
        </p>
      )}
      {open.length > 0 && !plain && (
        <details className="fo-ask">
          <summary>
            {open.reduce((sum, flag) => sum + flag.ask.length, 0)} questions still open: they are asked, never
            assumed negative
          </summary>
          <ul>
            {open.flatMap((flag) =>
              flag.ask.map((question) => (
                <li key={`${flag.condition} ${question}`}>
                  {question} <span className="fo-quiet">({words(flag.condition).toLowerCase()})</span>
                </li>
              )),
            )}
          </ul>
          {answer}
        </details>
      )}
    </section>
  );
}
