import type { PlanRevision } from '@foramen/spine';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Moment } from '../frame/day.tsx';
import { useReader, useTabWords } from '../judgement/reader.tsx';

interface PlanHistoryProps {
  readonly patientId: string;
  /** Of the plan that is shown: a newer one has a longer history. */
  readonly planAt: string;
}

/** How the plan came to be what it is: when it was revised, by whose entry, and what changed. */
export function PlanHistory({ patientId, planAt }: PlanHistoryProps) {
  const said = useTabWords().plan;
  const plain = useReader() === 'patient';
  const [loaded] = useLoaded(`revisions ${patientId} ${planAt}`, (signal) =>
    getJson<{ readonly revisions: readonly PlanRevision[] }>(
      `/api/patients/${encodeURIComponent(patientId)}/plan/revisions`,
      signal,
    ),
  );
  if (loaded.state !== 'ready' || loaded.value.revisions.length === 0) return null;
  return (
    <section className="fo-panel fo-pad fo-section">
      <h2>{said.history}</h2>
      <ul className="fo-small">
        {loaded.value.revisions.map(({ to, from, at, revisedBy, changes }) => (
          <li key={to}>
            <Moment of={at} />, {from === null ? said.first : said.revised}
            {revisedBy === null ? '' : ` ${said.by(revisedBy)}`}
            {/* What changed is told in the words of clinicians. */}
            {from === null || (plain && changes.length > 0)
              ? ''
              : `: ${changes.length === 0 ? said.unchanged : changes.join('; ')}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
