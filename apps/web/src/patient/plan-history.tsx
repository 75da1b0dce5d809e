import type { PlanRevision } from '@foramen/spine';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { getJson, sendJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Moment } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { mayAccept, useWho } from '../frame/who.ts';
import { useReader, useTabWords } from '../judgement/reader.tsx';

interface PlanHistoryProps {
  readonly patientId: string;
  /** Of the plan that is shown: a newer one has a longer history. */
  readonly planAt: string;
}

/** How the plan came to be what it is: when it was revised, by whose entry, what changed, and which clinician accepted it. */
export function PlanHistory({ patientId, planAt }: PlanHistoryProps) {
  const said = useTabWords().plan;
  const plain = useReader() === 'patient';
  const [loaded, reload] = useLoaded(`revisions ${patientId} ${planAt}`, (signal) =>
    getJson<{ readonly revisions: readonly PlanRevision[] }>(
      `/api/patients/${encodeURIComponent(patientId)}/plan/revisions`,
      signal,
    ),
  );
  if (loaded.state !== 'ready' || loaded.value.revisions.length === 0) return null;
  return (
    <section className="fo-panel fo-pad fo-section">
      <h2>{said.history}</h2>
      <Word of={loaded.value.revisions[0]!} patientId={patientId} planAt={planAt} onSaid={reload} />
      <ul className="fo-small">
        {loaded.value.revisions.map(({ to, from, at, revisedBy, changes, ...word }, place) => (
          <li key={to}>
            <Moment of={at} />, {from === null ? said.first : said.revised}
            {revisedBy === null ? '' : ` ${said.by(revisedBy)}`}
            {/* What changed is told in the words of clinicians. */}
            {from === null || (plain && changes.length > 0)
              ? ''
              : `: ${changes.length === 0 ? said.unchanged : changes.join('; ')}`}
            {place > 0 && word.acceptedBy !== null && (
              <>
                {'. '}
                <Standing of={word} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Given = Pick<PlanRevision, 'acceptedBy' | 'acceptedAt' | 'withdrawnBy' | 'withdrawnAt'>;

/** Which clinician said what last, and when. */
function Standing({ of }: { readonly of: Given }) {
  const said = useTabWords().plan;
  const at = of.acceptedAt ?? of.withdrawnAt;
  if (at === null) return said.notAccepted;
  return (
    <>
      {of.acceptedBy === null ? said.withdrawnBy(of.withdrawnBy ?? '') : said.acceptedBy(of.acceptedBy)}{' '}
      <Moment of={at} />
    </>
  );
}

interface WordProps extends PlanHistoryProps {
  readonly of: Given;
  readonly onSaid: () => void;
}

/** Whether a clinician has accepted the plan that is shown; a clinician says so here, or takes it back. */
function Word({ of, patientId, planAt, onSaid }: WordProps) {
  const said = useTabWords().plan;
  const plain = useReader() === 'patient';
  const who = useWho();
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const accepted = of.acceptedBy !== null;
  const say = async () => {
    setError(null);
    setSending(true);
    try {
      const path = `/api/patients/${encodeURIComponent(patientId)}/plan/acceptance`;
      await sendJson('POST', path, { plan: planAt, accepted: !accepted });
    } catch (caught) {
      setError(caught);
    }
    setSending(false);
    onSaid();
  };
  return (
    <div className="fo-stack fo-tight">
      <p className="fo-row">
        <span>
          <Standing of={of} />
        </span>
        {!plain && mayAccept(who?.role ?? null) && (
          <Button
            size="xs"
            data-screen-only
            variant={accepted ? 'default' : 'filled'}
            disabled={sending}
            onClick={say}
          >
            {accepted ? said.withdraw : said.accept}
          </Button>
        )}
      </p>
      {error !== null && <Failure error={error} />}
    </div>
  );
}
