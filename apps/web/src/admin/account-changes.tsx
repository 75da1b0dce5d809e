import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { sendJson } from '../api/client.ts';
import { Failure } from '../frame/failure.tsx';
import { Link } from '../frame/router.tsx';
import { ROLE_NAME, ROLE_TEXT, ROLES, type Role } from '../frame/who.ts';
import { type Account, changesOf, newPassword } from './accounts.ts';
import { Sure, TokenList } from './token-list.tsx';

interface AccountChangesProps {
  readonly account: Account;
  readonly own: string;
  readonly onChanged: () => void;
  readonly onPassword: (password: string) => void;
}

const random = (bytes: Uint8Array): Uint8Array => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

/** Name, role, password, lock, end and tokens of one account. */
export function AccountChanges({ account, own, onChanged, onPassword }: AccountChangesProps) {
  const can = changesOf(account, own);
  const [name, setName] = useState(account.name);
  const [role, setRole] = useState<Role>(account.role);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  const change = async (body: Readonly<Record<string, unknown>>, done: string) => {
    setError(null);
    setSaid('');
    try {
      await sendJson('PUT', `/api/accounts/${encodeURIComponent(account.id)}`, body);
      setSaid(done);
      onChanged();
      return true;
    } catch (caught) {
      setError(caught);
      return false;
    }
  };
  const submit = (body: () => Readonly<Record<string, unknown>>, done: string) => (event: FormEvent) => {
    event.preventDefault();
    void change(body(), done);
  };
  const reset = async () => {
    const password = newPassword(random);
    if (await change({ password }, 'New password; its sessions have ended.')) onPassword(password);
  };
  return (
    <div className="fo-stack fo-tight">
      {error !== null && <Failure error={error} />}
      <p className="fo-quiet fo-small" role="status">
        {said}
      </p>
      <div className="fo-account-changes">
        <form onSubmit={submit(() => ({ name: name.trim() }), 'Renamed.')}>
          <TextInput
            label="Name"
            size="xs"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="compact-sm" variant="default" disabled={name.trim() === account.name}>
            Rename
          </Button>
        </form>
        {can.role ? (
          <form onSubmit={submit(() => ({ role }), 'Role changed; its sessions and tokens have ended.')}>
            <Select
              label="Role"
              size="xs"
              description={ROLE_TEXT[role]}
              allowDeselect={false}
              data={ROLES.filter((one) => one !== 'device').map((value) => ({
                value,
                label: ROLE_NAME[value],
              }))}
              value={role}
              onChange={(value) => value !== null && setRole(value as Role)}
            />
            <Button type="submit" size="compact-sm" variant="default" disabled={role === account.role}>
              Change the role
            </Button>
          </form>
        ) : (
          <Said title="Role">
            <span className="fo-small">
              {account.role === 'device'
                ? 'A device does not become a person: make another account.'
                : 'Your own role is changed by another administrator.'}
            </span>
          </Said>
        )}
        {account.id === own && (
          <Said title="Password">
            <Link to="/account" className="fo-small">
              Change it on the page of your account
            </Link>
          </Said>
        )}
        {can.password && (
          <Said title="Password">
            <span className="fo-small">
              {account.firstPassword && 'The first one has not been changed yet. '}A new one is made and shown
              once; the person chooses another at the next sign-in. Sessions of the account end.
            </span>
            <Sure label={`Reset the password of ${account.name}`} onSure={() => void reset()} />
          </Said>
        )}
        <Said title={account.disabled ? 'Closed' : 'Close'}>
          <span className="fo-small">
            {!can.close
              ? 'Your own account is closed by another administrator.'
              : account.disabled
                ? 'Nobody can sign in with it. What it did stays in the trail.'
                : 'Ends its sessions and tokens at once; it can be opened again.'}
          </span>
          {can.close &&
            (account.disabled ? (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => void change({ disabled: false }, 'Open again.')}
              >
                Open again
              </Button>
            ) : (
              <Sure
                label={`Close the account of ${account.name}`}
                onSure={() => void change({ disabled: true }, 'Closed.')}
              />
            ))}
        </Said>
        {can.unlock && (
          <Said title="Locked">
            <span className="fo-small">
              Too many wrong passwords. It opens by itself; after asking the person it can be opened now.
            </span>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void change({ unlock: true }, 'Unlocked.')}
            >
              Unlock
            </Button>
          </Said>
        )}
      </div>
      {(account.tokens > 0 || can.makeToken) && (
        <>
          <h3>Tokens</h3>
          {!can.makeToken && (
            <p className="fo-quiet fo-small">People make their own tokens; here they can be revoked.</p>
          )}
          <TokenList
            base={`/api/accounts/${encodeURIComponent(account.id)}/tokens`}
            canMake={can.makeToken && !account.disabled}
            {...(account.role === 'device' ? { scopes: ['dicomweb:read', 'dicomweb:write'] } : {})}
            onChange={onChanged}
          />
        </>
      )}
    </div>
  );
}

function Said({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <strong className="fo-small">{title}</strong>
      {children}
    </div>
  );
}
