import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { FirstPassword } from '../account/first-password.tsx';
import { getJson, readSession, SESSION_BACK, SESSION_OVER, signOut } from '../api/client.ts';
import type { Session } from '../api/shapes.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Worklist } from '../worklist/worklist.tsx';
import { Failure } from './failure.tsx';
import { useFrameLanguage, useFrameWords } from './frame-language.ts';
import { Icon, Mark } from './icon.tsx';
import { Coming, later, Part } from './later.tsx';
import { useWindowTitle } from './page-title.ts';
import { Link, type Location, navigate, useLocation } from './router.tsx';
import { SignIn } from './session.tsx';
import { mayAnswer, type Role, type Screen as Screens, screensOf, type Who, WhoContext } from './who.ts';

const PatientPage = later(() =>
  import('../patient/patient-page.tsx').then((m) => ({ default: m.PatientPage })),
);
const AnalysePage = later(() =>
  import('../analyse/analyse-page.tsx').then((m) => ({ default: m.AnalysePage })),
);
const EvidencePage = later(() =>
  import('../evidence/evidence-page.tsx').then((m) => ({ default: m.EvidencePage })),
);
const AccountsPage = later(() =>
  import('../admin/accounts-page.tsx').then((m) => ({ default: m.AccountsPage })),
);
const AccountPage = later(() =>
  import('../account/account-page.tsx').then((m) => ({ default: m.AccountPage })),
);
const TokensPage = later(() => import('../admin/tokens-page.tsx').then((m) => ({ default: m.TokensPage })));
const TrailPage = later(() => import('../admin/trail-page.tsx').then((m) => ({ default: m.TrailPage })));
const AidPage = later(() => import('../aid/aid-page.tsx').then((m) => ({ default: m.AidPage })));
const IntakePage = later(() => import('../intake/intake-page.tsx').then((m) => ({ default: m.IntakePage })));

export function App() {
  const location = useLocation();
  const [loaded, reload] = useLoaded('session', () => readSession());
  const [fresh, setFresh] = useState<Session | null>(null);
  const session = fresh ?? (loaded.state === 'ready' ? loaded.value : null);
  const [over, setOver] = useState(false);
  const id = session?.account?.id;
  /** The page waits behind the sign-in with all that was entered; for anybody else everything begins anew. */
  const back = useCallback(
    (now: Session) => {
      if (now.account?.id !== id) return window.location.assign('/');
      setFresh(now);
      setOver(false);
      window.dispatchEvent(new Event(SESSION_BACK));
    },
    [id],
  );
  // A screen that was left alone shows nobody once its session is over.
  useEffect(() => {
    const ended = () =>
      readSession().then(
        (now) => (now.signedIn ? back(now) : setOver(true)),
        () => setOver(true),
      );
    if (over || id === undefined) return;
    window.addEventListener(SESSION_OVER, ended);
    return () => window.removeEventListener(SESSION_OVER, ended);
  }, [over, id, back]);
  // Keys and screen readers go on from the new page, not from where the link to it stood; tabs of a page keep their place.
  const content = useRef<HTMLElement>(null);
  const page = location.path.join('/');
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    content.current?.focus({ preventScroll: true });
  }, [page]);
  // What floats over the page (a dialog) is outside of it.
  useEffect(() => {
    document.body.toggleAttribute('data-over', over);
  }, [over]);

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
    // What the page shows before its first script, until it is known who is here.
    return <p className="fo-first fo-brand">Foramen</p>;
  }
  if (session !== null && !session.signedIn && !open) return <SignIn onSignedIn={setFresh} />;

  const who = session?.account ?? null;
  // Nothing of one person stays in the memory of the page for the next.
  const leave = async () => {
    await signOut();
    window.location.assign('/');
  };
  if (who?.password === 'first' && !open)
    return (
      <WhoContext value={who}>
        <FirstPassword
          who={who}
          onChanged={() => {
            setFresh(null);
            reload();
          }}
          onSignOut={leave}
        />
      </WhoContext>
    );
  return (
    <WhoContext value={who}>
      {over && <SignIn ended onSignedIn={back} />}
      <div hidden={over}>
        <Around location={location} session={session} onSignOut={leave} />
        <main
          className="fo-main"
          id="content"
          tabIndex={-1}
          ref={content}
          {...(ENGLISH.has(location.path[0] ?? '') ? { lang: 'en' } : {})}
        >
          <Part key={page}>
            <Screen location={location} role={who?.role ?? null} />
          </Part>
        </main>
      </div>
    </WhoContext>
  );
}

/** What stands above every page, in the language of the record that is read in plain words. */
function Around(props: Parameters<typeof Top>[0]): ReactNode {
  const language = useFrameLanguage();
  const said = useFrameWords();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <>
      <a className="fo-skip" href="#content">
        {said.toContent}
      </a>
      <Top {...props} />
      {props.session?.demo === true && (
        <aside className="fo-demo" aria-label={said.demoIs}>
          {said.demo}
        </aside>
      )}
    </>
  );
}

/** Pages that are for professionals, and English whatever the record is in. */
const ENGLISH: ReadonlySet<string> = new Set(['analyse', 'evidence', 'accounts', 'tokens', 'trail']);

