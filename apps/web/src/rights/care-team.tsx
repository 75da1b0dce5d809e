import { Select, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { Sure } from '../admin/token-list.tsx';
import { getJson, sendJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Day, Moment } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { Entry, SendForm } from '../frame/send-form.tsx';
import type { Role } from '../frame/who.ts';
import { useLanguage } from '../judgement/reader.tsx';
import { CONSENT_WORDS } from './consent-words.ts';

interface Member {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly kind: 'care-team' | 'proxy' | 'self' | 'break-glass';
  readonly reason: string | null;
  readonly from: string;
  readonly until: string | null;
}

/** The people around the patient: who may see this record, since when and why; a treating clinician adds and ends. */
export function CareTeam({
  patientId,
  canChange,
}: {
  readonly patientId: string;
  readonly canChange: boolean;
}) {
  const { access: said } = CONSENT_WORDS[useLanguage()];
  const base = `/api/patients/${encodeURIComponent(patientId)}/team`;
  const [loaded, reload] = useLoaded(base, (signal) =>
    getJson<{ readonly members: readonly Member[] }>(base, signal),
  );
  const [error, setError] = useState<unknown>(null);
  const end = async (member: Member) => {
    setError(null);
    try {
      await sendJson('DELETE', `${base}/${encodeURIComponent(member.id)}`);
      reload();
    } catch (caught) {
      setError(caught);
    }
  };
  if (loaded.state === 'loading') return <p className="fo-quiet">Loading…</p>;
  if (loaded.state === 'failed') return <Failure error={loaded.error} />;
  const members = loaded.value.members;
  return (
    <section className="fo-panel fo-pad fo-section">
      <h2>{said.may}</h2>
      {error !== null && <Failure error={error} />}
      <div className="fo-scroll">
        <table className="fo-table">
          <thead>
            <tr>
              <th>{said.who}</th>
              <th>{said.as}</th>
              <th>{said.why}</th>
              <th>{said.since}</th>
              <th>{said.until}</th>
              {canChange && (
                <th>
                  <VisuallyHidden>End</VisuallyHidden>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => {
              // An emergency opening ends by itself: until then it is open, and can be ended.
              const ended = member.until !== null && Date.parse(member.until) <= Date.now();
              return (
                <tr key={member.id} className={ended ? 'fo-quiet' : undefined}>
                  <td>
                    {member.name} <span className="fo-quiet fo-small">{said.role[member.role]}</span>
                  </td>
                  <td>{said.kind[member.kind]}</td>
                  <td>{said.reason[member.reason ?? ''] ?? member.reason ?? ''}</td>
                  <td>
                    <Day of={member.from} />
                  </td>
                  <td>
                    {member.until === null ? (
                      ''
                    ) : ended ? (
                      <Day of={member.until} />
                    ) : (
                      <Moment of={member.until} />
                    )}
                  </td>
                  {canChange && (
                    <td className="fo-num">
                      {!ended && member.kind !== 'self' && (
                        <Sure label={`End the access of ${member.name}`} onSure={() => void end(member)} />
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
            {members.length === 0 && (
              <tr>
                <td colSpan={6} className="fo-quiet">
                  {said.nobody}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {canChange && <AddMember base={base} onAdded={reload} />}
    </section>
  );
}

function AddMember({ base, onAdded }: { readonly base: string; readonly onAdded: () => void }) {
  const [login, setLogin] = useState('');
  const [kind, setKind] = useState<'care-team' | 'proxy'>('care-team');
  const [reason, setReason] = useState('');
  const send = async () => {
    await sendJson('POST', base, { login: login.trim(), kind, reason: reason.trim() });
    setLogin('');
    setReason('');
    onAdded();
  };
  return (
    <SendForm title="Add somebody" heading="h3" button="Add" variant="default" send={send}>
      <div className="fo-fields-row">
        <Entry label="Login" required maxLength={100} autoComplete="off" value={login} onChange={setLogin} />
        <Select
          label="As"
          allowDeselect={false}
          data={[
            { value: 'care-team', label: 'Care team' },
            { value: 'proxy', label: 'Proxy of the patient' },
          ]}
          value={kind}
          onChange={(value) => setKind(value === 'proxy' ? 'proxy' : 'care-team')}
        />
        <Entry label="Why" required maxLength={200} value={reason} onChange={setReason} />
      </div>
      {kind === 'proxy' && (
        <p className="fo-quiet fo-small">
          A proxy sees the record once the patient has given the consent "Proxy".
        </p>
      )}
    </SendForm>
  );
}
