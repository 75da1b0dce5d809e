import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ApiError, sendJson } from '../api/client.ts';
import { SendForm } from '../frame/send-form.tsx';
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
      throw error instanceof ApiError ? new ApiError(error.status, problemsInWords(error.problems)) : error;
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
      visibilityToggleButtonProps={{ 'aria-label': `Show what is typed: ${label}` }}
    />
  );
  return (
    <SendForm
      title={props.title}
      heading={props.heading}
      button="Change the password"
      missing={passwordMissing(current, next, again)}
      send={send}
    >
      <input type="text" name="username" autoComplete="username" value={props.login} readOnly hidden />
      {field(props.current, 'current-password', current, setCurrent)}
      {field(
        'New password',
        'new-password',
        next,
        setNext,
        'At least 12 characters. A few words that have nothing to do with each other are easy to keep and hard to guess.',
      )}
      {field('New password once more', 'new-password', again, setAgain)}
    </SendForm>
  );
}
