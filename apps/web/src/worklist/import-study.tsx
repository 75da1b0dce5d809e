import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { DropZone } from '../frame/drop-zone.tsx';
import { Failure } from '../frame/failure.tsx';
import { useFrameWords } from '../frame/frame-language.ts';
import { sendRecord } from './send-record.ts';

interface ImportStudyProps {
  /** Whose record the files go into; left out, that of a new patient. */
  readonly patient?: { readonly id: string; readonly name: string };
  readonly onImported: () => void;
}

/** Stores what there is on a patient, new or known; the server analyses it and the page follows. */
export function ImportStudy({ patient, onImported }: ImportStudyProps) {
  const said = useFrameWords().add;
  const [open, setOpen] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** The record, once it is made: what failed after that is sent to it again. */
  const [record, setRecord] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    if (record === null) return;
    startAnew();
    onImported();
  };
  const startAnew = () => {
    setFiles([]);
    setName('');
    setError(null);
    setRecord(null);
  };
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await sendRecord(files, name.trim(), patient?.id ?? record, setRecord);
      setOpen(false);
      startAnew();
      onImported();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {patient === undefined ? 'Import a study' : said.files}
      </Button>
      <Dialog
        opened={open}
        onClose={close}
        title={patient === undefined ? 'Import a study' : said.to(patient.name)}
      >
        <div className="fo-stack">
          {patient === undefined && (
            <TextInput
              label="Patient's name or pseudonym"
              description={
                record === null
                  ? 'Left empty, the name in the files is used.'
                  : 'The record is made; what you send now goes into it.'
              }
              disabled={record !== null}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <DropZone
            onFiles={(more) => setFiles((now) => [...now, ...more])}
            label={said.drop}
            hint={said.dropHint}
          />
          {files.length > 0 && (
            <p className="fo-small">
              {said.chosen(files.length)}: {files[0]!.name}
              {files.length > 1 ? ' …' : ''}{' '}
              <button type="button" className="fo-plain" onClick={() => setFiles([])}>
                {said.remove}
              </button>
            </p>
          )}
          {error !== null && <Failure error={error} />}
          <div className="fo-row">
            <Button onClick={send} loading={busy} disabled={files.length === 0}>
              {said.store}
            </Button>
            <span className="fo-quiet fo-small">
              {patient === undefined ? 'The files go to this server.' : said.stays}
            </span>
          </div>
        </div>
      </Dialog>
    </>
  );
}
