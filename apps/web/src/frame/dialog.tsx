import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFrameLanguage, useFrameWords } from './frame-language.ts';

/** A question or sheet over the page: named by its title, closed by Escape, focus kept inside and given back. */
export function Dialog(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: string;
  readonly children: ReactNode;
}) {
  const said = useFrameWords();
  const language = useFrameLanguage();
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      centered
      {...(props.size === undefined ? {} : { size: props.size })}
    >
      <Modal.Overlay />
      <Modal.Content lang={language}>
        {/* Not Modal.Header: its <header> would be a second banner of the page to a screen reader. */}
        <div className="fo-dialog-head">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={said.close} />
        </div>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
