import type { ReactNode } from 'react';

/** A table without controls that may be wider than the screen: keys scroll it too. */
export function WideTable(props: {
  readonly label: string;
  readonly panel?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section
      className={props.panel === true ? 'fo-panel fo-scroll' : 'fo-scroll'}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
