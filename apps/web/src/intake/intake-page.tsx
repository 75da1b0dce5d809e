import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ApiError, getJson, getTagged, NO_INTAKE, sendJson, type Tagged } from '../api/client.ts';
import type { PatientDetail } from '../api/shapes.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure, RecordFailure } from '../frame/failure.tsx';
import { day } from '../frame/figures.ts';
import { recordLanguage, useFrameWords, useSpoken } from '../frame/frame-language.ts';
import { LanguagePicker } from '../frame/language-picker.tsx';
import { later, Part } from '../frame/later.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { Link, navigate } from '../frame/router.tsx';
import { useWho } from '../frame/who.ts';
import {
  type Answers,
  answerAt,
  differences,
  placesOfField,
  problemsOf,
  sendable,
  withAnswer,
} from './answers.ts';
import { PlainControl } from './controls.tsx';
import type { Field, Language, Section } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';
import { OtherWindow, useOtherWindow } from './other-window.tsx';
import { PlacesField } from './places-field.tsx';
import { QuestionnairesField } from './questionnaires-field.tsx';
import { RowsField } from './rows-field.tsx';
import { SECTIONS } from './sections.ts';
import { type Draft, type Kept, useDraft } from './use-draft.ts';
import './intake.css';

const Standing = later(() => import('./standing.tsx').then((m) => ({ default: m.Standing })));

type Sent = Tagged<Answers> | null;

const addressOf = (patientId: string) => `/api/patients/${encodeURIComponent(patientId)}/intake`;

/** The intake of a patient: the answers sent last, or the draft this account has begun, to be filled in and sent. */
export function IntakePage({ patientId }: { readonly patientId: string }) {
  const base = addressOf(patientId);
  const said = useFrameWords();
  const [loaded] = useLoaded(`intake ${patientId}`, async (signal) => {
    const detail = await getJson<PatientDetail>(`/api/patients/${encodeURIComponent(patientId)}`, signal);
    const [sent, { draft }] = await Promise.all([
      detail.has.intake ? getTagged<Answers>(base, signal) : null,
      getJson<{ readonly draft: Draft | null }>(`${base}/draft`, signal),
    ]);
    // What the record knows of the person needs no second asking.
    const { birthDate, sex } = detail;
    const known: Answers = {
      ...(birthDate === null ? {} : { birthDate }),
      ...(sex === 'unknown' ? {} : { sex }),
    };
    const blank: Answers = Object.keys(known).length === 0 ? {} : { person: known };
    return { name: detail.name, sent, draft, blank };
  });
  if (loaded.state === 'loading') return <p className="fo-quiet">{said.loading}</p>;
  if (loaded.state === 'failed') return <RecordFailure error={loaded.error} />;
  return <IntakeForm patientId={patientId} {...loaded.value} />;
}

interface FormProps {
  readonly patientId: string;
  readonly name: string;
  readonly sent: Sent;
  readonly draft: Draft | null;
  /** What stands in a form nobody has answered yet. */
  readonly blank: Answers;
}

