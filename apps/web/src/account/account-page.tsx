import { useState } from 'react';
import { Link } from '../frame/router.tsx';
import { ROLE_NAME, ROLE_TEXT, screensOf, useWho } from '../frame/who.ts';
import { PasswordForm } from './password-form.tsx';
import { changedText } from './passwords.ts';
import './account.css';

/** Who is signed in, what that account may do, and its password. */
export function AccountPage() {
  const who = useWho();
  const [said, setSaid] = useState('');
  if (who === null) return null;
  return (
    <div className="fo-stack fo-account">
      <h1>Your account</h1>
      <section className="fo-panel fo-pad fo-section" aria-label="Who you are">
        <dl className="fo-account-facts">
          <dt>Name</dt>
          <dd>{who.name}</dd>
          <dt>Login</dt>
          <dd>{who.login}</dd>
          <dt>Role</dt>
          <dd>
            {ROLE_NAME[who.role]}: {ROLE_TEXT[who.role]}.
          </dd>
        </dl>
        <p className="fo-quiet fo-small">
          Name and role are changed by {who.role === 'admin' ? 'another' : 'an'} administrator.
          {screensOf(who.role).includes('tokens') && (
            <>
              {' '}
              Programs that act in your name have <Link to="/tokens">tokens</Link>, never your password; they
              go on when you change it.
            </>
          )}
        </p>
      </section>
      <section className="fo-panel fo-pad fo-section fo-account-password">
        {who.password === 'none' ? (
          <>
            <h2>Password</h2>
            <p>This account has no password: the demonstration signs it in by itself.</p>
          </>
        ) : (
          <>
            <PasswordForm
              title="Change your password"
              heading="h2"
              current="Present password"
              login={who.login}
              onChanged={(ended) => setSaid(changedText(ended))}
            />
            <p role="status" className="fo-said">
              {said}
            </p>
            <p className="fo-quiet fo-small">
              Wherever else you are signed in, you are signed out. Forgotten it? An administrator gives you a
              first one, which you change when you sign in.
            </p>
          </>
        )}
      </section>
    </div>
  );
}
