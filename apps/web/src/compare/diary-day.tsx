import { useState } from 'react';
import { getJson, sendJson } from '../api/client.ts';
import type { DiaryEntry } from '../api/shapes.ts';
import { later, Part } from '../frame/later.tsx';
import { SendForm } from '../frame/send-form.tsx';
import { DateEntry, PlainControl } from '../intake/controls.tsx';
import { type Field, label } from '../intake/fields.ts';
import { useLanguage } from '../judgement/reader.tsx';
import '../intake/intake.css';

const Standing = later(() => import('../intake/standing.tsx').then((m) => ({ default: m.Standing })));

const PAIN: Extract<Field, { kind: 'scale' }> = {
  kind: 'scale',
  path: 'pain',
  label: label('Pain today', 'Dolor de hoy'),
  ends: [label('no pain', 'sin dolor'), label('the worst', 'el peor')],
};
const STEPS: Extract<Field, { kind: 'number' }> = {
  kind: 'number',
  path: 'steps',
  min: 0,
  max: 200_000,
  label: label('Steps', 'Pasos'),
};
const NOTE: Extract<Field, { kind: 'text' }> = {
  kind: 'text',
  path: 'note',
  max: 2000,
  long: true,
  label: label('Note', 'Nota'),
};

const SAID = {
  en: {
    title: 'A day of the diary',
    button: 'Write it down',
    missing: 'Say how the pain was, how many steps, or a word about the day.',
    danger:
      'Nobody reads the diary at once. Numb between the legs, trouble passing urine, or a leg that gets weak: get help now.',
    written: 'Written. What stood there before is kept.',
  },
  es: {
    title: 'Un día del diario',
    button: 'Apuntar',
    missing: 'Diga cómo fue el dolor, cuántos pasos, o unas palabras del día.',
    danger:
      'Nadie lee el diario al momento. Si nota dormida la zona entre las piernas, le cuesta orinar o una pierna pierde fuerza, pida ayuda ya.',
    written: 'Apuntado. Lo que había antes se guarda.',
  },
} as const;

interface Day {
  readonly pain?: unknown;
  readonly steps?: unknown;
  readonly note?: unknown;
}

/** One day of the diary, to be written or written again. */
export function DiaryDay(props: {
  readonly patientId: string;
  readonly entries: readonly DiaryEntry[];
  readonly onWritten: (entries: readonly DiaryEntry[]) => void;
}) {
  const base = `/api/patients/${encodeURIComponent(props.patientId)}/diary`;
  const [date, setDate] = useState(() => localDay(new Date()));
  const [day, setDay] = useState<Day>(() => writtenOn(props.entries, date));
  const [written, setWritten] = useState(false);
  const [opened] = useState(() => new Date().toISOString());
  const language = useLanguage();
  const said = SAID[language];
  const change = (part: Day) => {
    setDay({ ...day, ...part });
    setWritten(false);
  };
  const empty = day.pain === undefined && day.steps === undefined && day.note === undefined;
  const send = async () => {
    await sendJson('PUT', `${base}/${encodeURIComponent(date)}`, {
      pain: day.pain ?? null,
      steps: day.steps ?? null,
      note: day.note ?? null,
    });
    const { entries } = await getJson<{ readonly entries: readonly DiaryEntry[] }>(base);
    setWritten(true);
    props.onWritten(entries);
  };
  return (
    <SendForm
      title={said.title}
      heading="h3"
      button={said.button}
      variant="default"
      missing={empty ? said.missing : ''}
      send={send}
    >
      <div className="fo-questions">
        <DateEntry
          field={{ kind: 'date', path: 'date', label: label('Day', 'Día') }}
          value={date}
          language={language}
          onChange={(value) => {
            const chosen = typeof value === 'string' ? value : localDay(new Date());
            setDate(chosen);
            setDay(writtenOn(props.entries, chosen));
            setWritten(false);
          }}
        />
        <PlainControl
          field={STEPS}
          value={day.steps}
          language={language}
          onChange={(steps) => change({ steps })}
        />
        <PlainControl
          field={PAIN}
          value={day.pain}
          language={language}
          onChange={(pain) => change({ pain })}
        />
        <PlainControl
          field={NOTE}
          value={day.note}
          language={language}
          onChange={(note) => change({ note })}
        />
      </div>
      {typeof day.note === 'string' && (
        <Part quiet>
          <Standing
            answers={{ symptoms: { freeText: day.note } }}
            language={language}
            reader="patient"
            now={opened}
            quiet
          />
        </Part>
      )}
      <p className="fo-quiet fo-small">{said.danger}</p>
      {written && <p role="status">{said.written}</p>}
    </SendForm>
  );
}

function writtenOn(entries: readonly DiaryEntry[], date: string): Day {
  const entry = entries.find((other) => other.date === date);
  return entry === undefined
    ? {}
    : {
        pain: entry.pain ?? undefined,
        steps: entry.steps ?? undefined,
        note: entry.note ?? undefined,
      };
}

/** The day where the reader is, as YYYY-MM-DD. */
function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