function IntakeForm({ patientId, name, sent: first, draft, blank }: FormProps) {
  const base = addressOf(patientId);
  const now = useMemo(() => new Date().toISOString(), []);
  const today = now.slice(0, 10);
  const role = useWho()?.role ?? null;
  const own = role === 'patient';
  const [sent, setSent] = useState<Sent>(first);
  const [answers, setAnswers] = useState<Answers>(draft?.body ?? first?.value ?? blank);
  const [began, setBegan] = useState(draft?.updatedAt ?? null);
  const [chosen, setChosen] = useState<Language | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [dropped, setDropped] = useState(false);
  /** What somebody else sent while this was being filled in. */
  const [theirs, setTheirs] = useState<NonNullable<Sent> | null>(null);
  const basedOn = draft === null ? (first?.tag ?? null) : draft.basedOn;
  const other = useOtherWindow();
  const { kept, change, keep, settled } = useDraft(
    `${base}/draft`,
    { revision: draft?.revision ?? 0, basedOn, body: answers },
    (join) => {
      const { answers: both, differ } = join(answers);
      setAnswers(both);
      other.tell(differ);
    },
  );
  const [from, setFrom] = useState(basedOn);

  const told = answerAt(answers, 'person.language');
  const language: Language = chosen ?? (own ? recordLanguage(told, own) : 'en');
  useSpoken(own ? language : null);
  const words = INTAKE_WORDS[language];
  usePageTitle(`${words.page}: ${name}`);
  const problems = useMemo(() => problemsOf(answers), [answers]);
  const sections = SECTIONS.filter((section) => !own || section.clinical !== true);

  const answer = (path: string, value: unknown) => {
    // A form that is filled in again is of today; whoever copies an older sheet changes the day.
    const dated =
      path === 'date' || kept.state !== 'unchanged' || began !== null
        ? answers
        : withAnswer(answers, 'date', today);
    const next = withAnswer(dated, path, value);
    setAnswers(next);
    setDropped(false);
    change(next);
  };
  const send = async (tag: string | null) => {
    setTried(true);
    if (problems.size > 0) return;
    setBusy(true);
    setError(null);
    try {
      await keep();
      await sendJson('PUT', base, sendable(answers), { 'If-Match': tag ?? NO_INTAKE });
      settled(null, answers);
      navigate(`/patients/${encodeURIComponent(patientId)}?tab=${own ? 'patient' : 'assessment'}`);
    } catch (caught) {
      const newest =
        caught instanceof ApiError && caught.status === 412
          ? await getTagged<Answers>(base).catch(() => null)
          : null;
      if (newest === null) setError(caught);
      else setTheirs(newest);
      setBusy(false);
    }
  };
  const startFrom = async (state: Sent) => {
    setError(null);
    try {
      settled(state?.tag ?? null, state?.value ?? blank);
      other.done();
      await sendJson('DELETE', `${base}/draft`);
      setSent(state);
      setAnswers(state?.value ?? blank);
      setFrom(state?.tag ?? null);
      setBegan(null);
      setTheirs(null);
      setTried(false);
      setDropped(true);
    } catch (caught) {
      setError(caught);
    }
  };
  const changed = began !== null || kept.state !== 'unchanged';
  return (
    <div className="fo-stack fo-intake" lang={language}>
      <div className="fo-row">
        <h1>{words.page}</h1>
        <Link to={`/patients/${encodeURIComponent(patientId)}`}>{name}</Link>
        <span className="fo-grow" />
        <LanguagePicker language={language} onChange={setChosen} />
      </div>
      {began !== null && kept.state === 'unchanged' && (
        <p className="fo-panel fo-pad">{words.draftFrom(day(began))}</p>
      )}
      {dropped && (
        <p className="fo-panel fo-pad" role="status">
          {words.discarded}
        </p>
      )}
      <Part quiet>
        <Standing answers={answers} language={language} reader={own ? 'patient' : 'clinician'} now={now} />
      </Part>
      <div className="fo-intake-columns">
        <nav aria-label={words.sections} className="fo-intake-nav">
          {sections.map((section) => {
            const [done, all] = counted(section, answers);
            return (
              <a key={section.id} href={`#${section.id}`}>
                {section.title[language]}
                <span className="fo-quiet fo-small">
                  {done}/{all}
                </span>
              </a>
            );
          })}
        </nav>
        <div className="fo-stack">
          {sections.map((section) => (
            <section className="fo-panel fo-pad fo-section" key={section.id} id={section.id}>
              <h2>{section.title[language]}</h2>
              {section.hint !== undefined && (
                <p className="fo-quiet fo-small fo-hint">{section.hint[language]}</p>
              )}
              <div className="fo-questions">
                {section.fields.map((field) => (
                  <Question
                    key={field.path}
                    field={field}
                    answers={answers}
                    answer={answer}
                    language={language}
                    problems={problems}
                    today={today}
                  />
                ))}
              </div>
            </section>
          ))}
        </div>
      </div>
      <div className="fo-intake-foot fo-panel">
        <OtherWindow other={other} answers={answers} answer={answer} language={language} />
        {error !== null && <Failure error={error} />}
        {theirs !== null && (
          <Meanwhile
            mine={answers}
            theirs={theirs.value}
            language={language}
            onMine={() => {
              const tag = theirs.tag;
              setTheirs(null);
              setFrom(tag);
              void send(tag);
            }}
            onTheirs={() => void startFrom(theirs)}
          />
        )}
        {tried && problems.size > 0 && (
          <p className="fo-wrong" role="alert">
            {words.wrongCount(problems.size)}
          </p>
        )}
        <div className="fo-row">
          <Button loading={busy} disabled={!changed} onClick={() => void send(from)}>
            {words.send}
          </Button>
          {changed && (
            <Button variant="default" disabled={busy} onClick={() => void startFrom(sent)}>
              {words.discard}
            </Button>
          )}
          <Keeping kept={kept} began={began} language={language} onAgain={() => void keep()} />
        </div>
      </div>
    </div>
  );
}

