import type { Reason, Statement, Strength } from '@foramen/spine';
import { type ReactNode, Suspense, useState } from 'react';
import { later } from '../frame/later.tsx';
import { useLanguage, useReader, useTabWords, Wording } from './reader.tsx';
import './judgement.css';

/** Citations come with the evidence base: both are loaded when somebody first asks why. */
const ExplainedReasons = later(() =>
  import('./explained-reasons.tsx').then((m) => ({ default: m.ExplainedReasons })),
);

const BARS: Readonly<Record<Strength, number>> = { strong: 3, moderate: 2, weak: 1, insufficient: 0 };

function StrengthMark({ strength }: { readonly strength: Strength }) {
  const text = useTabWords().strength[strength];
  return (
    <span className="fo-strength" title={text} role="img" aria-label={text}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} data-on={bar <= BARS[strength]} />
      ))}
    </span>
  );
}

/** A line that opens to its reasons: the facts of this case and the records of the evidence base behind it. */
export function Reasoned(props: {
  readonly because: readonly Reason[];
  readonly children: ReactNode;
  readonly reader?: 'clinician' | 'patient';
  readonly language?: string;
}) {
  const [open, setOpen] = useState(false);
  const reader = useReader();
  const language = useLanguage();
  return (
    <details
      className="fo-statement"
      data-reasons={props.because.length}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{props.children}</summary>
      {open && (
        <Suspense fallback={<p className="fo-reasons fo-quiet">…</p>}>
          <ExplainedReasons
            because={props.because}
            reader={props.reader ?? reader}
            language={props.language ?? (reader === 'patient' ? language : 'en')}
          />
        </Suspense>
      )}
    </details>
  );
}

export function StatementLine({ statement }: { readonly statement: Statement }) {
  return (
    <Reasoned because={statement.because}>
      <span>
        <Wording statement={statement} />
      </span>
      <StrengthMark strength={statement.strength} />
    </Reasoned>
  );
}

export function Statements({ of }: { readonly of: readonly Statement[] }) {
  return (
    <div className="fo-statements">
      {of.map((statement) => (
        <StatementLine key={`${statement.key} ${statement.text}`} statement={statement} />
      ))}
    </div>
  );
}
