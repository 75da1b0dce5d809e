import { writtenDay } from '@foramen/spine';
import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../frame/icon.tsx';
import { typedNumber } from './answers.ts';
import { type Field, type Label, type Language, type Option, YES_NO } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';

export interface Control<K extends Field['kind'] = Field['kind']> {
  readonly field: Extract<Field, { kind: K }>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly language: Language;
  /** What is wrong with the answer as it stands. */
  readonly wrong?: string | undefined;
}

function Wrong({
  id,
  text,
  language,
}: {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}) {
  return (
    <span className="fo-wrong fo-small" id={id}>
      {INTAKE_WORDS[language].cannotBe} {text}
    </span>
  );
}

/** One of a few words; nothing is chosen until somebody chooses, and a choice can be taken back. */
function Choice(props: {
  readonly label: Label;
  readonly options: readonly Option[];
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly language: Language;
  readonly wrong?: string | undefined;
}) {
  const { label, options, value, onChange, language, wrong } = props;
  const name = useId();
  return (
    <fieldset className="fo-q" data-answered={value !== undefined}>
      <legend>{label[language]}</legend>
      <div className="fo-choice">
        {options.map((option, n) => (
          <span className="fo-choice-one" key={option.value}>
            <label data-on={value === option.value}>
              <input
                type="radio"
                name={name}
                checked={value === option.value}
                onChange={() => onChange(option.value)}
              />
              {option.label[language]}
            </label>
            {n === options.length - 1 && (
              <Clear
                shown={value !== undefined}
                onClear={() => onChange(undefined)}
                of={label}
                language={language}
              />
            )}
          </span>
        ))}
      </div>
      {wrong !== undefined && <Wrong id={`${name}-wrong`} text={wrong} language={language} />}
    </fieldset>
  );
}

/** Stands beside the last word and keeps its place while there is nothing to clear: answering moves nothing under the finger. */
function Clear(props: {
  readonly shown: boolean;
  readonly onClear: () => void;
  readonly of: Label;
  readonly language: Language;
}) {
  const word = INTAKE_WORDS[props.language].clear;
  return (
    <button
      type="button"
      className="fo-clear"
      aria-label={`${word}: ${props.of[props.language]}`}
      title={word}
      data-shown={props.shown}
      onClick={props.onClear}
    >
      <Icon name="cross" size={12} />
    </button>
  );
}

/** A label over its entry. */
function Labelled(props: {
  readonly label: Label;
  readonly language: Language;
  readonly wrong: string | undefined;
  readonly wide?: boolean;
  readonly children: (id: string, describedBy: string | undefined) => ReactNode;
}) {
  const id = useId();
  const { wrong } = props;
  return (
    <div className="fo-q" data-wide={props.wide === true}>
      <label htmlFor={id}>{props.label[props.language]}</label>
      {props.children(id, wrong === undefined ? undefined : `${id}-wrong`)}
      {wrong !== undefined && <Wrong id={`${id}-wrong`} text={wrong} language={props.language} />}
    </div>
  );
}

/** A range up to here is that of a scale and helps; a wider one only bounds what can be, and is told when it is left. */
const TOLD_RANGE = 100;

/** What was typed stays as it was typed while it is the same number: "1.", "1,5". */
function NumberEntry({ field, value, onChange, language, wrong }: Control<'number'>) {
  const [text, setText] = useState('');
  const typed = typedNumber(text);
  const shown = typed === value ? text : value === undefined || value === null ? '' : String(value);
  return (
    <Labelled label={field.label} language={language} wrong={wrong}>
      {(id, describedBy) => (
        <span className="fo-entry">
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            value={shown}
            aria-invalid={wrong !== undefined}
            aria-describedby={describedBy}
            placeholder={field.max > TOLD_RANGE ? undefined : `${field.min}–${field.max}`}
            onChange={(event) => {
              setText(event.currentTarget.value);
              onChange(typedNumber(event.currentTarget.value));
            }}
          />
          {field.unit !== undefined && (
            <span className="fo-quiet fo-small">{unitIn(field.unit, language)}</span>
          )}
        </span>
      )}
    </Labelled>
  );
}

const UNITS_ES: Readonly<Record<string, string>> = { weeks: 'semanas', years: 'años', 'of 6': 'de 6' };
function unitIn(unit: string, language: Language): string {
  return language === 'es' ? (UNITS_ES[unit] ?? unit) : unit;
}

