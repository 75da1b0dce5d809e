import type { Reason } from '@foramen/spine';
import { RECORDS, SOURCES } from './load.ts';
import type { EvidenceRecord, EvidenceSource, RecordOf, RecordType } from './record.ts';

/** The whole evidence base, or one that a site has overridden. Immutable. */
export interface EvidenceBase {
  readonly records: ReadonlyMap<string, EvidenceRecord>;
  readonly sources: ReadonlyMap<string, EvidenceSource>;
  /** Records by type, in file order. */
  readonly byType: ReadonlyMap<RecordType, readonly EvidenceRecord[]>;
  /** Records that a site has replaced or added, with the site's name; shown beside each of them. */
  readonly overridden: ReadonlyMap<string, string>;
}

export function evidenceBase(
  records: readonly EvidenceRecord[],
  sources: readonly EvidenceSource[],
  overridden: ReadonlyMap<string, string> = new Map(),
): EvidenceBase {
  const byType = new Map<RecordType, EvidenceRecord[]>();
  for (const r of records) {
    const list = byType.get(r.type);
    if (list) list.push(r);
    else byType.set(r.type, [r]);
  }
  return {
    records: new Map(records.map((r) => [r.id, r])),
    sources: new Map(sources.map((s) => [s.id, s])),
    byType,
    overridden,
  };
}

/** The base as shipped. */
export const EVIDENCE: EvidenceBase = evidenceBase(RECORDS, SOURCES);

/** @throws RangeError for an unknown id: ids are written in code, so a wrong one is a bug. */
export function record(id: string, base: EvidenceBase = EVIDENCE): EvidenceRecord {
  const found = base.records.get(id);
  if (found === undefined) throw new RangeError(`no evidence record ${id}`);
  return found;
}

/** @throws RangeError when the id is unknown or of another type. */
export function recordOf<T extends RecordType>(
  type: T,
  id: string,
  base: EvidenceBase = EVIDENCE,
): RecordOf<T> {
  const found = record(id, base);
  if (found.type !== type) throw new RangeError(`evidence record ${id} is ${found.type}, not ${type}`);
  return found as RecordOf<T>;
}

export function recordsOf<T extends RecordType>(
  type: T,
  base: EvidenceBase = EVIDENCE,
): readonly RecordOf<T>[] {
  return (base.byType.get(type) ?? []) as readonly RecordOf<T>[];
}

/** @throws RangeError for an unknown source id. */
export function source(id: string, base: EvidenceBase = EVIDENCE): EvidenceSource {
  const found = base.sources.get(id);
  if (found === undefined) throw new RangeError(`no evidence source ${id}`);
  return found;
}

/** What a record rests on, as a reader is told it. */
interface Citation {
  readonly text: string;
  readonly link: string | null;
  /** The site whose own evidence file the record comes from; absent for the shipped base. */
  readonly site?: string;
}

/**
 * Where a record's figure comes from. A record of a site's own file is cited as that file: where it keeps the id of a shipped source
 * the source is named by its id alone, because that source does not vouch for a figure the site has changed.
 */
export function citationOf(record: EvidenceRecord, base: EvidenceBase = EVIDENCE): Citation {
  const from = source(record.sourceId, base);
  const site = base.overridden.get(record.id);
  if (site === undefined) return { text: from.citation, link: from.link };
  const file = `own figure of ${site}, from its evidence file`;
  return EVIDENCE.sources.get(from.id) === from
    ? { text: `${file}; the record names ${from.id}`, link: null, site }
    : { text: `${from.citation} (${file})`, link: from.link, site };
}

/** The reason that points at a record; its text is the citation, with a mark when nobody has checked the figure yet. */
export function because(id: string, base: EvidenceBase = EVIDENCE): Reason & { readonly kind: 'evidence' } {
  const r = record(id, base);
  const from = citationOf(r, base);
  const mark =
    from.site !== undefined
      ? ''
      : r.evidence === 'default'
        ? ' (configurable default)'
        : r.verified
          ? ''
          : ' (not yet verified)';
  return { kind: 'evidence', id, text: `${from.text}${mark}` };
}
