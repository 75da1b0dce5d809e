import { Button } from '@mantine/core';
import { Icon } from '../frame/icon.tsx';
import type { AnalyseResult } from './messages.ts';

/** The files `foramen analyze` would write, saved from memory. */
export function Downloads({ result }: { readonly result: AnalyseResult }) {
  const { analysis } = result;
  const files: readonly {
    readonly name: string;
    readonly type: string;
    readonly make: () => BlobPart | null;
  }[] = [
    { name: 'findings.json', type: 'application/json', make: () => json(analysis.findings) },
    { name: 'case.json', type: 'application/json', make: () => json(analysis.case) },
    { name: 'assessment.json', type: 'application/json', make: () => json(analysis.assessment) },
    { name: 'plan.json', type: 'application/json', make: () => json(analysis.plan) },
    {
      name: result.labelFile?.name ?? 'labels',
      type: 'application/octet-stream',
      make: () => (result.labelFile?.bytes as BlobPart | undefined) ?? null,
    },
    { name: 'report.html', type: 'text/html', make: () => result.report },
  ];
  const save = (name: string, type: string, part: BlobPart) => {
    const url = URL.createObjectURL(new Blob([part], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser takes the content when the click is handled; the address is given back after that.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <fieldset className="fo-row fo-tight fo-bare" aria-label="Save as files">
      {files.map(({ name, type, make }) => {
        const part = make();
        if (part === null) return null;
        return (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="download" size={12} />}
            onClick={() => save(name, type, part)}
          >
            {name}
          </Button>
        );
      })}
    </fieldset>
  );
}

/** As the command line writes it: two spaces, a line end. */
function json(value: unknown): string | null {
  return value === null ? null : `${JSON.stringify(value, null, 2)}\n`;
}
