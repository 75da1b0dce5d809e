import { SegmentedControl, Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AnalysisState } from '../api/shapes.ts';
import { Moment } from '../frame/day.tsx';
import { isOwn, recordLanguage, useSpoken } from '../frame/frame-language.ts';
import { Icon } from '../frame/icon.tsx';
import { later, Part } from '../frame/later.tsx';
import { Link, setQuery, useLocation } from '../frame/router.tsx';
import { mayAnswer, mayWriteDiary, rightsOf, useWho } from '../frame/who.ts';
import { PAGE_WORDS, type Tab } from '../judgement/page-words.ts';
import { type Language, LanguageContext, type Reader, ReaderContext, Wording } from '../judgement/reader.tsx';
import { UrgencyBanner } from '../judgement/urgency.tsx';
import type { PatientRecord } from '../record/patient-record.ts';
import { AssessmentTab } from './assessment-tab.tsx';
import { GenomeTab } from './genome-tab.tsx';
import { PlainGenome } from './plain-genome.tsx';
import { PlanTab } from './plan-tab.tsx';
import { reasonOf } from './reason.ts';
import { StudyTab } from './study-tab.tsx';
import './patient.css';

const TimeTab = later(() => import('../compare/time-tab.tsx').then((m) => ({ default: m.TimeTab })));
const RightsTab = later(() => import('../rights/rights-tab.tsx').then((m) => ({ default: m.RightsTab })));
const ForPatientTab = later(() =>
  import('./for-patient-tab.tsx').then((m) => ({ default: m.ForPatientTab })),
);

interface PatientViewProps {
  readonly record: PatientRecord;
  /** Shown at the right of the header (downloads of an analysis in the tab). */
  readonly actions?: ReactNode;
  /** A line under the actions. */
  readonly note?: ReactNode;
  /** A judgement that is under way: what is shown is from before it. */
  readonly waiting?: AnalysisState | null;
}