function Screen({ location, role }: { readonly location: Location; readonly role: Role | null }): ReactNode {
  const [first, id, third] = location.path;
  const screens = screensOf(role);
  const said = useFrameWords();
  const home = screens[0] === 'accounts' ? said.accounts : role === 'patient' ? said.own : said.worklist;
  useWindowTitle(first === undefined ? home : (said.titles[first] ?? said.notFound.title));
  const may = (screen: (typeof screens)[number]) => screens.includes(screen);
  if (first === undefined && may('accounts')) return <AccountsPage />;
  if (first === undefined && may('worklist')) return role === 'patient' ? <OwnRecord /> : <Worklist />;
  if (first === 'analyse') return <AnalysePage />;
  if (first === 'evidence') return <EvidencePage />;
  if (first === 'accounts' && may('accounts')) return <AccountsPage />;
  if (first === 'trail' && may('trail')) return <TrailPage />;
  if (first === 'account' && may('account')) return <AccountPage />;
  if (first === 'tokens' && may('tokens')) return <TokensPage />;
  if (first === 'patients' && id !== undefined && may('worklist'))
    return third === 'aid' ? (
      <AidPage patientId={id} />
    ) : third === 'intake' && mayAnswer(role) ? (
      <IntakePage patientId={id} key={id} />
    ) : (
      <PatientPage patientId={id} key={id} />
    );
  return (
    <div className="fo-stack fo-tight">
      <h1>{said.notFound.title}</h1>
      <p>
        {said.titles[first ?? ''] === undefined ? said.notFound.none : said.notFound.notYours}{' '}
        <Link to="/">{said.notFound.back}</Link>
      </p>
    </div>
  );
}

/** A patient has one record as a rule: straight to it; else the list of those the account stands for. */
function OwnRecord(): ReactNode {
  const [loaded] = useLoaded('own record', (signal) =>
    getJson<{ readonly patients: readonly { readonly id: string }[] }>('/api/patients?limit=2', signal),
  );
  const only =
    loaded.state === 'ready' && loaded.value.patients.length === 1 ? loaded.value.patients[0] : undefined;
  useEffect(() => {
    if (only !== undefined) navigate(`/patients/${encodeURIComponent(only.id)}`, 'replace');
  }, [only]);
  if (loaded.state === 'loading' || only !== undefined) return <Coming />;
  return <Worklist />;
}

/** `rest` is left out on a telephone. */
const NAV: readonly {
  readonly screen: Screens;
  readonly to: string;
  readonly name: 'worklist' | 'accounts' | 'trail' | 'analyse' | 'evidence';
  readonly rest?: 'analyseRest';
}[] = [
  { screen: 'worklist', to: '/', name: 'worklist' },
  { screen: 'accounts', to: '/accounts', name: 'accounts' },
  { screen: 'trail', to: '/trail', name: 'trail' },
  { screen: 'analyse', to: '/analyse', name: 'analyse', rest: 'analyseRest' },
  { screen: 'evidence', to: '/evidence', name: 'evidence' },
];

/** Which entry of the bar the address belongs to. */
function screenAt(first: string | undefined, role: Role | null): string {
  if (first === undefined || first === 'patients') return screensOf(role)[0] ?? 'analyse';
  return first;
}

function Top(props: {
  readonly location: Location;
  readonly session: Session | null;
  readonly onSignOut: () => void;
}): ReactNode {
  const role = props.session?.account?.role ?? null;
  const screens = screensOf(role);
  const here = screenAt(props.location.path[0], role);
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const said = useFrameWords();
  const current = (here: boolean) => (here ? { 'aria-current': 'page' as const } : {});
  return (
    <header className="fo-top">
      <Link to="/" className="fo-brand">
        <Mark /> Foramen
      </Link>
      <nav className="fo-row fo-tight" aria-label={said.main}>
        {NAV.filter(({ screen }) => screens.includes(screen)).map(({ screen, to, name, rest }) => (
          <Link key={screen} to={to} className="fo-nav" {...current(here === screen)}>
            {screen === 'worklist' && role === 'patient' ? said.own : said[name]}
            {rest !== undefined && <span className="fo-nav-rest">{said[rest]}</span>}
          </Link>
        ))}
      </nav>
      <span className="fo-grow" />
      {props.session?.account !== undefined && (
        <AccountMenu who={props.session.account} demo={props.session.demo} onSignOut={props.onSignOut} />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={scheme === 'dark' ? said.light : said.dark}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </header>
  );
}

/** Who is signed in, and what belongs to the account rather than to a patient. */
function AccountMenu(props: {
  readonly who: Who;
  readonly demo: boolean;
  readonly onSignOut: () => void;
}): ReactNode {
  const { who } = props;
  const said = useFrameWords();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  return (
    <details
      className="fo-who"
      ref={menu}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        menu.current?.querySelector('summary')?.focus();
      }}
    >
      <summary aria-label={said.account(who.name)}>
        <Icon name="person" />
        <span className="fo-who-name">{who.name}</span>
      </summary>
      <div className="fo-panel fo-who-menu">
        <strong>{who.name}</strong>
        <span className="fo-quiet fo-small">{said.role[who.role]}</span>
        <Link to="/account" onClick={close}>
          {said.yourAccount}
        </Link>
        {screensOf(who.role).includes('tokens') && (
          <Link to="/tokens" onClick={close}>
            {said.tokens}
          </Link>
        )}
        {!props.demo && (
          <button type="button" className="fo-plain" onClick={props.onSignOut}>
            {said.signOut}
          </button>
        )}
      </div>
    </details>
  );
}
