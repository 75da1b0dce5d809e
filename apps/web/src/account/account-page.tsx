import { useState } from 'react';
import { useFrameLanguage, useFrameWords } from '../frame/frame-language.ts';
import { Link } from '../frame/router.tsx';
import { screensOf, useWho } from '../frame/who.ts';
import { ACCOUNT_WORDS } from './account-words.ts';
import { PasswordForm } from './password-form.tsx';
import './account.css';

/** Who is signed in, what that account may do, and its password. */
export function AccountPage() {
  const who = useWho();
  const around = useFrameWords();
  const words = ACCOUNT_WORDS[useFrameLanguage()];
  const [said, setSaid] = useState('');
  if (who === null) return null;
  return (
    <div className="fo-stack fo-account">
      <h1>{around.yourAccount}</h1>
      <section className="fo-panel fo-pad fo-section" aria-label={words.whoYouAre}>
        <dl className="fo-account-facts">
          <dt>{words.name}</dt>
          <dd>{who.name}</dd>
          <dt>{words.login}</dt>
          <dd>{who.login}</dd>
          <dt>{words.role}</dt>
          <dd>
            {around.role[who.role]}: {words.may[who.role]}.
          </dd>
        </dl>
        <p className="fo-quiet fo-small">
          {words.changedBy(who.role === 'admin')}
          {screensOf(who.role).includes('tokens') && (
            <>
              {' '}
              {words.programs} <Link to="/tokens">{words.tokens}</Link>
              {words.never}
            </>
          )}
        </p>
      </section>
      <section className="fo-panel fo-pad fo-section fo-account-password">
        {who.password === 'none' ? (
          <>
            <h2>{words.password}</h2>
            <p>{words.noPassword}</p>
          </>
        ) : (
          <>
            <PasswordForm
              title={words.change}
              heading="h2"
              current={words.present}
              login={who.login}
              onChanged={(ended) => setSaid(words.changed(ended))}
            />
            <p role="status" className="fo-said">
              {said}
            </p>
            <p className="fo-quiet fo-small">{words.elsewhere}</p>
          </>
        )}
      </section>
    </div>
  );
}
