import {
  citationOf,
  EVIDENCE,
  type EvidenceBase,
  type EvidenceRecord,
  type EvidenceSource,
} from '@foramen/evidence';
import { Select, Switch, TextInput } from '@mantine/core';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { words } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { setQuery, useLocation } from '../frame/router.tsx';
import { figureOf, haystack, OBTAINED, TYPE_NAME, titleOf } from './describe.ts';
import { useSiteEvidence } from './site-evidence.ts';
import './evidence.css';

const PAGE = 100;

/** The whole evidence base for a clinician to audit: every record with its population, comparator, interval, design and source. */
export function EvidencePage() {
  const location = useLocation();
  const wanted = location.query.get('id');
  const [text, setText] = useState(wanted ?? location.query.get('q') ?? '');
  const [type, setType] = useState<string | null>(null);
  const [unverified, setUnverified] = useState(false);
  const [limit, setLimit] = useState(PAGE);
  const query = useDeferredValue(text);
  const [own, setOwn] = useState(false);
  const { base, problems } = useSiteEvidence();
  const rows = useMemo(
    () =>
      [...base.records.values()].map((record) => {
        const source = base.sources.get(record.sourceId);
        const site = base.overridden.get(record.id);
        return { record, source, site, hay: `${haystack(record, source)} ${site?.toLowerCase() ?? ''}` };
      }),
    [base],
  );
  useEffect(() => {
    if (wanted !== null) setText(wanted);
  }, [wanted]);
  const shown = useMemo(() => {
    const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(
      ({ record, hay, site }) =>
        (!own || site !== undefined) &&
        (type === null || record.type === type) &&
        (!unverified || !record.verified) &&
        terms.every((term) => hay.includes(term)),
    );
  }, [rows, query, type, unverified, own]);
  const counts = useMemo(() => {
    const by = new Map<string, number>();
    for (const { record } of rows) by.set(record.type, (by.get(record.type) ?? 0) + 1);
    return by;
  }, [rows]);
  const checked = rows.filter(({ record }) => record.verified).length;

  return (
    <div className="fo-stack">
      <div className="fo-row">
        <h1>Evidence base</h1>
        <span className="fo-quiet fo-small">
          {rows.length} records from {base.sources.size} sources; {checked} checked against their source. The
          others are marked: recalled ones have widened intervals, assumed ones are for the site to set.
        </span>
      </div>
      <div className="fo-row">
        <TextInput
          className="fo-evidence-search"
          aria-label="Search the evidence base"
          placeholder="Search: treatment, finding, source, id…"
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setLimit(PAGE);
            if (wanted !== null) setQuery('id', null);
          }}
        />
        <Select
          aria-label="Kind of record"
          placeholder="Every kind"
          clearable
          value={type}
          onChange={(value) => {
            setType(value);
            setLimit(PAGE);
          }}
          data={[...counts]
            .sort(([a], [b]) => nameOf(a).localeCompare(nameOf(b)))
            .map(([key, count]) => ({ value: key, label: `${nameOf(key)} (${count})` }))}
        />
        <Switch
          size="xs"
          label="Only unchecked"
          checked={unverified}
          onChange={(event) => setUnverified(event.currentTarget.checked)}
        />
        {base.overridden.size > 0 && (
          <Switch
            size="xs"
            label={`Only this site's own (${base.overridden.size})`}
            checked={own}
            onChange={(event) => setOwn(event.currentTarget.checked)}
          />
        )}
        <span className="fo-grow" />
        <span className="fo-quiet" role="status">
          {shown.length} shown
        </span>
      </div>
      {problems.map((problem) => (
        <p key={`${problem.where} ${problem.what}`} className="fo-pad" role="alert">
          This site's evidence file is not in use. {problem.where}: {problem.what}. {problem.help}
        </p>
      ))}
      <div className="fo-panel">
        {shown.slice(0, limit).map(({ record, source, site }) => (
          <Entry
            key={record.id}
            record={record}
            source={source}
            site={site}
            base={base}
            open={record.id === wanted}
          />
        ))}
        {shown.length === 0 && <p className="fo-pad fo-quiet">No record matches.</p>}
      </div>
      {shown.length > limit && (
        <button type="button" className="fo-plain" onClick={() => setLimit(limit + 4 * PAGE)}>
          Show more ({shown.length - limit} left)
        </button>
      )}
    </div>
  );
}

