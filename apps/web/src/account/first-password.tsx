import { Mark } from '../frame/icon.tsx';
import type { Who } from '../frame/who.ts';
import { PasswordForm } from './password-form.tsx';
import './account.css';

/** In place of every page, as long as the password is one that somebody else chose. */
export function FirstPassword(props: {
  readonly who: Who;
  readonly onChanged: () => void;
  readonly onSignOut: () => void;
}) {
  return (
    <main className="fo-signin" id="content">
      <div className="fo-panel fo-pad fo-stack fo-first-password">
        <p className="fo-row fo-account-brand">
          <Mark /> Foramen
        </p>
        <p>
          {props.who.name}, the password you signed in with was chosen by somebody else. Choose one that only
          you know; then you are there.
        </p>
        <PasswordForm
          title="Choose your password"
          heading="h1"
          current="Password you were given"
          login={props.who.login}
          onChanged={props.onChanged}
        />
        <button type="button" className="fo-plain" onClick={props.onSignOut}>
          Sign out
        </button>
      </div>
    </main>
  );
}
