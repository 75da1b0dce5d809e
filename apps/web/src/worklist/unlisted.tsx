import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { navigate } from '../frame/router.tsx';

/** The way to a record of another team, for an emergency: by its id, since those records are not listed. */
export function Unlisted() {
  const [id, setId] = useState('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    navigate(`/patients/${encodeURIComponent(id.trim())}`);
  };
  return (
    <details className="fo-more">
      <summary>Somebody who is not listed</summary>
      <form className="fo-row fo-unlisted" onSubmit={go}>
        <TextInput
          label="Id of the record"
          description="Listed are the records of your own team. In an emergency another is opened by its id, with a reason; it stands under Consent and access."
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={id.trim() === ''}>
          Go to it
        </Button>
      </form>
    </details>
  );
}
