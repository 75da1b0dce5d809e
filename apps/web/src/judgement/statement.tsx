import type { Reason, Statement, Strength } from '@foramen/spine';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useLanguage, useReader, Wording } from './reader.tsx';
import './judgement.css';

/** Citations come with the evidence base: both are loaded when somebody first asks why. */
const ExplainedReasons = lazy(() =>
  import('./explained-reasons.tsx').then((m) => ({ default: m.ExplainedReasons })),
);

const STRENGTH: Readonly<Record<Strength, { readonly bars: number; readonly text: string }>> = {
  strong: { bars: 3, text: 'Strong support' },
  moderate: { bars: 2, text: 'Moderate support' },
  weak: { bars: 1, text: 'Weak support' },
  insufficient: { bars: 0, text: 'Insufficient evidence' },
};

function StrengthMark({ strength }: { readonly strength: Strength }) {
  const { bars, text } = STRENGTH[strength];
  return (
    <span className="fo-strength" title={text} role="img" aria-label={text}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} data-on={bar <= bars} />
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
