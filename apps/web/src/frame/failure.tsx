import type { Problem } from '@foramen/spine';
import type { ReactNode } from 'react';
import { ApiError, sessionEnded } from '../api/client.ts';
import { capital } from './figures.ts';
import { type Language, useFrameLanguage } from './frame-language.ts';
import { FRAME_WORDS, type FrameWords } from './frame-words.ts';
import { Icon } from './icon.tsx';

/** What went wrong, where, and what would help: one entry a problem, in the server's English. */
export function Problems({
  problems,
  language,
}: {
  readonly problems: readonly Problem[];
  readonly language?: Language;
}) {
  const around = useFrameLanguage();
  const { asSaid } = FRAME_WORDS[language ?? around].wrong;
  return (
    <div className="fo-failure" role="alert">
      <Icon name="alert" />
      <div>
        {asSaid !== '' && <p>{asSaid}</p>}
        {problems.map((problem) => (
          <p key={`${problem.where} ${problem.what}`} lang="en">
            {problem.where !== '' && <strong>{problem.where}: </strong>}
            {sentence(problem.what)} {sentence(problem.help)}
          </p>
        ))}
      </div>
    </div>
  );
}

/** What happened and what helps, in a sentence or two. */
export function explain(error: unknown, said: FrameWords['wrong']): string {
  if (sessionEnded(error)) return said.ended;
  if (error instanceof ApiError) {
    if (error.status === 403) return said.forbidden;
    if (error.status === 404) return said.gone;
    if (error.status === 413) return said.large;
    if (error.status >= 500 && error.problems.length === 0) return said.server;
  }
  if (error instanceof TypeError) return navigator.onLine ? said.away : said.offline;
  return error instanceof Error ? sentence(error.message) : said.nameless;
}

export function Failure({
  error,
  children,
  language,
}: {
  readonly error: unknown;
  readonly children?: ReactNode;
  /** Where nobody is signed in whose language it could be. */
  readonly language?: Language;
}) {
  const around = useFrameLanguage();
  const problems = error instanceof ApiError && !sessionEnded(error) ? error.problems : [];
  if (problems.length > 0 && children === undefined)
    return <Problems problems={problems} {...(language === undefined ? {} : { language })} />;
  const text = explain(error, FRAME_WORDS[language ?? around].wrong);
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

/** A page about a record that could not be had: named as the page would be, with what went wrong. */
export function RecordFailure({
  error,
  children,
}: {
  readonly error: unknown;
  readonly children?: ReactNode;
}) {
  const { titles } = FRAME_WORDS[useFrameLanguage()];
  return (
    <div className="fo-stack">
      <h1>{titles.patients}</h1>
      <Failure error={error}>{children}</Failure>
    </div>
  );
}

function sentence(text: string): string {
  const first = capital(text.trim());
  if (first === '') return '';
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
