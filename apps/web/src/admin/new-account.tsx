import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import { Failure } from '../frame/failure.tsx';
import { ROLE_NAME, ROLE_TEXT, ROLES, type Role } from '../frame/who.ts';
import { type Account, newPassword } from './accounts.ts';

const random = (bytes: Uint8Array): Uint8Array => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

/** A person gets a made password, shown once; a device gets none and is given tokens afterwards. */
export function NewAccount(props: { readonly onMade: (account: Account, password: string | null) => void }) {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('clinician');
  const [patientId, setPatientId] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const password = role === 'device' ? null : newPassword(random);
    try {
      const account = await sendJson<Account>('POST', '/api/accounts', {
        name: name.trim(),
        login: login.trim().toLowerCase(),
        role,
        ...(password === null ? {} : { password }),
        ...(role === 'patient' && patientId.trim() !== '' ? { patientId: patientId.trim() } : {}),
      });
      props.onMade(account, password);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="fo-stack" onSubmit={submit} aria-label="New account">
      <h2>New account</h2>
      <div className="fo-fields-row">
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Login"
          required
          maxLength={100}
          pattern="[a-zA-Z0-9][a-zA-Z0-9._@\-]*"
          title="Letters, digits, dot, hyphen, underscore, @; begins with a letter or digit"
          autoComplete="off"
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: ROLE_NAME[value] }))}
          value={role}
          onChange={(value) => value !== null && setRole(value as Role)}
        />
        {role === 'patient' && (
          <TextInput
            label="Record"
            placeholder="Id of the record"
            value={patientId}
            onChange={(event) => setPatientId(event.currentTarget.value)}
          />
        )}
      </div>
      <p className="fo-quiet fo-small">
        {ROLE_NAME[role]}: {ROLE_TEXT[role]}.
        {role === 'patient' &&
          ' The treating clinician finds the id of the record under Consent and access. Without it the account sees nothing.'}
      </p>
      {error !== null && <Failure error={error} />}
      <div>
        <Button type="submit" size="xs" loading={busy}>
          {role === 'device' ? 'Make the account' : 'Make the account and a password'}
        </Button>
      </div>
    </form>
  );
}