/** One patient: the urgency above all, then picture and levels, judgement, plan, course, genes, and what the patient is told. */
export function PatientView({ record, actions, note, waiting = null }: PatientViewProps) {
  const location = useLocation();
  const role = useWho()?.role ?? null;
  const [reader, setReader] = useState<Reader>(
    role === 'patient' || role === 'proxy' ? 'patient' : 'clinician',
  );
  // Plain words are in the patient's language; the clinician's are English, whatever the tab for the patient shows.
  const [language, setLanguage] = useState<Language>(
    recordLanguage(record.intake?.person?.language, isOwn(role)),
  );
  const around = reader === 'patient' ? language : 'en';
  useSpoken(reader === 'patient' ? language : null);
  const said = PAGE_WORDS[around];
  const timed =
    record.studies.filter((study) => study.findings !== null).length > 1 ||
    record.diary.length > 0 ||
    (!record.local && mayWriteDiary(role));
  const tabs: readonly { readonly key: Tab; readonly body: () => ReactNode }[] = [
    ...(record.studies.length > 0
      ? [{ key: 'study' as const, body: () => <StudyTab record={record} /> }]
      : []),
    { key: 'assessment' as const, body: () => <AssessmentTab record={record} /> },
    { key: 'plan' as const, body: () => <PlanTab record={record} /> },
    ...(timed ? [{ key: 'time' as const, body: () => <TimeTab record={record} /> }] : []),
    ...(record.genome !== null
      ? [
          {
            key: 'genome' as const,
            body: () =>
              reader === 'patient' ? (
                <PlainGenome genome={record.genome!} />
              ) : (
                <GenomeTab genome={record.genome!} />
              ),
          },
        ]
      : []),
    {
      key: 'patient' as const,
      body: () => (
        <LanguageContext value={language}>
          <ForPatientTab record={record} onLanguage={setLanguage} />
        </LanguageContext>
      ),
    },
    ...(!record.local && rightsOf(role).reads
      ? [{ key: 'rights' as const, body: () => <RightsTab patientId={record.id} /> }]
      : []),
  ];
  // A patient starts with what is written for the patient.
  const asked = location.query.get('tab') ?? (role === 'patient' ? 'patient' : null);
  const current = tabs.find((tab) => tab.key === asked)?.key ?? tabs[0]!.key;
  const strip = useRef<HTMLDivElement>(null);
  // On a telephone the tabs are a strip wider than the screen: the chosen one is brought into sight, the page stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the strip moves when another tab is chosen
  useEffect(() => {
    const list = strip.current?.querySelector('[role="tablist"]');
    const tab = list?.querySelector('[aria-selected="true"]');
    if (!list || !tab) return;
    const [whole, chosen] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
    list.scrollLeft += chosen.left - whole.left - (whole.width - chosen.width) / 2;
  }, [current]);
  const reason = record.intake === null ? null : reasonOf(record.intake);
  // While a red flag stands, a list of ordinary causes would distract from it.
  const leading = record.assessment?.triage.gate === true ? undefined : record.assessment?.differential[0];
  return (
    <ReaderContext value={reader}>
      <LanguageContext value={around}>
        <div className="fo-stack fo-patient-page">
          <header className="fo-patient-head" lang={around}>
            <div>
              <div className="fo-row">
                <h1>
                  <bdi>{record.name}</bdi>
                </h1>
                <span className="fo-quiet">
                  {said.years(record.ageYears)}, {said.sex[record.sex]}
                </span>
                {record.sample && <span className="fo-chip">{said.generated}</span>}
                {record.sharesNumber && (
                  <span className="fo-chip" data-tone="warn">
                    <Icon name="alert" size={11} /> {said.sharesNumber}
                  </span>
                )}
                {record.openedUntil !== null && (
                  <span className="fo-chip" data-tone="warn">
                    <Icon name="alert" size={11} /> {said.opened} <Moment of={record.openedUntil} />
                  </span>
                )}
                {record.local && (
                  <span className="fo-chip" data-tone="good">
                    <Icon name="lock" size={11} /> {said.local}
                  </span>
                )}
              </div>
              <p className="fo-quiet">
                {around === 'en' &&
                  (reason ??
                    record.story ??
                    (record.intake === null ? 'No intake: symptoms are not known.' : ''))}
              </p>
            </div>
            {(actions !== undefined || note !== undefined) && (
              <div className="fo-head-actions">
                <div className="fo-row fo-tight">{actions}</div>
                <div className="fo-row fo-tight">{note}</div>
              </div>
            )}
          </header>
          {waiting !== null && (
            <p className="fo-waiting" role="status">
              <b>{record.assessment === null ? said.first : said.anew}</b>
              {waiting.step === null || around === 'es' ? '.' : `: ${waiting.step}.`}
              {record.assessment !== null && ` ${said.before}`}
            </p>
          )}
          {record.assessment !== null ? (
            <UrgencyBanner
              assessment={record.assessment}
              {...(!record.local && mayAnswer(role)
                ? {
                    answer: (
                      <Link to={`/patients/${record.id}/intake`}>
                        {reader === 'patient' ? said.answer : 'Answer them in the intake'}
                      </Link>
                    ),
                  }
                : {})}
            />
          ) : (
            <p className="fo-panel fo-pad fo-quiet">
              {said.notAssessed} {said.help}{' '}
              {!record.local && mayAnswer(role) && (
                <Link to={`/patients/${record.id}/intake`}>{said.intake}</Link>
              )}
            </p>
          )}
          {record.plan !== null && (leading !== undefined || record.plan.next[0] !== undefined) && (
            <p className="fo-glance" lang={around}>
              {leading !== undefined && (
                <span>
                  <b>{said.likely}</b> <Wording statement={leading.statement} />
                </span>
              )}
              {record.plan.next[0] !== undefined && reader === 'clinician' && (
                <span>
                  <b>{said.next}</b> <Wording statement={record.plan.next[0]} />
                </span>
              )}
            </p>
          )}
          <Tabs value={current} onChange={(value) => setQuery('tab', value)} keepMounted={false}>
            <div className="fo-tabs" ref={strip} lang={around}>
              <Tabs.List>
                {tabs.map((tab) => (
                  <Tabs.Tab key={tab.key} value={tab.key}>
                    {said.tabs[tab.key]}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <SegmentedControl
                size="xs"
                className="fo-reader"
                aria-label={said.wording}
                data={[
                  { value: 'clinician', label: said.clinician },
                  { value: 'patient', label: said.plain },
                ]}
                value={reader}
                onChange={(value) => setReader(value as Reader)}
              />
              {!record.local && mayAnswer(role) && (
                <Link className="fo-tab-link" to={`/patients/${record.id}/intake`}>
                  {said.intake}
                </Link>
              )}
              {!record.local && record.plan !== null && (
                <Link className="fo-tab-link" to={`/patients/${record.id}/aid`}>
                  {said.aid}
                </Link>
              )}
            </div>
            {tabs.map((tab) => (
              <Tabs.Panel key={tab.key} value={tab.key} pt="sm">
                {tab.key === current && <Part>{tab.body()}</Part>}
              </Tabs.Panel>
            ))}
          </Tabs>
        </div>
      </LanguageContext>
    </ReaderContext>
  );
}
