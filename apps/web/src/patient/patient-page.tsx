import { useEffect, useState } from 'react';
import { ApiError } from '../api/client.ts';
import type { AnalysisState } from '../api/shapes.ts';
import { useJobEvents } from '../api/use-job-events.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { RecordFailure } from '../frame/failure.tsx';
import { useFrameWords } from '../frame/frame-language.ts';
import { usePageTitle } from '../frame/page-title.ts';
import { Link } from '../frame/router.tsx';
import { mayOpenInEmergency, mayStore, useWho } from '../frame/who.ts';
import { readPatient } from '../record/from-server.ts';
import { ImportStudy } from '../worklist/import-study.tsx';
import { BreakGlass } from './break-glass.tsx';
import { PatientView } from './patient-view.tsx';

const LOOK_AGAIN_MS = 5000;

export function PatientPage({ patientId }: { readonly patientId: string }) {
  const role = useWho()?.role ?? null;
  const said = useFrameWords();
  const [loaded, reload] = useLoaded(`patient ${patientId}`, (signal) => readPatient(patientId, signal));
  const [live, setLive] = useState<AnalysisState | null>(null);
  useJobEvents((event, ended) => {
    if (event.patientId !== patientId) return;
    setLive(ended ? null : event);
    if (ended) reload();
  });
  usePageTitle(loaded.state === 'ready' ? loaded.value.name : null);
  const stands = live ?? (loaded.state === 'ready' ? loaded.value.analysis : null);
  const waiting = stands !== null && (stands.state === 'queued' || stands.state === 'running');
  // An end that came before the page listened is not told again: it looks for itself.
  useEffect(() => {
    if (!waiting) return;
    const again = setInterval(() => {
      setLive(null);
      reload();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [waiting, reload]);
  switch (loaded.state) {
    case 'loading':
      return <p className="fo-quiet">{said.loadingRecord}</p>;
    case 'failed':
      return (
        <div className="fo-stack">
          <RecordFailure error={loaded.error}>
            <p>
              <Link to="/">{role === 'patient' ? said.own : said.back}</Link>
            </p>
          </RecordFailure>
          {mayOpenInEmergency(role) && closed(loaded.error) && (
            <BreakGlass patientId={patientId} onOpened={reload} />
          )}
        </div>
      );
    case 'ready':
      return (
        <PatientView
          record={loaded.value}
          waiting={waiting ? stands : null}
          {...(mayStore(role) ? { actions: <ImportStudy patient={loaded.value} onImported={reload} /> } : {})}
        />
      );
  }
}

/** A record of another team and one that is not there look the same: that somebody is a patient here is private too. */
const closed = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 404);
