import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { readSession, signOut } from '../api/client.ts';
import type { Session } from '../api/shapes.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Worklist } from '../worklist/worklist.tsx';
import { Failure } from './failure.tsx';
import { Icon, Mark } from './icon.tsx';
import { Link, type Location, useLocation } from './router.tsx';
import { SignIn } from './session.tsx';

const PatientPage = lazy(() =>
  import('../patient/patient-page.tsx').then((m) => ({ default: m.PatientPage })),
);
const AnalysePage = lazy(() =>
  import('../analyse/analyse-page.tsx').then((m) => ({ default: m.AnalysePage })),
);
const EvidencePage = lazy(() =>
  import('../evidence/evidence-page.tsx').then((m) => ({ default: m.EvidencePage })),
);
const AidPage = lazy(() => import('../aid/aid-page.tsx').then((m) => ({ default: m.AidPage })));

export function App() {
  const location = useLocation();
  const [loaded, reload] = useLoaded('session', () => readSession());
  const [fresh, setFresh] = useState<Session | null>(null);
  const session = fresh ?? (loaded.state === 'ready' ? loaded.value : null);

  // The analysis in the tab and the evidence base need no record: they open without an account, and without a server.
  const open = location.path[0] === 'analyse' || location.path[0] === 'evidence';
  if (session === null && !open) {
    if (loaded.state === 'failed') {
      return (
        <main className="fo-main">
          <Failure error={loaded.error} />
        </main>
      );
    }
    return null;
  }
  if (session !== null && !session.signedIn && !open) return <SignIn onSignedIn={setFresh} />;

  return (
    <>
      <a className="fo-skip" href="#content">
        To the content
      </a>
      <Top
        location={location}
        session={session}
        onSignOut={async () => {
          await signOut();
          setFresh(null);
          reload();
        }}
      />
      {session?.demo === true && (
        <div className="fo-demo" role="note">
          Demonstration: every person here is generated. This server listens on this computer only.
        </div>
      )}
      <main className="fo-main" id="content">
        <Suspense fallback={<p className="fo-quiet">Loading…</p>}>
          <Screen location={location} />
        </Suspense>
      </main>
    </>
  );
}

function Screen({ location }: { readonly location: Location }): ReactNode {
  const [first, id, third] = location.path;
  useEffect(() => {
    const names: Record<string, string> = {
      analyse: 'Analyse a study here',
      evidence: 'Evidence base',
      patients: 'Patient',
    };
    document.title = first === undefined ? 'Worklist · Foramen' : `${names[first] ?? 'Not found'} · Foramen`;
  }, [first]);
  if (first === undefined) return <Worklist />;
  if (first === 'analyse') return <AnalysePage />;
  if (first === 'evidence') return <EvidencePage />;
  if (first === 'patients' && id !== undefined && third === 'aid') return <AidPage patientId={id} />;
  if (first === 'patients' && id !== undefined) return <PatientPage patientId={id} key={id} />;
  return (
    <p>
      There is no page here. <Link to="/">Back to the worklist</Link>
    </p>
  );
}

function Top(props: {
  readonly location: Location;
  readonly session: Session | null;
  readonly onSignOut: () => void;
}): ReactNode {
  const first = props.location.path[0];
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const current = (here: boolean) => (here ? { 'aria-current': 'page' as const } : {});
  return (
    <header className="fo-top">
      <Link to="/" className="fo-brand">
        <Mark /> Foramen
      </Link>
      <nav className="fo-row fo-tight" aria-label="Main">
        <Link to="/" className="fo-nav" {...current(first === undefined || first === 'patients')}>
          Worklist
        </Link>
        <Link to="/analyse" className="fo-nav" {...current(first === 'analyse')}>
          Analyse a study here
        </Link>
        <Link to="/evidence" className="fo-nav" {...current(first === 'evidence')}>
          Evidence
        </Link>
      </nav>
      <span className="fo-grow" />
      {props.session?.account !== undefined && (
        <span className="fo-who">
          {props.session.account.name}
          {!props.session.demo && (
            <>
              {' · '}
              <button type="button" className="fo-plain" onClick={props.onSignOut}>
                Sign out
              </button>
            </>
          )}
        </span>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={scheme === 'dark' ? 'Light colours' : 'Dark colours'}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </header>
  );
}
