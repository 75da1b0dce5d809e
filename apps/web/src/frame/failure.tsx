import type { Problem } from '@foramen/spine';
import type { ReactNode } from 'react';
import { ApiError, sessionEnded } from '../api/client.ts';
import { capital } from './figures.ts';
import { Icon } from './icon.tsx';

/** What went wrong, where, and what would help: one entry a problem. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className="fo-failure" role="alert">
      <Icon name="alert" />
      <div>
        {problems.map((problem) => (
          <p key={`${problem.where} ${problem.what}`}>
            {problem.where !== '' && <strong>{problem.where}: </strong>}
            {sentence(problem.what)} {sentence(problem.help)}
          </p>
        ))}
      </div>
    </div>
  );
}

/** What happened and what helps, in a sentence or two. */
export function explain(error: unknown): string {
  if (sessionEnded(error)) return 'Your session has ended. Sign in again.';
  if (error instanceof ApiError) {
    if (error.status === 403) return 'You may not see this record.';
    if (error.status === 404) return 'This record is not there, or it is not yours to see.';
    if (error.status === 413) return 'That is more than this server takes at once. Send less, or in parts.';
    if (error.status >= 500 && error.problems.length === 0)
      return 'The server could not do it just now. Try again in a moment.';
  }
  if (error instanceof TypeError)
    return navigator.onLine
      ? 'The server cannot be reached. Check that it runs, then try again.'
      : 'This computer is offline. Try again when the network is back.';
  return error instanceof Error ? sentence(error.message) : 'Something failed that has no name.';
}

export function Failure({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  const problems = error instanceof ApiError && !sessionEnded(error) ? error.problems : [];
  if (problems.length > 0 && children === undefined) return <Problems problems={problems} />;
  const text = explain(error);
  return (
    <div className="fo-failure" role="alert">
      <Icon name="alert" />
      <div>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}

function sentence(text: string): string {
  const first = capital(text.trim());
  if (first === '') return '';
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
