import { SegmentedControl, Tabs } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { AnalysisState } from '../api/shapes.ts';
import { Icon } from '../frame/icon.tsx';
import { Link, setQuery, useLocation } from '../frame/router.tsx';
import { mayAnswer, mayWriteDiary, rightsOf, useWho } from '../frame/who.ts';
import { type Reader, ReaderContext, Wording } from '../judgement/reader.tsx';
import { UrgencyBanner } from '../judgement/urgency.tsx';
import type { PatientRecord } from '../record/patient-record.ts';
import { AssessmentTab } from './assessment-tab.tsx';
import { GenomeTab } from './genome-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { reasonOf } from './reason.ts';
import { StudyTab } from './study-tab.tsx';
import './patient.css';

const TimeTab = lazy(() => import('../compare/time-tab.tsx').then((m) => ({ default: m.TimeTab })));
const RightsTab = lazy(() => import('../rights/rights-tab.tsx').then((m) => ({ default: m.RightsTab })));
const ForPatientTab = lazy(() => import('./for-patient-tab.tsx').then((m) => ({ default: m.ForPatientTab })));

const SEX = { female: 'female', male: 'male', unknown: 'sex not known' } as const;

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
  const timed =
    record.studies.filter((study) => study.findings !== null).length > 1 ||
    record.diary.length > 0 ||
    (!record.local && mayWriteDiary(role));
  const tabs: readonly { readonly key: string; readonly name: string; readonly body: () => ReactNode }[] = [
    ...(record.studies.length > 0
      ? [{ key: 'study', name: 'Study', body: () => <StudyTab record={record} /> }]
      : []),
    { key: 'assessment', name: 'Assessment', body: () => <AssessmentTab record={record} /> },
    { key: 'plan', name: 'Plan', body: () => <PlanTab record={record} /> },
    ...(timed ? [{ key: 'time', name: 'Over time', body: () => <TimeTab record={record} /> }] : []),
    ...(record.genome !== null
      ? [{ key: 'genome', name: 'Genes and drugs', body: () => <GenomeTab genome={record.genome!} /> }]
      : []),
    { key: 'patient', name: 'For the patient', body: () => <ForPatientTab record={record} /> },
    ...(!record.local && rightsOf(role).reads
      ? [{ key: 'rights', name: 'Consent and access', body: () => <RightsTab patientId={record.id} /> }]
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
      <div className="fo-stack fo-patient-page">
        <header className="fo-patient-head">
          <div>
            <div className="fo-row">
              <h1>{record.name}</h1>
              <span className="fo-quiet">
                {record.ageYears === null ? 'age not known' : `${record.ageYears} years`}, {SEX[record.sex]}
              </span>
              {record.sample && <span className="fo-chip">generated person</span>}
              {record.local && (
                <span className="fo-chip" data-tone="good">
                  <Icon name="lock" size={11} /> in this tab only
                </span>
              )}
            </div>
            <p className="fo-quiet">
              {reason ?? record.story ?? (record.intake === null ? 'No intake: symptoms are not known.' : '')}
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
            <b>Being judged anew</b>
            {waiting.step === null ? '.' : `: ${waiting.step}.`}
            {record.assessment !== null &&
              ' What stands below is from before the newest answers or pictures.'}
          </p>
        )}
        {record.assessment !== null ? (
          <UrgencyBanner
            assessment={record.assessment}
            {...(!record.local && mayAnswer(role)
              ? { answer: <Link to={`/patients/${record.id}/intake`}>Answer them in the intake</Link> }
              : {})}
          />
        ) : (
          <p className="fo-panel fo-pad fo-quiet">Not assessed yet.</p>
        )}
        {record.plan !== null && (leading !== undefined || record.plan.next[0] !== undefined) && (
          <p className="fo-glance">
            {leading !== undefined && (
              <span>
                <b>Most likely</b> <Wording statement={leading.statement} />
              </span>
            )}
            {record.plan.next[0] !== undefined && (
              <span>
                <b>Next</b> <Wording statement={record.plan.next[0]} />
              </span>
            )}
          </p>
        )}
        <Tabs value={current} onChange={(value) => setQuery('tab', value)} keepMounted={false}>
          <div className="fo-tabs" ref={strip}>
            <Tabs.List>
              {tabs.map((tab) => (
                <Tabs.Tab key={tab.key} value={tab.key}>
                  {tab.name}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <SegmentedControl
              size="xs"
              className="fo-reader"
              aria-label="Wording of statements"
              data={[
                { value: 'clinician', label: 'Clinician' },
                { value: 'patient', label: 'Plain words' },
              ]}
              value={reader}
              onChange={(value) => setReader(value as Reader)}
            />
            {!record.local && mayAnswer(role) && (
              <Link className="fo-tab-link" to={`/patients/${record.id}/intake`}>
                Intake
              </Link>
            )}
            {!record.local && record.plan !== null && (
              <Link className="fo-tab-link" to={`/patients/${record.id}/aid`}>
                Decision aid
              </Link>
            )}
          </div>
          {tabs.map((tab) => (
            <Tabs.Panel key={tab.key} value={tab.key} pt="sm">
              {tab.key === current && (
                <Suspense fallback={<p className="fo-quiet">Loading…</p>}>{tab.body()}</Suspense>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </ReaderContext>
  );
}
