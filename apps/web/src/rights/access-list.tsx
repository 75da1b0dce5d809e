import type { Access } from '@foramen/spine';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Day } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import type { Role } from '../frame/who.ts';
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
  const { access: said } = words;
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
          <WideTable label={words.seen}>
            <table className="fo-table">
              <thead>
                <tr>
                  <th>{said.day}</th>
                  <th>{said.who}</th>
                  <th>{said.what}</th>
                </tr>
              </thead>
              <tbody>
                {loaded.value.accesses.map((access) => (
                  <tr key={`${access.first} ${access.accountId ?? ''}`}>
                    <td>
                      <Day of={access.day} />
                      <div className="fo-quiet fo-small">
                        {access.first.slice(11, 16)}
                        {access.last.slice(11, 16) === access.first.slice(11, 16)
                          ? ''
                          : ` ${said.to} ${access.last.slice(11, 16)}`}
                      </div>
                    </td>
                    <td>
                      {access.accountId === own ? said.you : (access.name ?? said.device)}
                      <div className="fo-quiet fo-small">
                        {access.role !== null && access.accountId !== own
                          ? said.role[access.role as Role]
                          : ''}
                        {access.byProgram ? ` ${said.byProgram}` : ''}
                      </div>
                    </td>
                    <td>
                      {access.emergency !== null && (
                        <p>
                          <span className="fo-chip" data-tone="warn">
                            {said.emergency}
                          </span>{' '}
                          {access.emergency}
                        </p>
                      )}
                      {didText(access, words.did)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          <div className="fo-row">
            {before !== null && (
              <Button size="xs" variant="default" onClick={() => setBefore(null)}>
                {said.newest}
              </Button>
            )}
            {older !== null && (
              <Button size="xs" variant="default" onClick={() => setBefore(older)}>
                {said.older}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
