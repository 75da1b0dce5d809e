import { ApiError } from '../api/client.ts';
import { useJobEvents } from '../api/use-job-events.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure } from '../frame/failure.tsx';
import { Link } from '../frame/router.tsx';
import { readPatient } from '../record/from-server.ts';
import { BreakGlass } from './break-glass.tsx';
import { PatientView } from './patient-view.tsx';

export function PatientPage({ patientId }: { readonly patientId: string }) {
  const [loaded, reload] = useLoaded(`patient ${patientId}`, (signal) => readPatient(patientId, signal));
  useJobEvents((event, ended) => {
    if (ended && event.patientId === patientId) reload();
  });
  switch (loaded.state) {
    case 'loading':
      return <p className="fo-quiet">Loading the record…</p>;
    case 'failed':
      return (
        <div className="fo-stack">
          <Failure error={loaded.error}>
            <p>
              <Link to="/">Back to the worklist</Link>
            </p>
          </Failure>
          {loaded.error instanceof ApiError && loaded.error.status === 403 && (
            <BreakGlass patientId={patientId} onOpened={reload} />
          )}
        </div>
      );
    case 'ready':
      return <PatientView record={loaded.value} />;
  }
}
