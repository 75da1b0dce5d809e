import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/client.ts';
import type { Session } from '../api/shapes.ts';
import { Failure } from './failure.tsx';
import { browserLanguage } from './frame-language.ts';
import { FRAME_WORDS } from './frame-words.ts';
import { Mark } from './icon.tsx';

export function SignIn(props: {
  readonly onSignedIn: (session: Session) => void;
  /** A session has ended over an open page, which waits. */
  readonly ended?: boolean;
}) {
  // Nobody is known yet: the language is the one the browser asks for.
  const language = browserLanguage();
  const said = FRAME_WORDS[language].signIn;
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
      else setError(new Error(said.wrong));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="fo-signin" lang={language}>
      <form className="fo-panel fo-pad fo-stack" onSubmit={submit}>
        <h1 className="fo-row">
          <Mark /> Foramen
        </h1>
        {props.ended === true && <p role="status">{said.ended}</p>}
        <TextInput name="login" label={said.login} autoComplete="username" required autoFocus />
        <PasswordInput
          name="password"
          label={said.password}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': said.show }}
        />
        {error !== null && <Failure error={error} language={language} />}
        <Button type="submit" loading={busy}>
          {said.enter}
        </Button>
      </form>
    </main>
  );
}
