import type { Access } from '@foramen/spine';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure } from '../frame/failure.tsx';
import { day } from '../frame/figures.ts';
import { ROLE_NAME, type Role } from '../frame/who.ts';
import { WideTable } from '../frame/wide-table.tsx';
import { useLanguage } from '../judgement/reader.tsx';
import { CONSENT_WORDS } from './consent-words.ts';
import { didText } from './consents.ts';

interface Page {
  readonly accesses: readonly Access[];
  readonly next: number | null;
}

/** Who has seen the own record: one line a person and day, out of the audit trail, which nobody can change. */
export function AccessList({ patientId, own }: { readonly patientId: string; readonly own: string }) {
  const words = CONSENT_WORDS[useLanguage()];
  const [before, setBefore] = useState<number | null>(null);
  const base = `/api/patients/${encodeURIComponent(patientId)}/access${before === null ? '' : `?before=${before}`}`;
  const [loaded] = useLoaded(base, (signal) => getJson<Page>(base, signal));
  const older = loaded.state === 'ready' ? loaded.value.next : null;
  return (
    <section className="fo-panel fo-pad fo-section">
      <h2>{words.seen}</h2>
      <p className="fo-quiet fo-small">{words.seenHelp}</p>
      {loaded.state === 'loading' && <p className="fo-quiet">Loading…</p>}
      {loaded.state === 'failed' && <Failure error={loaded.error} />}
      {loaded.state === 'ready' && (
        <>
          <WideTable label="Accesses">
            <table className="fo-table">
              <thead>
                <tr>
                  <th>Day</th>
                  <th>Who</th>
                  <th>What</th>
                </tr>
              </thead>
              <tbody>
                {loaded.value.accesses.map((access) => (
                  <tr key={`${access.first} ${access.accountId ?? ''}`}>
                    <td>
                      {day(access.day)}
                      <div className="fo-quiet fo-small">
                        {access.first.slice(11, 16)}
                        {access.last.slice(11, 16) === access.first.slice(11, 16)
                          ? ''
                          : ` to ${access.last.slice(11, 16)}`}
                      </div>
                    </td>
                    <td>
                      {access.accountId === own ? 'You' : (access.name ?? 'A device of the clinic')}
                      <div className="fo-quiet fo-small">
                        {access.role !== null && access.accountId !== own
                          ? ROLE_NAME[access.role as Role]
                          : ''}
                        {access.byProgram ? ' by a program' : ''}
                      </div>
                    </td>
                    <td>
                      {access.emergency !== null && (
                        <p>
                          <span className="fo-chip" data-tone="warn">
                            opened in an emergency
                          </span>{' '}
                          {access.emergency}
                        </p>
                      )}
                      {didText(access)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          <div className="fo-row">
            {before !== null && (
              <Button size="xs" variant="default" onClick={() => setBefore(null)}>
                Newest
              </Button>
            )}
            {older !== null && (
              <Button size="xs" variant="default" onClick={() => setBefore(older)}>
                Older
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
