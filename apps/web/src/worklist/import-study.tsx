import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { sendForm } from '../api/client.ts';
import { DropZone } from '../frame/drop-zone.tsx';
import { Failure } from '../frame/failure.tsx';

/** Stores a study in the record of a new patient; the server analyses it and the worklist follows. */
export function ImportStudy({ onImported }: { readonly onImported: () => void }) {
  const [open, setOpen] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      const form = new FormData();
      if (name.trim() !== '') form.append('name', name.trim());
      for (const file of files) form.append('files', file, file.name);
      await sendForm('/api/studies', form);
      setOpen(false);
      setFiles([]);
      setName('');
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
        Import a study
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Import a study into the record" centered>
        <div className="fo-stack">
          <TextInput
            label="Patient's name or pseudonym"
            description="Left empty, the name in the files is used."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <DropZone onFiles={setFiles} label="Drop a DICOM folder, a NIfTI, MHA or PNG file" />
          {files.length > 0 && (
            <p className="fo-small">
              {files.length} {files.length === 1 ? 'file' : 'files'}: {files[0]!.name}
              {files.length > 1 ? ' …' : ''}
            </p>
          )}
          {error !== null && <Failure error={error} />}
          <div className="fo-row">
            <Button onClick={send} loading={busy} disabled={files.length === 0}>
              Store and analyse
            </Button>
            <span className="fo-quiet fo-small">The files go to this server.</span>
          </div>
        </div>
      </Modal>
    </>
  );
}
