import { useFrameLanguage, useFrameWords } from '../frame/frame-language.ts';
import { Mark } from '../frame/icon.tsx';
import type { Who } from '../frame/who.ts';
import { ACCOUNT_WORDS } from './account-words.ts';
import { PasswordForm } from './password-form.tsx';
import './account.css';

/** In place of every page, as long as the password is one that somebody else chose. */
export function FirstPassword(props: {
  readonly who: Who;
  readonly onChanged: () => void;
  readonly onSignOut: () => void;
}) {
  const around = useFrameWords();
  const language = useFrameLanguage();
  const words = ACCOUNT_WORDS[language];
  return (
    <main className="fo-signin" id="content" lang={language}>
      <div className="fo-panel fo-pad fo-stack fo-first-password">
        <p className="fo-row fo-account-brand">
          <Mark /> Foramen
        </p>
        <p>{words.chosenByOther(props.who.name)}</p>
        <PasswordForm
          title={words.choose}
          heading="h1"
          current={words.given}
          login={props.who.login}
          onChanged={props.onChanged}
        />
        <button type="button" className="fo-plain" onClick={props.onSignOut}>
          {around.signOut}
        </button>
      </div>
    </main>
  );
}
