import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/client.ts';
import type { Session } from '../api/shapes.ts';
import { Failure } from './failure.tsx';
import { Mark } from './icon.tsx';

export function SignIn(props: {
  readonly onSignedIn: (session: Session) => void;
  /** A session has ended over an open page, which waits. */
  readonly ended?: boolean;
}) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const session = await signIn(String(form.get('login') ?? ''), String(form.get('password') ?? ''));
      if (session.signedIn) props.onSignedIn(session);
      else setError(new Error('that login and password do not belong together'));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="fo-signin">
      <form className="fo-panel fo-pad fo-stack" onSubmit={submit}>
        <h1 className="fo-row">
          <Mark /> Foramen
        </h1>
        {props.ended === true && (
          <p role="status">Your session has ended. Sign in again: what you entered is still there.</p>
        )}
        <TextInput name="login" label="Login" autoComplete="username" required autoFocus />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        />
        {error !== null && <Failure error={error} />}
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
