import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { type Answers, answerAt, placesOfField } from './answers.ts';
import type { Language } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';
import type { OtherAnswer } from './joined-answers.ts';
import { SECTIONS } from './sections.ts';

/** What is told of a second window that answers the same form: nothing until its answers were joined with these. */
export function useOtherWindow() {
  const [differ, setDiffer] = useState<readonly OtherAnswer[] | null>(null);
  const tell = useCallback(
    (found: readonly OtherAnswer[]) =>
      setDiffer((before) => [
        ...(before ?? []).filter((known) => found.every(({ path }) => path !== known.path)),
        ...found,
      ]),
    [],
  );
  const done = useCallback(() => setDiffer(null), []);
  const settle = useCallback(
    (path: string) => setDiffer((before) => before?.filter((one) => one.path !== path) ?? null),
    [],
  );
  return { differ, tell, done, settle };
}

const shown = (value: unknown, none: string): string =>
  value === undefined ? none : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Says that another window's answers were added, and where the two differ, what that one says. */
export function OtherWindow(props: {
  readonly other: ReturnType<typeof useOtherWindow>;
  readonly answers: Answers;
  readonly answer: (path: string, value: unknown) => void;
  readonly language: Language;
}) {
  const { other, answers, answer, language } = props;
  const words = INTAKE_WORDS[language];
  if (other.differ === null) return null;
  const fields = SECTIONS.flatMap((section) => section.fields);
  const label = (path: string): string =>
    fields.find((field) =>
      placesOfField(field).some((place) => path === place || path.startsWith(`${place}.`)),
    )?.label[language] ?? path;
  return (
    <div className="fo-stack fo-tight" role="status">
      <p>{words.otherWindow}</p>
      {other.differ.length > 0 && (
        <>
          <p>{words.otherDiffers}</p>
          <ul>
            {other.differ.map(({ path, theirs }) => (
              <li key={path}>
                {label(path)} <b>{shown(answerAt(answers, path), words.open)}</b> ({words.yours}),{' '}
                <b>{shown(theirs, words.open)}</b> ({words.otherSays}){' '}
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    answer(path, theirs);
                    other.settle(path);
                  }}
                >
                  {words.takeIt}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="fo-row">
        <Button size="xs" variant="default" onClick={other.done}>
          {words.allRight}
        </Button>
      </div>
    </div>
  );
}
