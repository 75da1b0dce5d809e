import { Button, Select, TextInput, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import { getJson } from '../api/client.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Day } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { Icon } from '../frame/icon.tsx';
import { ROLE_NAME, ROLES, useWho } from '../frame/who.ts';
import { AccountChanges } from './account-changes.tsx';
import { type Account, arrangeAccounts, stateOf } from './accounts.ts';
import { NewAccount } from './new-account.tsx';
import { ShownOnce } from './shown-once.tsx';
import './admin.css';

/** Everybody who can sign in, and the devices: what an administrator looks after, without seeing any patient. */
export function AccountsPage() {
  const [loaded, reload] = useLoaded('accounts', (signal) =>
    getJson<{ readonly accounts: readonly Account[] }>('/api/accounts', signal),
  );
  const [text, setText] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<{ readonly login: string; readonly password: string } | null>(null);
  const own = useWho()?.id ?? '';
  const all = loaded.state === 'ready' ? loaded.value.accounts : [];
  const shown = useMemo(() => arrangeAccounts(all, text, role), [all, text, role]);
  return (
    <div className="fo-stack fo-admin">
      <div className="fo-row">
        <h1>Accounts</h1>
        <span className="fo-quiet" role="status">
          {loaded.state === 'ready' ? `${shown.length} of ${all.length}` : ''}
        </span>
        <span className="fo-grow" />
        <Button size="xs" aria-expanded={making} onClick={() => setMaking(!making)}>
          New account
        </Button>
      </div>
      {secret !== null && (
        <ShownOnce
          title={`Password of ${secret.login}`}
          secret={secret.password}
          hint="Give it to the person by a way other than the login. At the first sign-in they choose their own."
          onDone={() => setSecret(null)}
        />
      )}
      {making && (
        <section className="fo-panel fo-pad">
          <NewAccount
            onMade={(account, password) => {
              setMaking(false);
              setOpen(account.role === 'device' ? account.id : null);
              setSecret(password === null ? null : { login: account.login, password });
              reload();
            }}
          />
        </section>
      )}
      <div className="fo-row">
        <TextInput
          aria-label="Filter accounts"
          placeholder="Name or login"
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          aria-label="Role"
          placeholder="Every role"
          clearable
          data={ROLES.map((value) => ({ value, label: ROLE_NAME[value] }))}
          value={role}
          onChange={setRole}
        />
      </div>
      {loaded.state === 'loading' && <p className="fo-quiet">Loading…</p>}
      {loaded.state === 'failed' && <Failure error={loaded.error} />}
      {loaded.state === 'ready' && (
        <div className="fo-panel fo-scroll">
          <table className="fo-table">
            <thead>
              <tr>
                <th>Name</th>
                <th>Login</th>
                <th>Role</th>
                <th>State</th>
                <th className="fo-num">Tokens</th>
                <th>Made</th>
                <th>
                  <VisuallyHidden>Change</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((account) => (
                <Row
                  key={account.id}
                  account={account}
                  own={own}
                  open={open === account.id}
                  onOpen={() => setOpen(open === account.id ? null : account.id)}
                  onChanged={reload}
                  onPassword={(password) => setSecret({ login: account.login, password })}
                />
              ))}
              {shown.length === 0 && (
                <tr>
                  <td colSpan={7} className="fo-quiet">
                    No account matches.
                  </td>
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const TONE = { open: 'good', locked: 'warn', closed: undefined } as const;

function Row(props: {
  readonly account: Account;
  readonly own: string;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onChanged: () => void;
  readonly onPassword: (password: string) => void;
}) {
  const { account, open, own } = props;
  const state = stateOf(account);
  return (
    <>
      <tr>
        <td>
          {account.name} {account.id === own && <span className="fo-chip">you</span>}
        </td>
        <td>{account.login}</td>
        <td>{ROLE_NAME[account.role]}</td>
        <td>
          <span className="fo-chip" data-tone={TONE[state]}>
            {state === 'locked' ? 'locked after wrong passwords' : state}
          </span>
        </td>
        <td className="fo-num">{account.tokens}</td>
        <td>
          <Day of={account.createdAt} />
        </td>
        <td className="fo-num">
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={open}
            aria-label={`Change ${account.name}`}
            onClick={props.onOpen}
          >
            {open ? 'Done' : 'Change'}
          </Button>
        </td>
      </tr>
      {open && (
        <tr className="fo-account-open">
          <td colSpan={7}>
            <AccountChanges
              account={account}
              own={own}
              onChanged={props.onChanged}
              onPassword={props.onPassword}
            />
          </td>
        </tr>
      )}
    </>
  );
}
