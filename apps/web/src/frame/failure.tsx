import type { Problem } from '@foramen/spine';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
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

export function Failure({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  // A wrong password is a 401 as well, and says so itself.
  const ended =
    error instanceof ApiError && error.status === 401 && error.problems.every((p) => p.where === 'session');
  const problems = error instanceof ApiError && !ended ? error.problems : [];
  if (problems.length > 0 && children === undefined) return <Problems problems={problems} />;
  const text = ended
    ? 'Your session has ended. Load the page again to sign in.'
    : error instanceof ApiError && error.status === 403
      ? 'You may not see this record.'
      : error instanceof ApiError && error.status === 404
        ? 'This record is not there, or it is not yours to see.'
        : error instanceof TypeError
          ? 'The server cannot be reached. Check that it runs, then try again.'
          : error instanceof Error
            ? sentence(error.message)
            : 'Something failed that has no name.';
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
