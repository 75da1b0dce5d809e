import type { Urgency } from '@foramen/spine';
import { Button, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AnalysisState } from '../api/shapes.ts';
import { useJobEvents } from '../api/use-job-events.ts';
import { Failure } from '../frame/failure.tsx';
import { day, duration } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { Link, navigate } from '../frame/router.tsx';
import { mayOpenInEmergency, mayStore, useWho } from '../frame/who.ts';
import { URGENCY_ORDER, UrgencyBadge } from '../judgement/urgency.tsx';
import { arrange, type Column, type Order } from './arrange.ts';
import { ImportStudy } from './import-study.tsx';
import { NewPatient } from './new-patient.tsx';
import type { Wanted } from './read-patients.ts';
import { Unlisted } from './unlisted.tsx';
import { usePatients } from './use-patients.ts';
import './worklist.css';

const COLUMNS: readonly { readonly key: Column; readonly name: string }[] = [
  { key: 'urgency', name: 'Urgency' },
  { key: 'name', name: 'Patient' },
  { key: 'age', name: 'Age, sex' },
  { key: 'studies', name: 'Studies' },
  { key: 'analysis', name: 'Analysis' },
];

const EVERYBODY: Wanted = {};

export function Worklist() {
  const role = useWho()?.role ?? null;
  const stores = mayStore(role);
  const [text, setText] = useState('');
  const [urgency, setUrgency] = useState<string>('all');
  const [order, setOrder] = useState<Order>({ by: 'urgency', down: false });
  const { loaded, more, reload } = usePatients(EVERYBODY);
  const cut = loaded.state === 'ready' && loaded.value.next !== null;
  // Who is not among the most urgent that are listed yet is found by the server: by name, by urgency, or the first by name.
  const wanted: Wanted | null =
    !cut || (text.trim() === '' && urgency === 'all' && order.by !== 'name')
      ? null
      : {
          name: text.trim(),
          ...(urgency === 'all' ? {} : { urgency: urgency as Urgency }),
          ...(order.by === 'name' ? { order: 'name' as const } : {}),
        };
  const found = usePatients(wanted);
  const going = wanted === null ? { loaded, more } : found;
  const goesOn = going.loaded.state === 'ready' && going.loaded.value.next !== null;
  const [live, setLive] = useState<ReadonlyMap<string, AnalysisState>>(new Map());
  useJobEvents((event, ended) => {
    if (event.patientId === null) return;
    const id = event.patientId;
    setLive((now) => new Map(now).set(id, event));
    if (ended) reload();
  });

  const all = useMemo(() => {
    const others = found.loaded.state === 'ready' ? found.loaded.value.patients : [];
    // In the order of names the most urgent alone would be a list with holes.
    const listed =
      loaded.state === 'ready' && !(order.by === 'name' && others.length > 0) ? loaded.value.patients : [];
    return [...new Map([...listed, ...others].map((patient) => [patient.id, patient])).values()];
  }, [loaded, found.loaded, order.by]);
  const current = useMemo(
    () => all.map((patient) => ({ ...patient, analysis: newer(patient.analysis, live.get(patient.id)) })),
    [all, live],
  );
  const shown = useMemo(() => arrange(current, text, urgency, order), [current, text, urgency, order]);
  const counts = URGENCY_ORDER.map((key) => [key, current.filter((p) => p.urgency === key).length] as const);

  return (
    <div className="fo-stack">
      <div className="fo-row fo-worklist-head">
        <h1>Worklist</h1>
        <span className="fo-quiet">
          {loaded.state !== 'ready'
            ? ''
            : cut
              ? `more than ${loaded.value.patients.length.toLocaleString('en')} patients`
              : `${all.length} ${all.length === 1 ? 'patient' : 'patients'}`}
        </span>
        <span className="fo-grow" />
        {stores && (
          <>
            <NewPatient />
            <ImportStudy onImported={reload} />
          </>
        )}
      </div>
      <div className="fo-row">
        <TextInput
          className="fo-filter"
          placeholder="Name, reason or age"
          aria-label="Filter patients"
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="fo-scroll">
          <SegmentedControl
            size="xs"
            aria-label="Urgency"
            value={urgency}
            onChange={setUrgency}
            data={[
              { value: 'all', label: 'All' },
              ...counts
                // Of a list that is cut nobody has counted the rest.
                .filter(([, count]) => count > 0 || cut)
                .map(([key, count]) => ({
                  value: key,
                  label: `${key === 'self-care' ? 'Self-care' : key[0]!.toUpperCase() + key.slice(1)}${cut ? '' : ` ${count}`}`,
                })),
            ]}
          />
        </div>
      </div>
      {cut && (
        <p className="fo-quiet" role="status">
          {order.by === 'name'
            ? `Listed are the first ${all.length.toLocaleString('en')} by name.`
            : `Listed and sorted are the ${all.length.toLocaleString('en')} most urgent.`}{' '}
          Scroll down for more, or type a name or choose an urgency to find somebody among all.
        </p>
      )}
      {loaded.state === 'failed' && <Failure error={loaded.error} />}
      {loaded.state === 'loading' && <p className="fo-quiet">Loading the worklist…</p>}
      {loaded.state === 'ready' && all.length === 0 && (
        <div className="fo-panel fo-pad fo-stack fo-tight">
          <h2>No patients yet</h2>
          <p className="fo-quiet">
            {stores ? 'Make a record or import a study to begin' : 'Nobody has been shared with you'}, or{' '}
            <Link to="/analyse">analyse a study in this tab</Link> without storing anything.
          </p>
        </div>
      )}
      {all.length > 0 && (
        <div className="fo-panel fo-scroll">
          <table className="fo-table fo-worklist">
            <thead>
              <tr>
                {COLUMNS.map(({ key, name }) => (
                  <th
                    key={key}
                    aria-sort={order.by !== key ? 'none' : order.down ? 'descending' : 'ascending'}
                    data-column={key}
                  >
                    <UnstyledButton
                      className="fo-sort"
                      onClick={() => setOrder({ by: key, down: order.by === key ? !order.down : false })}
                    >
                      {name}
                      <span data-on={order.by === key}>
                        <Icon name={order.by === key && order.down ? 'down' : 'up'} size={12} />
                      </span>
                    </UnstyledButton>
                  </th>
                ))}
                <th data-column="reason">Reason and summary</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((patient) => (
                <tr
                  key={patient.id}
                  data-urgency={patient.urgency ?? 'none'}
                  onClick={(event) => {
                    if ((event.target as Element).closest('a') === null) navigate(`/patients/${patient.id}`);
                  }}
                >
                  <td data-column="urgency">
                    <UrgencyBadge urgency={patient.urgency} />
                  </td>
                  <td data-column="name">
                    <Link to={`/patients/${patient.id}`} className="fo-patient">
                      <bdi>{patient.name}</bdi>
                    </Link>
                  </td>
                  <td data-column="age">
                    {patient.ageYears ?? '—'} <span className="fo-quiet">{SEX[patient.sex]}</span>
                  </td>
                  <td data-column="studies">
                    {patient.studies}
                    <span className="fo-studies-word"> {patient.studies === 1 ? 'study' : 'studies'}</span>
                    {patient.latestStudyDate !== null && (
                      <span className="fo-quiet"> · {day(patient.latestStudyDate)}</span>
                    )}
                  </td>
                  <td data-column="analysis">
                    <AnalysisCell state={patient.analysis} />
                  </td>
                  <td data-column="reason">
                    <div>
                      {patient.story ?? patient.headline ?? (
                        <span className="fo-quiet">No assessment yet</span>
                      )}
                    </div>
                    {patient.story !== null && patient.headline !== null && (
                      <div className="fo-quiet fo-small">{patient.headline}</div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 && !goesOn && <p className="fo-pad fo-quiet">Nobody matches this filter.</p>}
          {goesOn && <ShowMore rows={all.length} onWanted={going.more} />}
        </div>
      )}
      {mayOpenInEmergency(role) && <Unlisted />}
    </div>
  );
}

/** Asks for the next page when it comes into view, and each time it is pressed. */
function ShowMore({ rows, onWanted }: { readonly rows: number; readonly onWanted: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer list is looked at anew, it may not fill the window yet
  useEffect(() => {
    const looking = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) onWanted();
    });
    if (place.current !== null) looking.observe(place.current);
    return () => looking.disconnect();
  }, [rows, onWanted]);
  return (
    <div ref={place} className="fo-pad">
      <Button variant="default" size="xs" onClick={onWanted}>
        Show more
      </Button>
    </div>
  );
}

const SEX = { female: 'F', male: 'M', unknown: '' } as const;

/** A live event is newer than what the list was loaded with, unless the list already says the work is over. */
function newer(listed: AnalysisState, event: AnalysisState | undefined): AnalysisState {
  if (event === undefined) return listed;
  return listed.state === 'done' && event.state !== 'done' && event.jobId === listed.jobId ? listed : event;
}

function AnalysisCell({ state }: { readonly state: AnalysisState }) {
  switch (state.state) {
    case 'none':
      return <span className="fo-quiet">No picture</span>;
    case 'queued':
      return <span className="fo-quiet">Waiting</span>;
    case 'running':
      return (
        <div className="fo-running">
          <progress max={100} value={state.percent} aria-label="Analysis" />
          <span className="fo-quiet fo-small">
            {state.step ?? 'working'}
            {state.secondsLeft === null ? '' : `, ${duration(state.secondsLeft)} left`}
          </span>
        </div>
      );
    case 'done':
      return (
        <span className="fo-done">
          <Icon name="check" size={14} /> Done
        </span>
      );
    case 'failed':
      return (
        <span className="fo-failed" title={state.problems.map((p) => `${p.where}: ${p.what}`).join('\n')}>
          <Icon name="cross" size={14} /> {state.problems[0]?.what ?? 'Failed'}
        </span>
      );
  }
}
