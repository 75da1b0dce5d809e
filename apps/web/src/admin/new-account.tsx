import { Select } from '@mantine/core';
import { useState } from 'react';
import { sendJson } from '../api/client.ts';
import { Entry, SendForm } from '../frame/send-form.tsx';
import { ROLE_NAME, ROLE_TEXT, ROLES, type Role } from '../frame/who.ts';
import { type Account, newPassword } from './accounts.ts';

const random = (bytes: Uint8Array): Uint8Array => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

/** A person gets a made password, shown once; a device gets none and is given tokens afterwards. */
export function NewAccount(props: { readonly onMade: (account: Account, password: string | null) => void }) {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('clinician');
  const [patientId, setPatientId] = useState('');
  const send = async () => {
    const password = role === 'device' ? null : newPassword(random);
    const account = await sendJson<Account>('POST', '/api/accounts', {
      name: name.trim(),
      login: login.trim().toLowerCase(),
      role,
      ...(password === null ? {} : { password }),
      ...(role === 'patient' && patientId.trim() !== '' ? { patientId: patientId.trim() } : {}),
    });
    props.onMade(account, password);
  };
  return (
    <SendForm
      title="New account"
      heading="h2"
      button={role === 'device' ? 'Make the account' : 'Make the account and a password'}
      send={send}
    >
      <div className="fo-fields-row">
        <Entry label="Name" required maxLength={200} value={name} onChange={setName} />
        <Entry
          label="Login"
          required
          maxLength={100}
          pattern="[a-zA-Z0-9][a-zA-Z0-9._@\-]*"
          title="Letters, digits, dot, hyphen, underscore, @; begins with a letter or digit"
          autoComplete="off"
          value={login}
          onChange={setLogin}
        />
        <Select
          label="Role"
          allowDeselect={false}
          data={ROLES.map((value) => ({ value, label: ROLE_NAME[value] }))}
          value={role}
          onChange={(value) => value !== null && setRole(value as Role)}
        />
        {role === 'patient' && (
          <Entry label="Record" placeholder="Id of the record" value={patientId} onChange={setPatientId} />
        )}
      </div>
      <p className="fo-quiet fo-small">
        {ROLE_NAME[role]}: {ROLE_TEXT[role]}.
        {role === 'patient' &&
          ' The treating clinician finds the id of the record under Consent and access. Without it the account sees nothing.'}
      </p>
    </SendForm>
  );
}
