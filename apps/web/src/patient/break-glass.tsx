import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { sendJson } from '../api/client.ts';
import { Failure } from '../frame/failure.tsx';

const SHORTEST = 10;

/** Opens a record that is closed to this account for an hour, against a reason that is kept in the audit trail. */
export function BreakGlass(props: { readonly patientId: string; readonly onOpened: () => void }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const open = async () => {
    setError(null);
    try {
      await sendJson('POST', `/api/patients/${encodeURIComponent(props.patientId)}/break-glass`, { reason });
      props.onOpened();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <section className="fo-panel fo-pad fo-stack fo-tight fo-glass">
      <h2>Open it in an emergency</h2>
      <Textarea
        label="Why you need this record now"
        description="Opens it for one hour. Your name, the time and this reason are kept and looked at."
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error !== null && <Failure error={error} />}
      <div>
        <Button color="red" size="xs" disabled={reason.trim().length < SHORTEST} onClick={open}>
          Open the record
        </Button>
      </div>
    </section>
  );
}