function TextEntry({ field, value, onChange, language, wrong }: Control<'text'>) {
  const shown = typeof value === 'string' ? value : '';
  const change = (text: string) => onChange(text === '' ? undefined : text);
  return (
    <Labelled label={field.label} language={language} wrong={wrong} wide={field.long === true}>
      {(id, describedBy) =>
        field.long === true ? (
          <textarea
            id={id}
            rows={4}
            maxLength={field.max}
            value={shown}
            aria-describedby={describedBy}
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <input
            id={id}
            maxLength={field.max}
            autoComplete="off"
            value={shown}
            aria-describedby={describedBy}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )
      }
    </Labelled>
  );
}

export function DateEntry({ field, value, onChange, language, wrong }: Control<'date'>) {
  return (
    <Labelled label={field.label} language={language} wrong={wrong}>
      {(id, describedBy) => (
        <span className="fo-entry">
          <input
            id={id}
            type="date"
            value={typeof value === 'string' ? value : ''}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.currentTarget.value || undefined)}
          />
          {/* Browsers write 11/03 or 03/11 as they like: the month in letters settles it. */}
          {typeof value === 'string' && value !== '' && (
            <span className="fo-quiet fo-small">{writtenDay(value, language)}</span>
          )}
        </span>
      )}
    </Labelled>
  );
}

/** Lines as they are typed; an empty line is none. */
function LinesEntry({ field, value, onChange, language, wrong }: Control<'lines'>) {
  const list = Array.isArray(value) ? (value as readonly string[]) : [];
  const [text, setText] = useState<string | null>(null);
  const read = (typed: string) =>
    typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const shown = text !== null && read(text).join('\n') === list.join('\n') ? text : list.join('\n');
  return (
    <Labelled label={field.label} language={language} wrong={wrong} wide>
      {(id, describedBy) => (
        <textarea
          id={id}
          rows={Math.max(2, list.length + 1)}
          value={shown}
          aria-describedby={describedBy}
          onChange={(event) => {
            setText(event.currentTarget.value);
            onChange(read(event.currentTarget.value));
          }}
        />
      )}
    </Labelled>
  );
}

function Scale({ field, value, onChange, language, wrong }: Control<'scale'>) {
  const name = useId();
  const ends = field.ends;
  return (
    <fieldset className="fo-q" data-wide data-answered={value !== undefined}>
      <legend>{field.label[language]}</legend>
      <div className="fo-choice fo-scale">
        {Array.from({ length: 11 }, (_, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is what it is
          <span className="fo-choice-one" key={n}>
            <label data-on={value === n}>
              <input type="radio" name={name} checked={value === n} onChange={() => onChange(n)} />
              {n}
            </label>
          </span>
        ))}
        <Clear
          shown={value !== undefined}
          onClear={() => onChange(undefined)}
          of={field.label}
          language={language}
        />
      </div>
      {ends !== undefined && (
        <div className="fo-ends fo-quiet fo-small">
          <span>{ends[0][language]}</span>
          <span>{ends[1][language]}</span>
        </div>
      )}
      {typeof value === 'number' && !Number.isInteger(value) && <span className="fo-small">{value}</span>}
      {wrong !== undefined && <Wrong id={`${name}-wrong`} text={wrong} language={language} />}
    </fieldset>
  );
}

function Several({ field, value, onChange, language }: Control<'several'>) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    <fieldset className="fo-q">
      <legend>{field.label[language]}</legend>
      <div className="fo-choice">
        {field.options.map((option) => {
          const on = chosen.includes(option.value);
          return (
            <label key={option.value} data-on={on}>
              <input
                type="checkbox"
                checked={on}
                onChange={() =>
                  onChange(on ? chosen.filter((v) => v !== option.value) : [...chosen, option.value])
                }
              />
              {option.label[language]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

type Plain = Exclude<Field['kind'], 'rows' | 'places' | 'questionnaires'>;

/** The control of a field that stands alone. */
export function PlainControl({ wrong: refused, ...rest }: Control<Plain>) {
  const { field } = rest;
  // What the schema says of it is for programs; here it is said what would do.
  const words = INTAKE_WORDS[rest.language];
  const wrong =
    refused === undefined
      ? undefined
      : field.kind === 'number'
        ? words.from(field.min, field.max)
        : words.otherwise;
  const props = { ...rest, wrong };
  switch (field.kind) {
    case 'yes-no':
      return <Choice {...props} label={field.label} options={YES_NO} />;
    case 'choice':
      return <Choice {...props} label={field.label} options={field.options} />;
    case 'number':
      return <NumberEntry {...props} field={field} />;
    case 'scale':
      return <Scale {...props} field={field} />;
    case 'text':
      return <TextEntry {...props} field={field} />;
    case 'date':
      return <DateEntry {...props} field={field} />;
    case 'lines':
      return <LinesEntry {...props} field={field} />;
    case 'several':
      return <Several {...props} field={field} />;
  }
}