function nameOf(type: string): string {
  return TYPE_NAME[type as keyof typeof TYPE_NAME] ?? words(type);
}

function Entry(props: {
  readonly record: EvidenceRecord;
  readonly source: EvidenceSource | undefined;
  /** The site that answers for it, where it replaces or adds to the shipped base. */
  readonly site: string | undefined;
  readonly base: EvidenceBase;
  readonly open: boolean;
}) {
  const { record, source, site, base } = props;
  const shipped = site === undefined ? undefined : EVIDENCE.records.get(record.id);
  const element = useRef<HTMLDetailsElement>(null);
  const [opened, setOpened] = useState(props.open);
  useEffect(() => {
    if (!props.open) return;
    setOpened(true);
    element.current?.scrollIntoView({ block: 'center' });
  }, [props.open]);
  return (
    <details
      ref={element}
      className="fo-entry"
      id={record.id}
      open={opened}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>
        <span className="fo-entry-title">
          {titleOf(record)} <span className="fo-quiet fo-small">{record.population}</span>
        </span>
        <span className="fo-entry-figure">
          {figureOf(record)}
          {shipped !== undefined && <span className="fo-quiet fo-small"> shipped: {figureOf(shipped)}</span>}
        </span>
        <span className="fo-entry-kind fo-quiet">{nameOf(record.type)}</span>
        <span className="fo-chip" data-tone={site === undefined && record.verified ? 'good' : 'warn'}>
          {site === undefined ? (record.verified ? 'checked' : OBTAINED[record.evidence]) : 'own figure'}
        </span>
      </summary>
      {opened && (
        <dl className="fo-fields">
          <Field name="Id">
            <code>{record.id}</code>
          </Field>
          {site !== undefined && (
            <Field name="Own figure of">
              {site}
              {shipped === undefined
                ? '; added by the site, not in the shipped base'
                : `; replaces ${figureOf(shipped)}, ${EVIDENCE.sources.get(shipped.sourceId)?.citation ?? shipped.sourceId}`}
            </Field>
          )}
          <Field name="Source">
            {site !== undefined ? (
              <Source {...citationOf(record, base)} />
            ) : source === undefined ? (
              record.sourceId
            ) : (
              <Source text={source.citation} link={source.link} how={source.how} />
            )}
          </Field>
          {Object.entries(record)
            .filter(([key, value]) => !['id', 'type', 'sourceId', 'verified'].includes(key) && value !== null)
            .map(([key, value]) => (
              <Field key={key} name={spaced(key)}>
                {shownValue(value)}
              </Field>
            ))}
        </dl>
      )}
    </details>
  );
}

function Source(props: { readonly text: string; readonly link: string | null; readonly how?: string }) {
  const { text, link, how } = props;
  return (
    <>
      {text} {how !== undefined && <span className="fo-quiet">({words(how).toLowerCase()})</span>}
      {/* Only web links are followed; anything else in a site's own file stays text. */}
      {link !== null && /^https?:\/\//.test(link) && (
        <>
          {' '}
          <a href={link} target="_blank" rel="noreferrer noopener">
            {link}
          </a>
        </>
      )}
    </>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function spaced(key: string): string {
  return words(key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map(shownValue).join(', ');
  return Object.entries(value)
    .filter(([key, inner]) => inner !== null && key !== 'id')
    .map(([key, inner]) => `${spaced(key).toLowerCase()} ${shownValue(inner)}`)
    .join('; ');
}
