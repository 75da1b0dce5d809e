import type { PlanRevision } from '@foramen/spine';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { moment } from '../frame/figures.ts';

interface PlanHistoryProps {
  readonly patientId: string;
  /** Of the plan that is shown: a newer one has a longer history. */
  readonly planAt: string;
}

/** How the plan came to be what it is: when it was revised, by whose entry, and what changed. */
export function PlanHistory({ patientId, planAt }: PlanHistoryProps) {
  const [loaded] = useLoaded(`revisions ${patientId} ${planAt}`, (signal) =>
    getJson<{ readonly revisions: readonly PlanRevision[] }>(
      `/api/patients/${encodeURIComponent(patientId)}/plan/revisions`,
      signal,
    ),
  );
  if (loaded.state !== 'ready' || loaded.value.revisions.length === 0) return null;
  return (
    <section className="fo-panel fo-pad fo-section">
      <h2>How this plan came about</h2>
      <ul className="fo-small">
        {loaded.value.revisions.map(({ to, from, at, revisedBy, changes }) => (
          <li key={to}>
            {moment(at)} UTC, {from === null ? 'first plan' : 'revised'}
            {revisedBy === null ? '' : ` after an entry of ${revisedBy}`}
            {from === null ? '' : `: ${changes.length === 0 ? 'nothing changed' : changes.join('; ')}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
