import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ApiError, sendJson } from '../api/client.ts';
import { useFrameLanguage } from '../frame/frame-language.ts';
import { SendForm } from '../frame/send-form.tsx';
import { ACCOUNT_WORDS } from './account-words.ts';
import { passwordMissing, problemsInWords } from './passwords.ts';

interface PasswordFormProps {
  readonly title: string;
  readonly heading: 'h1' | 'h2';
  /** What the password in use now is called. */
  readonly current: string;
  /** For password stores of browsers, which ask whose it is. */
  readonly login: string;
  readonly onChanged: (endedSessions: number) => void;
}

/** The present password, and a new one typed twice. */
export function PasswordForm(props: PasswordFormProps) {
  const said = ACCOUNT_WORDS[useFrameLanguage()];
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const send = async () => {
    try {
      const { endedSessions } = await sendJson<{ readonly endedSessions: number }>('PUT', '/api/password', {
        current,
        next,
      });
      setCurrent('');
      setNext('');
      setAgain('');
      props.onChanged(endedSessions);
    } catch (error) {
      throw error instanceof ApiError
        ? new ApiError(error.status, problemsInWords(error.problems, said))
        : error;
    }
  };
  const field = (
    label: string,
    autoComplete: string,
    value: string,
    set: (text: string) => void,
    description?: string,
  ) => (
    <PasswordInput
      label={label}
      {...(description === undefined ? {} : { description })}
      autoComplete={autoComplete}
      required
      maxLength={1000}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': said.show(label) }}
    />
  );
  return (
    <SendForm
      title={props.title}
      heading={props.heading}
      button={said.button}
      missing={passwordMissing(current, next, again, said)}
      send={send}
    >
      <input type="text" name="username" autoComplete="username" value={props.login} readOnly hidden />
      {field(props.current, 'current-password', current, setCurrent)}
      {field(said.next, 'new-password', next, setNext, said.nextHelp)}
      {field(said.again, 'new-password', again, setAgain)}
    </SendForm>
  );
}