function Keeping(props: {
  readonly kept: Kept;
  readonly began: string | null;
  readonly language: Language;
  readonly onAgain: () => void;
}) {
  const words = INTAKE_WORDS[props.language];
  const { kept } = props;
  const time = (iso: string) =>
    new Date(iso).toLocaleTimeString(props.language === 'es' ? 'es' : 'en-GB', {
      hour: '2-digit',
      minute: '2-digit',
    });
  switch (kept.state) {
    case 'unchanged':
      return (
        <span className="fo-quiet fo-small">
          {props.began === null ? words.nothingYet : words.savedAt(time(props.began))}
        </span>
      );
    case 'keeping':
      return <span className="fo-quiet fo-small">{words.saving}</span>;
    case 'kept':
      return (
        <span className="fo-quiet fo-small" role="status">
          {words.savedAt(time(kept.at))}
        </span>
      );
    case 'failed':
      return (
        <div className="fo-row fo-tight" role="alert">
          <span className="fo-wrong">{words.notSaved}</span>
          <Failure error={kept.error} />
          <Button size="xs" variant="default" onClick={props.onAgain}>
            {words.again}
          </Button>
        </div>
      );
  }
}

interface QuestionProps {
  readonly field: Field;
  readonly answers: Answers;
  readonly answer: (path: string, value: unknown) => void;
  readonly language: Language;
  readonly problems: ReadonlyMap<string, string>;
  readonly today: string;
}

function Question({ field, answers, answer, language, problems, today }: QuestionProps) {
  const common = {
    value: answerAt(answers, field.path),
    language,
    onChange: (value: unknown) => answer(field.path, value),
  };
  switch (field.kind) {
    case 'rows':
      return <RowsField field={field} {...common} problems={problems} />;
    case 'places':
      return <PlacesField field={field} answers={answers} language={language} onChange={answer} />;
    case 'questionnaires':
      return <QuestionnairesField {...common} today={today} problems={problems} />;
    default:
      return <PlainControl field={field} {...common} wrong={problems.get(field.path)} />;
  }
}

function counted(section: Section, answers: Answers): readonly [number, number] {
  const answered = section.fields.filter((field) =>
    placesOfField(field).some((path) => answerAt(answers, path) !== undefined),
  );
  return [answered.length, section.fields.length];
}

/** Somebody else was quicker: what differs, and whose answers are to stand. Both remain on record. */
function Meanwhile(props: {
  readonly mine: Answers;
  readonly theirs: Answers;
  readonly language: Language;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const { language } = props;
  const words = INTAKE_WORDS[language];
  const said = (answers: Answers, field: Field) => {
    const value = answerAt(answers, field.path);
    if (value === undefined) return words.open;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return (
    <div className="fo-stack fo-tight" role="alert">
      <p>{words.meanwhile}</p>
      <ul>
        {differences(props.mine, props.theirs, SECTIONS).map((field) => (
          <li key={field.path}>
            {field.label[language]} <b>{said(props.theirs, field)}</b> ({words.theirs}),{' '}
            <b>{said(props.mine, field)}</b> ({words.yours})
          </li>
        ))}
      </ul>
      <div className="fo-row">
        <Button size="xs" variant="default" onClick={props.onMine}>
          {words.sendMine}
        </Button>
        <Button size="xs" variant="default" onClick={props.onTheirs}>
          {words.takeTheirs}
        </Button>
      </div>
    </div>
  );
}
