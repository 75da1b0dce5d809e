import { Button } from '@mantine/core';
import { Icon } from '../frame/icon.tsx';
import { type Answers, answerAt, withAnswer } from './answers.ts';
import { type Control, PlainControl } from './controls.tsx';
import { INTAKE_WORDS } from './intake-words.ts';

/** A list of things with a few answers each: operations, treatments, medicines. A row that says nothing is not kept. */
export function RowsField(props: Control<'rows'> & { readonly problems: ReadonlyMap<string, string> }) {
  const { field, value, onChange, language, problems } = props;
  const rows = Array.isArray(value) ? (value as readonly Answers[]) : [];
  const words = INTAKE_WORDS[language];
  return (
    <fieldset className="fo-q" data-wide>
      <legend>{field.label[language]}</legend>
      {rows.map((row, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and are only taken away or added below
        <div className="fo-q-row" key={n}>
          {field.columns.map((column) =>
            column.kind === 'rows' || column.kind === 'places' || column.kind === 'questionnaires' ? null : (
              <PlainControl
                key={column.path}
                field={column}
                value={answerAt(row, column.path)}
                language={language}
                wrong={problems.get(`${field.path}.${n}.${column.path}`)}
                onChange={(answer) =>
                  onChange(rows.map((other, k) => (k === n ? withAnswer(row, column.path, answer) : other)))
                }
              />
            ),
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<Icon name="cross" size={12} />}
            onClick={() => onChange(rows.filter((_, k) => k !== n))}
          >
            {words.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={() => onChange([...rows, {}])}>
          {field.add[language]}
        </Button>
      </div>
    </fieldset>
  );
}
