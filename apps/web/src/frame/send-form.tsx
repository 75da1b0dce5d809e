import { Button, TextInput, type TextInputProps } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Failure } from './failure.tsx';

interface SendFormProps {
  readonly title: string;
  /** Under a heading of the same section, or a section of its own. */
  readonly heading: 'h1' | 'h2' | 'h3';
  readonly button: string;
  readonly variant?: 'filled' | 'default';
  /** What keeps it from being sent, said once it was tried; empty when nothing does. */
  readonly missing?: string;
  /** Sends; what it throws is shown, and the fields stay as they are. */
  readonly send: () => Promise<void>;
  readonly children: ReactNode;
}

/** A few fields that are sent together: once at a time, with what went wrong above the button. */
export function SendForm(props: SendFormProps) {
  const { title, heading: Heading, missing = '' } = props;
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(missing !== '');
    if (missing !== '') return;
    setBusy(true);
    setError(null);
    try {
      await props.send();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="fo-form" onSubmit={submit} aria-label={title}>
      <Heading>{title}</Heading>
      {props.children}
      {tried && missing !== '' && (
        <p className="fo-wrong" role="alert">
          {missing}
        </p>
      )}
      {error !== null && <Failure error={error} />}
      <div>
        <Button type="submit" size="xs" loading={busy} variant={props.variant ?? 'filled'}>
          {props.button}
        </Button>
      </div>
    </form>
  );
}

type EntryProps = Omit<TextInputProps, 'onChange' | 'value'> & {
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** A line of text. */
export function Entry({ onChange, ...rest }: EntryProps) {
  return <TextInput {...rest} onChange={(event) => onChange(event.currentTarget.value)} />;
}
