import { Button, Checkbox, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { getJson, sendJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Day } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { Entry, SendForm } from '../frame/send-form.tsx';
import { ShownOnce } from './shown-once.tsx';
import { arrangeTokens, LONGEST_DAYS, missingOf, SCOPES, type Token } from './tokens.ts';

interface TokenListProps {
  /** Where these tokens live: `/api/tokens`, or an account's. */
  readonly base: string;
  readonly canMake: boolean;
  /** Scopes that can be chosen; all of them when absent. */
  readonly scopes?: readonly string[];
  readonly onChange?: () => void;
}

/** Tokens of one account: made (and shown once), listed, revoked. */
export function TokenList({ base, canMake, scopes, onChange }: TokenListProps) {
  const [loaded, reload] = useLoaded(`tokens ${base}`, (signal) =>
    getJson<{ readonly tokens: readonly Token[] }>(base, signal),
  );
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const changed = () => {
    reload();
    onChange?.();
  };
  const revoke = async (token: Token) => {
    setError(null);
    try {
      await sendJson('DELETE', `${base}/${encodeURIComponent(token.id)}`);
      changed();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <div className="fo-stack fo-tight">
      {made !== null && (
        <ShownOnce
          title={`Token "${made.name}"`}
          secret={made.token}
          hint="Put it where the program keeps its secrets; it sends Authorization: Bearer and the token."
          onDone={() => setMade(null)}
        />
      )}
      {error !== null && <Failure error={error} />}
      {loaded.state === 'loading' && <p className="fo-quiet">Loading…</p>}
      {loaded.state === 'failed' && <Failure error={loaded.error} />}
      {loaded.state === 'ready' &&
        (loaded.value.tokens.length === 0 ? (
          <p className="fo-quiet">There are no tokens.</p>
        ) : (
          <div className="fo-scroll">
            <table className="fo-table">
              <thead>
                <tr>
                  <th>Token</th>
                  <th>May</th>
                  <th>Made</th>
                  <th>Last used</th>
                  <th>Ends</th>
                  <th>State</th>
                  <th>
                    <VisuallyHidden>Revoke</VisuallyHidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {arrangeTokens(loaded.value.tokens).map((token) => (
                  <tr key={token.id}>
                    <td>
                      {token.name}
                      <div className="fo-small fo-quiet">
                        <code>{token.id.slice(0, 8)}</code> in the trail
                      </div>
                    </td>
                    <td>{token.scopes.join(', ')}</td>
                    <td>
                      <Day of={token.createdAt} />
                    </td>
                    <td>{token.lastUsedAt === null ? 'never' : <Day of={token.lastUsedAt} />}</td>
                    <td>
                      <Day of={token.expiresAt} />
                    </td>
                    <td>
                      <span className="fo-chip" data-tone={token.state === 'active' ? 'good' : undefined}>
                        {token.state}
                      </span>
                    </td>
                    <td className="fo-num">
                      {token.state === 'active' && (
                        <Sure label={`Revoke ${token.name}`} onSure={() => revoke(token)} />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      {canMake && (
        <NewToken
          base={base}
          scopes={scopes ?? SCOPES.map((s) => s.scope)}
          onMade={(name, token) => {
            setMade({ name, token });
            changed();
          }}
        />
      )}
    </div>
  );
}

/** A button that asks once more before it acts. */
export function Sure({ label, onSure }: { readonly label: string; readonly onSure: () => void }) {
  const [asked, setAsked] = useState(false);
  const word = label.split(' ')[0];
  return (
    <Button
      size="compact-xs"
      variant={asked ? 'filled' : 'default'}
      color={asked ? 'red' : 'gray'}
      aria-label={asked ? `${label}: press again to do it` : label}
      onClick={() => (asked ? onSure() : setAsked(true))}
      onBlur={() => setAsked(false)}
    >
      {asked ? `${word}: sure?` : word}
    </Button>
  );
}

function NewToken(props: {
  readonly base: string;
  readonly scopes: readonly string[];
  readonly onMade: (name: string, token: string) => void;
}) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [days, setDays] = useState('90');
  const send = async () => {
    const made = await sendJson<{ readonly token: string }>('POST', props.base, {
      name: name.trim(),
      scopes,
      days: Number(days),
    });
    props.onMade(name.trim(), made.token);
    setName('');
    setScopes([]);
  };
  return (
    <SendForm
      title="New token"
      heading="h3"
      button="Make the token"
      missing={missingOf({ name, scopes, days })}
      send={send}
    >
      <div className="fo-fields-row">
        <Entry label="Name" description="What will use it" maxLength={100} value={name} onChange={setName} />
        <Entry
          label="Ends after"
          description={`Days, at most ${LONGEST_DAYS}`}
          inputMode="numeric"
          value={days}
          onChange={setDays}
        />
      </div>
      <fieldset className="fo-bare fo-scopes">
        <legend className="fo-small">What it may do</legend>
        {SCOPES.filter((s) => props.scopes.includes(s.scope)).map(({ scope, text }) => (
          <Checkbox
            key={scope}
            size="xs"
            label={text}
            checked={scopes.includes(scope)}
            onChange={(event) =>
              setScopes(
                event.currentTarget.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope),
              )
            }
          />
        ))}
      </fieldset>
    </SendForm>
  );
}
