import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Moment } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { setQuery, useLocation } from '../frame/router.tsx';
import { WideTable } from '../frame/wide-table.tsx';
import './admin.css';

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly account: string | null;
  readonly role: string | null;
  readonly path: string;
  readonly action: string;
  readonly resource: string;
  readonly patientId: string | null;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  readonly reason: string | null;
}
interface Page {
  readonly entries: readonly Entry[];
  readonly next: number | null;
}

/** The audit trail, newest first: who did what, to which record (by its opaque id), and whether it was allowed. */
export function TrailPage() {
  const { query } = useLocation();
  const outcome = query.get('outcome');
  const patient = query.get('patient') ?? '';
  const [typed, setTyped] = useState(patient);
  const [before, setBefore] = useState<number | null>(null);
  const filter = new URLSearchParams();
  if (outcome !== null) filter.set('outcome', outcome);
  if (patient !== '') filter.set('patientId', patient);
  if (before !== null) filter.set('before', String(before));
  const [loaded] = useLoaded(`trail ${filter}`, (signal) => getJson<Page>(`/api/audit?${filter}`, signal));
  const page = loaded.state === 'ready' ? loaded.value : null;
  return (
    <div className="fo-stack fo-admin">
      <h1>Audit trail</h1>
      <p className="fo-quiet">
        It only grows, each line sealed by the one before; <code>foramen audit verify</code> checks it.
        Records are named by their id: an administrator sees no patient.
      </p>
      <form
        className="fo-row"
        onSubmit={(event) => {
          event.preventDefault();
          setBefore(null);
          setQuery('patient', typed.trim() === '' ? null : typed.trim());
        }}
      >
        <Select
          aria-label="Outcome"
          placeholder="Every outcome"
          clearable
          data={['allowed', 'denied', 'failed']}
          value={outcome}
          onChange={(value) => {
            setBefore(null);
            setQuery('outcome', value);
          }}
        />
        <TextInput
          aria-label="Record"
          placeholder="Id of a record"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default">
          Filter
        </Button>
      </form>
      {loaded.state === 'failed' && <Failure error={loaded.error} />}
      {loaded.state === 'loading' && <p className="fo-quiet">Loading…</p>}
      {page !== null && (
        <WideTable label="Entries of the trail" panel>
          <table className="fo-table fo-trail-table">
            <thead>
              <tr>
                <th className="fo-num">No.</th>
                <th>When</th>
                <th>Who</th>
                <th>Did</th>
                <th>Record</th>
                <th>Outcome</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {page.entries.map((entry) => (
                <tr key={entry.seq}>
                  <td className="fo-num">{entry.seq}</td>
                  <td>
                    <Moment of={entry.at} />
                  </td>
                  <td>
                    {entry.account ?? '—'}{' '}
                    <span className="fo-quiet fo-small">{entry.role ?? entry.path}</span>
                  </td>
                  <td>
                    {entry.action} {entry.resource}
                  </td>
                  <td>
                    {entry.patientId !== null && (
                      <code title={entry.patientId}>{entry.patientId.slice(0, 14)}</code>
                    )}
                  </td>
                  <td>
                    <span className="fo-chip" data-tone={entry.outcome === 'allowed' ? undefined : 'warn'}>
                      {entry.outcome}
                    </span>
                  </td>
                  <td className="fo-small">{entry.reason ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {page.entries.length === 0 && <p className="fo-pad fo-quiet">Nothing in the trail matches.</p>}
        </WideTable>
      )}
      <div className="fo-row">
        {before !== null && (
          <Button size="xs" variant="default" onClick={() => setBefore(null)}>
            Newest
          </Button>
        )}
        {page?.next != null && (
          <Button size="xs" variant="default" onClick={() => setBefore(page.next)}>
            Older
          </Button>
        )}
      </div>
    </div>
  );
}
