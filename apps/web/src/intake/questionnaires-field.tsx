import { INSTRUMENTS, instrumentNamed, scoreQuestionnaire } from '@foramen/care';
import type { Intake } from '@foramen/spine';
import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { instrumentName } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { DateEntry, PlainControl } from './controls.tsx';
import { type Language, label } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';

type Entry = NonNullable<Intake['questionnaires']>[number];

/** Questionnaires item by item, in the order of the instrument; the score is the engine's, and is worked out anew by the server. */
export function QuestionnairesField(props: {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly language: Language;
  readonly today: string;
  readonly problems: ReadonlyMap<string, string>;
}) {
  const { language, onChange, problems } = props;
  const words = INTAKE_WORDS[language];
  const entries = Array.isArray(props.value) ? (props.value as readonly Entry[]) : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const replace = (n: number, entry: Entry) => onChange(entries.map((other, k) => (k === n ? entry : other)));
  return (
    <div className="fo-q" data-wide>
      {entries.map((entry, n) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: an instrument may be filled in more than once on a day
          key={n}
          className="fo-panel fo-pad fo-stack fo-tight"
        >
          <legend>{instrumentName(entry.instrument)}</legend>
          <Items
            entry={entry}
            language={language}
            onChange={(changed) => replace(n, changed)}
            wrong={(path) => problems.get(`questionnaires.${n}.${path}`)}
          />
          <div className="fo-row">
            <Score entry={entry} language={language} />
            <span className="fo-grow" />
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<Icon name="cross" size={12} />}
              onClick={() => onChange(entries.filter((_, k) => k !== n))}
            >
              {words.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="fo-row">
        <Select
          size="xs"
          aria-label={words.addQuestionnaire}
          placeholder={words.addQuestionnaire}
          data={INSTRUMENTS.map((instrument) => ({
            value: instrument.id,
            label: instrumentName(instrument.id),
          }))}
          value={chosen}
          searchable
          onChange={(id) => {
            setChosen(null);
            const instrument = id === null ? undefined : instrumentNamed(id);
            if (instrument === undefined) return;
            const items = instrument.ranges.map(() => null);
            onChange([...entries, { instrument: instrument.id, date: props.today, items }]);
          }}
        />
      </div>
    </div>
  );
}

function Items(props: {
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
  readonly language: Language;
  readonly wrong: (path: string) => string | undefined;
}) {
  const { entry, onChange, language } = props;
  const words = INTAKE_WORDS[language];
  const instrument = instrumentNamed(entry.instrument);
  const date = (
    <DateEntry
      field={{ kind: 'date', path: 'date', label: label(words.taken, words.taken) }}
      value={entry.date}
      language={language}
      wrong={props.wrong('date')}
      onChange={(value) => {
        const { date: _, ...rest } = entry;
        onChange(value === undefined ? rest : { ...rest, date: value as string });
      }}
    />
  );
  if (instrument === undefined || (entry.items === undefined && entry.total !== undefined)) {
    return (
      <div className="fo-items">
        {date}
        <PlainControl
          field={{ kind: 'number', path: 'total', min: 0, max: 1000, label: label(words.total, words.total) }}
          value={entry.total}
          language={language}
          wrong={props.wrong('total')}
          onChange={(value) => onChange({ ...entry, total: value as number })}
        />
      </div>
    );
  }
  const items: readonly (number | null)[] = entry.items ?? instrument.ranges.map(() => null);
  return (
    <div className="fo-items">
      {date}
      {instrument.ranges.map(([low, high], k) => {
        const name = words.item(k + 1);
        return (
          <PlainControl
            // biome-ignore lint/suspicious/noArrayIndexKey: items have an order and no other name
            key={k}
            field={{ kind: 'number', path: String(k), min: low, max: high, label: label(name, name) }}
            value={items[k] ?? undefined}
            language={language}
            wrong={props.wrong(`items.${k}`) ?? outside(items[k], low, high, words.from(low, high))}
            onChange={(value) =>
              onChange({
                ...entry,
                items: instrument.ranges.map((_, n) =>
                  n === k ? ((value as number) ?? null) : (items[n] ?? null),
                ),
              })
            }
          />
        );
      })}
    </div>
  );
}

function outside(value: unknown, low: number, high: number, range: string): string | undefined {
  return typeof value === 'number' && (value < low || value > high) ? range : undefined;
}

/** The figure alone: what a band is called is for the clinician to say, not for the form. */
function Score({ entry, language }: { readonly entry: Entry; readonly language: Language }) {
  const words = INTAKE_WORDS[language];
  if (instrumentNamed(entry.instrument) === undefined) return null;
  // What was typed and is no number is named at its item; there is nothing to add up until it is one.
  if (entry.items?.some((item) => item !== null && typeof item !== 'number')) return null;
  const { score } = scoreQuestionnaire(entry, 'questionnaire');
  if (score.score === null) return <span className="fo-quiet fo-small">{words.noScore}</span>;
  return (
    <span>
      <strong>{Number(score.score.toFixed(2))}</strong>{' '}
      <span className="fo-quiet">
        {words.of} {score.max}
      </span>
    </span>
  );
}
