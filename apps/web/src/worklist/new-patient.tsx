import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { sendJson } from '../api/client.ts';
import { Dialog } from '../frame/dialog.tsx';
import { navigate } from '../frame/router.tsx';
import { Entry, SendForm } from '../frame/send-form.tsx';

/** A record for somebody of whom there is nothing yet but what they tell: it begins with the intake. */
export function NewPatient() {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [sex, setSex] = useState<string>('unknown');
  const send = async () => {
    const { id } = await sendJson<{ readonly id: string }>('POST', '/api/patients', {
      name: name.trim(),
      sex,
      ...(birthDate === '' ? {} : { birthDate }),
    });
    navigate(`/patients/${encodeURIComponent(id)}/intake`);
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        New patient
      </Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title="New patient">
        <SendForm
          title="Who it is"
          heading="h3"
          button="Make the record and begin the intake"
          missing={name.trim() === '' ? 'Give a name or a pseudonym.' : ''}
          send={send}
        >
          <Entry
            label="Name or pseudonym"
            required
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={setName}
          />
          <Entry label="Date of birth" type="date" value={birthDate} onChange={setBirthDate} />
          <Select
            label="Sex"
            allowDeselect={false}
            data={[
              { value: 'unknown', label: 'Not known' },
              { value: 'female', label: 'Female' },
              { value: 'male', label: 'Male' },
            ]}
            value={sex}
            onChange={(value) => setSex(value ?? 'unknown')}
          />
        </SendForm>
      </Dialog>
    </>
  );
}
