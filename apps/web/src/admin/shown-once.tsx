import { Button } from '@mantine/core';
import { useState } from 'react';

/** A secret that cannot be shown again, with a button that copies it. */
export function ShownOnce(props: {
  readonly title: string;
  readonly secret: string;
  readonly hint: string;
  readonly onDone: () => void;
}) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = () => {
    navigator.clipboard.writeText(props.secret).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <section className="fo-once" role="status">
      <strong>{props.title}</strong>
      <code className="fo-secret">{props.secret}</code>
      <p className="fo-small">
        Shown this once: it is not kept here. {props.hint}
        {copied === 'refused' && ' The browser did not allow copying: select the text instead.'}
      </p>
      <div className="fo-row fo-tight">
        <Button size="compact-sm" variant="default" onClick={copy}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={props.onDone}>
          Done
        </Button>
      </div>
    </section>
  );
}
