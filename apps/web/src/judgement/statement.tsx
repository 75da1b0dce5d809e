import type { Reason, Statement, Strength } from '@foramen/spine';
import { Link } from '../frame/router.tsx';
import './judgement.css';

const STRENGTH: Readonly<Record<Strength, { readonly bars: number; readonly text: string }>> = {
  strong: { bars: 3, text: 'Strong support' },
  moderate: { bars: 2, text: 'Moderate support' },
  weak: { bars: 1, text: 'Weak support' },
  insufficient: { bars: 0, text: 'Insufficient evidence' },
};

export function StrengthMark({ strength }: { readonly strength: Strength }) {
  const { bars, text } = STRENGTH[strength];
  return (
    <span className="fo-strength" title={text} role="img" aria-label={text}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} data-on={bar <= bars} />
      ))}
    </span>
  );
}

/** A statement that opens to its reasons: the facts of this case and the records of the evidence base behind it. */
export function StatementLine({ statement }: { readonly statement: Statement }) {
  return (
    <details className="fo-statement">
      <summary>
        <span>{statement.text}</span>
        <StrengthMark strength={statement.strength} />
      </summary>
      <Reasons because={statement.because} />
    </details>
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

export function Reasons({ because }: { readonly because: readonly Reason[] }) {
  return (
    <ul className="fo-reasons">
      {because.map((reason) => (
        <li key={`${reason.kind} ${reason.kind === 'fact' ? reason.path : reason.id} ${reason.text}`}>
          <ReasonLine reason={reason} />
        </li>
      ))}
    </ul>
  );
}

function ReasonLine({ reason }: { readonly reason: Reason }) {
  switch (reason.kind) {
    case 'fact':
      return (
        <>
          <span className="fo-reason-kind">Fact</span> {reason.text}{' '}
          <code className="fo-path">{reason.path}</code>
        </>
      );
    case 'evidence':
      return (
        <>
          <span className="fo-reason-kind">Evidence</span> {reason.text}{' '}
          <Link className="fo-path" to={`/evidence?id=${encodeURIComponent(reason.id)}`}>
            {reason.id}
          </Link>
        </>
      );
    case 'rule':
      return (
        <>
          <span className="fo-reason-kind">Rule</span> {reason.text}{' '}
          <code className="fo-path">{reason.id}</code>
        </>
      );
  }
}
