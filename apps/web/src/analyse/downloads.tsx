import { Button, Popover } from '@mantine/core';
import { Icon } from '../frame/icon.tsx';
import type { OutputFile } from './messages.ts';

/** The files `foramen analyze` would write, saved from memory. */
export function Downloads({ files }: { readonly files: readonly OutputFile[] }) {
  const save = ({ name, type, content }: OutputFile) => {
    const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser takes the content when the click is handled; the address is given back after that.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Popover position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <Button size="compact-xs" variant="default" leftSection={<Icon name="download" size={12} />}>
          Save files
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className="fo-stack fo-tight fo-bare" aria-label="Save as files">
          {files.map((file) => (
            <button type="button" className="fo-plain" key={file.name} onClick={() => save(file)}>
              {file.name}
            </button>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
