import { type DragEvent, useRef, useState } from 'react';
import { useFrameWords } from './frame-language.ts';
import { Icon } from './icon.tsx';
import { unpacked } from './unpack.ts';
import './drop-zone.css';

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly label: string;
  readonly hint?: string;
}

/** Takes files, whole folders and zip archives, dropped or chosen. */
export function DropZone({ onFiles, label, hint }: DropZoneProps) {
  const said = useFrameWords().add;
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = async (found: readonly File[]) => {
    if (found.length > 0) onFiles(await unpacked(found));
  };
  const drop = async (event: DragEvent<HTMLElement>) => {
    event.preventDefault();
    setOver(false);
    await take(await filesOf(event.dataTransfer));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the shortcut; the buttons inside do the same with keys
    <div
      className="fo-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size={22} />
      <strong>{label}</strong>
      {hint !== undefined && <span className="fo-quiet fo-small">{hint}</span>}
      <span className="fo-row">
        <button type="button" className="fo-plain" onClick={() => files.current?.click()}>
          {said.chooseFiles}
        </button>
        <button type="button" className="fo-plain" onClick={() => folder.current?.click()}>
          {said.chooseFolder}
        </button>
      </span>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        {...{ webkitdirectory: '' }}
        onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
      />
    </div>
  );
}

async function filesOf(transfer: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first await: the list is emptied when the event ends.
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files];
  return (await Promise.all(entries.map(filesBelow))).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  // A directory reader gives at most a hundred entries a call.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) break;
    children.push(...some);
  }
  return (await Promise.all(children.map(filesBelow))).flat();
}
