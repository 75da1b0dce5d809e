import {
  DETECTABLE_CHANGE,
  type FollowedMeasure,
  followStudies,
  type LevelComparison,
  type StudyCourse,
} from '@foramen/imaging';
import { type DiscLevel, withUnit } from '@foramen/spine';
import { SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { MEASURES } from '../findings/measures.ts';
import { Day } from '../frame/day.tsx';
import { amount } from '../frame/figures.ts';
import { mayWriteDiary, useWho } from '../frame/who.ts';
import { useReader, useTabWords } from '../judgement/reader.tsx';
import type { PatientRecord, StudyRecord } from '../record/patient-record.ts';
import { CoursePlot } from './course-plot.tsx';
import { DiaryDay } from './diary-day.tsx';
import { DiaryPlot } from './diary-plot.tsx';
import { MatchedSlices } from './matched-slices.tsx';
import './compare.css';

const TONE: Readonly<Partial<Record<LevelComparison['herniation'], 'good' | 'warn'>>> = {
  shrunk: 'good',
  resolved: 'good',
  grown: 'warn',
  appeared: 'warn',
};
const CALL = {
  baseline: '',
  smaller: 'smaller',
  unchanged: 'no change',
  greater: 'greater',
  'not-measured': '',
} as const;

/** What a follow-up is read for comes first; the rest keeps its reading order. */
const FIRST: readonly FollowedMeasure[] = [
  'herniationApMm',
  'herniationAreaMm2',
  'herniationWidthMm',
  'herniationVolumeMm3',
  'herniationCanalPercent',
  'migrationMm',
  'canalApMm',
  'duralSacAreaMm2',
];
function placeOf(measure: FollowedMeasure): number {
  const first = FIRST.indexOf(measure);
  return first >= 0 ? first : FIRST.length + MEASURES.findIndex((row) => row.key === measure);
}

export function TimeTab({ record }: { readonly record: PatientRecord }) {
  const studies = useMemo(
    () => record.studies.filter((study) => study.findings !== null).reverse(),
    [record.studies],
  );
  const [diary, setDiary] = useState(record.diary);
  const role = useWho()?.role ?? null;
  const writes = !record.local && mayWriteDiary(role);
  const said = useTabWords().time;
  const [first, last] = [diary[0], diary.at(-1)];
  return (
    <div className="fo-stack">
      {studies.length > 1 && <Studies studies={studies} />}
      {(first !== undefined || writes) && (
        <section className="fo-panel fo-pad fo-section">
          <h2>
            {said.diary}{' '}
            {first !== undefined && last !== undefined && (
              <span className="fo-quiet fo-small">
                <Day of={first.date} /> {said.to} <Day of={last.date} />
              </span>
            )}
          </h2>
          {diary.length > 0 && <DiaryPlot entries={diary} />}
          <Notes diary={diary} />
          {writes && <DiaryDay patientId={record.id} entries={diary} onWritten={setDiary} />}
        </section>
      )}
    </div>
  );
}

/** What was written in words, newest first. */
function Notes({ diary }: { readonly diary: PatientRecord['diary'] }) {
  const noted = diary.filter((entry) => entry.note !== null && entry.note !== '').reverse();
  if (noted.length === 0) return null;
  return (
    <ul className="fo-notes">
      {noted.map((entry) => (
        <li key={entry.date}>
          <span className="fo-quiet fo-small">
            <Day of={entry.date} />
          </span>{' '}
          {entry.note}
        </li>
      ))}
    </ul>
  );
}

/** Studies oldest first. */
function Studies({ studies }: { readonly studies: readonly StudyRecord[] }) {
  const course = useMemo(() => followStudies(studies.map((study) => study.findings!)), [studies]);
  const said = useTabWords().time;
  const plain = useReader() === 'patient';
  const newest = course.steps.at(-1);
  const levels = useMemo(() => [...new Set(course.courses.map((c) => c.level))], [course]);
  const [level, setLevel] = useState<DiscLevel | null>(null);
  const shownLevel = level ?? liveliest(course) ?? levels[0] ?? null;
  const rows = course.courses
    .filter((c) => c.level === shownLevel && c.values.some((value) => value !== null))
    .sort((a, b) => placeOf(a.measure) - placeOf(b.measure));
  const [measure, setMeasure] = useState<FollowedMeasure | null>(null);
  const shown =
    rows.find((row) => row.measure === measure) ??
    rows.find((row) => row.measure === 'herniationApMm') ??
    rows.find((row) => row.verdicts.some((v) => v === 'smaller' || v === 'greater')) ??
    rows[0];
  if (shownLevel === null) return null;
  const dates = studies.map((study, n) => study.date ?? course.dates[n] ?? null);
  const limits = [...new Set(course.steps.flatMap((step) => step.limits))];
  return (
    <>
      <section className="fo-panel fo-pad fo-section fo-stack fo-tight">
        <div className="fo-row">
          <h2>{said.studies(studies.length)}</h2>
          <div className="fo-scroll">
            <SegmentedControl
              size="xs"
              aria-label={said.level}
              data={levels.map((l) => ({ value: l, label: l }))}
              value={shownLevel}
              onChange={(value) => setLevel(value as DiscLevel)}
            />
          </div>
        </div>
        <ul className="fo-verdicts">
          {course.steps.map((step, n) => {
            const change = step.levels.find((l) => l.level === shownLevel);
            if (change === undefined || change.herniation === 'none') return null;
            const date = dates[n + 1];
            return (
              <li key={studies[n + 1]!.id}>
                <span className="fo-chip" data-tone={TONE[change.herniation]}>
                  {date == null ? said.numbered(n + 2) : <Day of={date} />}: {said.verdict[change.herniation]}
                </span>{' '}
                <span className="fo-quiet fo-small">
                  {said.since}
                  {/* By which measure is for whoever knows what it means. */}
                  {plain ? '' : `; ${change.because}`}
                </span>
              </li>
            );
          })}
        </ul>
        {!plain && (
          <div className="fo-course-grid">
            {shown !== undefined && (
              <div>
                <Select
                  size="xs"
                  aria-label="Measure"
                  className="fo-course-select"
                  allowDeselect={false}
                  data={rows.map((row) => ({ value: row.measure, label: rowOf(row.measure).name }))}
                  value={shown.measure}
                  onChange={(value) => setMeasure(value as FollowedMeasure)}
                />
                <CoursePlot
                  title={`${rowOf(shown.measure).name}, ${shownLevel}`}
                  unit={rowOf(shown.measure).unit}
                  digits={rowOf(shown.measure).digits}
                  points={shown.values.map((value, n) => ({ value, date: dates[n] ?? null }))}
                  detectable={detectableFor(shown.measure, shown.values)}
                />
                {detectableFor(shown.measure, shown.values) !== null && (
                  <p className="fo-small fo-quiet">
                    Shaded: within ±
                    {withUnit(
                      amount(detectableFor(shown.measure, shown.values)!, rowOf(shown.measure).digits),
                      rowOf(shown.measure).unit,
                    )}{' '}
                    of the first study, which repeating the measurement would show too.{' '}
                    {DETECTABLE_CHANGE[shown.measure]?.source ?? ''}
                  </p>
                )}
              </div>
            )}
            <div className="fo-scroll">
              <table className="fo-table fo-course-table">
                <thead>
                  <tr>
                    <th>Measure</th>
                    {dates.map((date, n) => (
                      <th className="fo-num" key={studies[n]!.id}>
                        {date === null ? said.numbered(n + 1) : <Day of={date} />}
                      </th>
                    ))}
                    <th className="fo-num">Error band</th>
                    <th>Against the first</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => {
                    const { name, unit, digits } = rowOf(row.measure);
                    const verdict = row.verdicts.findLast((v) => v !== 'not-measured') ?? 'not-measured';
                    const band = detectableFor(row.measure, row.values);
                    return (
                      <tr key={row.measure} data-on={row.measure === shown?.measure}>
                        <th scope="row">
                          <button
                            type="button"
                            className="fo-plain"
                            aria-pressed={row.measure === shown?.measure}
                            onClick={() => setMeasure(row.measure)}
                          >
                            {name}
                            {unit === '' ? '' : `, ${unit}`}
                          </button>
                        </th>
                        {row.values.map((value, n) => (
                          <td className="fo-num" key={studies[n]!.id}>
                            {value === null ? '—' : amount(value, digits)}
                          </td>
                        ))}
                        <td className="fo-num fo-quiet">{band === null ? '' : `±${amount(band, digits)}`}</td>
                        <td>
                          <span
                            className={
                              verdict === 'smaller' || verdict === 'greater' ? 'fo-call' : 'fo-quiet'
                            }
                          >
                            {CALL[verdict]}
                          </span>
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          </div>
        )}
        {newest !== undefined && limits.length > 0 && !plain && (
          <ul className="fo-small fo-quiet">
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        )}
      </section>
      <section className="fo-panel fo-pad fo-section">
        <h2>{said.beside(shownLevel)}</h2>
        <MatchedSlices studies={studies} level={shownLevel} />
      </section>
    </>
  );
}

/** The level whose herniation changed most from the first study to the last, measured in detectable changes. */
function liveliest(course: StudyCourse): DiscLevel | undefined {
  const moved = course.courses
    .filter((row) => row.measure === 'herniationApMm' || row.measure === 'herniationAreaMm2')
    .map((row) => {
      const known = row.values.filter((value) => value !== null);
      const band = detectableFor(row.measure, row.values) ?? Number.POSITIVE_INFINITY;
      return { level: row.level, by: Math.abs((known.at(-1) ?? 0) - (known[0] ?? 0)) / band };
    })
    .sort((a, b) => b.by - a.by);
  return moved[0]?.level;
}

function rowOf(measure: FollowedMeasure) {
  return MEASURES.find((row) => row.key === measure) ?? { name: measure, unit: '', digits: 1 };
}

/** Detectable change about the first value that is known. */
function detectableFor(measure: FollowedMeasure, values: readonly (number | null)[]): number | null {
  const rule = DETECTABLE_CHANGE[measure];
  const first = values.find((value) => value !== null);
  if (rule === undefined || first === undefined || first === null) return null;
  return Math.max(rule.absolute, (rule.relative ?? 0) * Math.abs(first));
}
