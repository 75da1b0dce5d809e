import { Button } from '@mantine/core';
import { useState } from 'react';
import { getJson, sendJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Moment } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { Coming } from '../frame/later.tsx';
import { rightsOf, useWho } from '../frame/who.ts';
import { useLanguage } from '../judgement/reader.tsx';
import { AccessList } from './access-list.tsx';
import { CareTeam } from './care-team.tsx';
import { CONSENT_WORDS } from './consent-words.ts';
import { CONSENT_SCOPES, type Consent, type ConsentScope, currentOf } from './consents.ts';
import './rights.css';

/** What the patient has permitted and refused, who is around the patient, and who came to the record. */
export function RightsTab({ patientId }: { readonly patientId: string }) {
  const who = useWho();
  const can = rightsOf(who?.role ?? null);
  return (
    <div className="fo-stack fo-rights">
      <Consents patientId={patientId} canChange={can.consents} own={who?.role === 'patient'} />
      <CareTeam patientId={patientId} canChange={can.team} />
      {can.accesses && <AccessList patientId={patientId} own={who?.id ?? ''} />}
      {can.team && (
        <p className="fo-quiet fo-small">
          Id of this record, for the administrator who makes the patient's own account:{' '}
          <code>{patientId}</code>
        </p>
      )}
    </div>
  );
}

function Consents(props: { readonly patientId: string; readonly canChange: boolean; readonly own: boolean }) {
  const base = `/api/patients/${encodeURIComponent(props.patientId)}/consents`;
  const [loaded, reload] = useLoaded(base, (signal) =>
    getJson<{ readonly consents: readonly Consent[] }>(base, signal),
  );
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  const language = useLanguage();
  const words = CONSENT_WORDS[language];
  if (loaded.state === 'loading') return <Coming />;
  if (loaded.state === 'failed') return <Failure error={loaded.error} />;
  const current = currentOf(loaded.value.consents);
  const decide = async (scope: ConsentScope, decision: Consent['decision']) => {
    setError(null);
    try {
      await sendJson('POST', base, { scope, decision });
      setSaid(`${words.scope[scope].name}: ${words.state[decision]}.`);
      reload();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <section className="fo-panel fo-pad fo-section" lang={language}>
      <h2>{words.consent}</h2>
      <p className="fo-quiet fo-small">
        {props.own
          ? words.own
          : props.canChange
            ? 'Record only what the patient has said. Every decision stays on record with your name; the newest holds.'
            : 'Decided by the patient, recorded by the patient or the treating clinician.'}
      </p>
      {error !== null && <Failure error={error} />}
      <p className="fo-small" role="status">
        {said}
      </p>
      {CONSENT_SCOPES.map((scope) => {
        const now = current[scope];
        const text = words.scope[scope];
        return (
          <div className="fo-consent" key={scope}>
            <h3>{text.name}</h3>
            <div>
              <span
                className="fo-chip"
                data-tone={now === null ? undefined : now.decision === 'permit' ? 'good' : 'warn'}
              >
                {words.state[now?.decision ?? 'none']}
              </span>{' '}
              {now === null ? text.open : now.decision === 'permit' ? text.given : text.withdrawn}
              {now !== null && (
                <div className="fo-quiet fo-small">
                  <Moment of={now.at} />, {now.by}
                </div>
              )}
            </div>
            {props.canChange && (
              <div className="fo-row fo-tight">
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={now?.decision === 'permit'}
                  aria-label={words.giveOf(text.name)}
                  onClick={() => void decide(scope, 'permit')}
                >
                  {words.give}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={now?.decision === 'deny'}
                  aria-label={words.withdrawOf(text.name)}
                  onClick={() => void decide(scope, 'deny')}
                >
                  {words.withdraw}
                </Button>
              </div>
            )}
          </div>
        );
      })}
      {loaded.value.consents.length > 0 && (
        <details className="fo-more">
          <summary>{words.every(loaded.value.consents.length)}</summary>
          <ul className="fo-small">
            {loaded.value.consents.map((one) => (
              <li key={`${one.scope} ${one.at}`}>
                <Moment of={one.at} />: {words.scope[one.scope].name.toLowerCase()}{' '}
                {words.state[one.decision]}, {words.recordedBy} {one.by}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
