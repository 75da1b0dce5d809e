import type { Assessment, Urgency } from '@foramen/spine';
import type { ReactNode } from 'react';
import { capital, percent, words } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { StatementLine } from './statement.tsx';
import './judgement.css';

export const URGENCY_ORDER: readonly Urgency[] = ['emergency', 'urgent', 'soon', 'routine', 'self-care'];
const NAME: Readonly<Record<Urgency, string>> = {
  emergency: 'Emergency',
  urgent: 'Urgent',
  soon: 'Soon',
  routine: 'Routine',
  'self-care': 'Self-care',
};

export function UrgencyBadge({ urgency }: { readonly urgency: Urgency | null }) {
  if (urgency === null) return <span className="fo-quiet fo-small">Not assessed</span>;
  return (
    <span className="fo-urgency" data-urgency={urgency}>
      {(urgency === 'emergency' || urgency === 'urgent') && <Icon name="alert" size={13} />}
      {NAME[urgency]}
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
  const raised = triage.flags.filter((flag) => flag.status === 'raised' || flag.status === 'possible');
  const open = triage.flags.filter((flag) => flag.ask.length > 0);
  return (
    <section
      className="fo-banner"
      data-urgency={triage.urgency}
      aria-label="Urgency"
      role={triage.urgency === 'emergency' ? 'alert' : undefined}
    >
      <div className="fo-banner-head">
        <UrgencyBadge urgency={triage.urgency} />
        <strong>
          {capital(triage.who)}
          {triage.withinHours === null ? '' : `, ${within(triage.withinHours)}`}
        </strong>
        {triage.gate && (
          <span className="fo-banner-gate">Elective options are not ranked until this is settled.</span>
        )}
      </div>
      {raised.length > 0 && (
        <div className="fo-banner-flags">
          {raised.map((flag) => (
            <div key={flag.condition}>
              <span className="fo-chip" data-tone="warn">
                {words(flag.condition)}
                {flag.status === 'possible' ? ' possible' : ''}
                {flag.p === null ? '' : ` · ${percent(flag.p)}`}
              </span>
              <StatementLine statement={flag.statement} />
            </div>
          ))}
        </div>
      )}
      {open.length > 0 && (
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
