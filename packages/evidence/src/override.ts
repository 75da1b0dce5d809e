import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { EVIDENCE, type EvidenceBase, evidenceBase } from './base.ts';
import type { EvidenceRecord, EvidenceSource } from './record.ts';
import { evidenceRecordSchema, sourceSchema } from './schema.ts';

/**
 * A site's own file: whole records that replace those of the same id or add new ones, and the sources they cite. A record
 * is replaced as a whole, so that a figure never loses its population, interval or source.
 */
const overrideSchema = z.object({
  schema: z.literal('foramen.evidence-override/1'),
  /** Who answers for it, shown beside every overridden figure. */
  site: z.string().min(1),
  records: z.array(z.unknown()).default([]),
  sources: z.array(sourceSchema).default([]),
});
export type EvidenceOverride = z.infer<typeof overrideSchema>;

/** A site's file, read as far as its own shape; its records are checked one by one when they are put in place (`withOverride`). */
export function readOverride(file: unknown): Result<EvidenceOverride> {
  const parsed = overrideSchema.safeParse(file);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return fail({
      code: 'unreadable',
      severity: 'error',
      where: `override${first === undefined ? '' : `.${first.path.join('.')}`}`,
      what: first?.message ?? 'is not an override file',
      help: 'Give {"schema":"foramen.evidence-override/1","site":"...","records":[...],"sources":[...]}',
    });
  }
  return ok(parsed.data);
}

/** The base with a site's records in place; fails with one problem per record that breaks the schema, lacks its source or is given twice, and per source that takes a shipped one's id. */
export function withOverride(
  override: EvidenceOverride,
  base: EvidenceBase = EVIDENCE,
): Result<EvidenceBase> {
  const sources = new Map(base.sources);
  const own = new Set(override.sources.map((s) => s.id));
  const records = new Map(base.records);
  const overridden = new Map(base.overridden);
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const wrong = (where: string, what: string, help: string): void => {
    problems.push({ code: 'inconsistent', severity: 'error', where, what, help });
  };
  const [givenSources, givenRecords] = [new Set<string>(), new Set<string>()];
  override.sources.forEach((s, i) => {
    const where = `override.sources[${i}]`;
    const shipped = base.sources.get(s.id);
    if (givenSources.has(s.id)) wrong(where, `${s.id} is given twice`, 'Give each source its own id');
    // Every shipped record of that source would be laid on the site's paper.
    else if (shipped !== undefined && (shipped.citation !== s.citation || shipped.link !== s.link))
      wrong(where, `${s.id} is already ${shipped.citation}`, 'Give the source an id of its own');
    givenSources.add(s.id);
    sources.set(s.id, s);
  });
  override.records.forEach((raw, i) => {
    const one = evidenceRecordSchema.safeParse(raw);
    const where = `override.records[${i}]`;
    if (!one.success) {
      const first = one.error.issues[0];
      problems.push({
        code: 'inconsistent',
        severity: 'error',
        where: `${where}${first === undefined || first.path.length === 0 ? '' : `.${first.path.join('.')}`}`,
        what: first?.message ?? 'is not an evidence record',
        help: 'Copy the record from `foramen evidence show ID --json` and change the figure and its source',
      });
      return;
    }
    const unread = Object.keys(raw as object).find((field) => !(field in one.data));
    if (unread !== undefined) {
      wrong(where, `${one.data.id} has a field ${unread} that nothing reads`, 'Check its spelling');
      return;
    }
    if (givenRecords.has(one.data.id)) {
      wrong(where, `${one.data.id} is given twice`, 'Keep one of the two');
      return;
    }
    givenRecords.add(one.data.id);
    const before = records.get(one.data.id);
    if (!sources.has(one.data.sourceId)) {
      problems.push({
        code: 'missing',
        severity: 'error',
        where,
        what: `${one.data.id} cites ${one.data.sourceId}, which is no source`,
        help: 'Add the source to the file',
      });
      return;
    }
    if (before !== undefined && before.type !== one.data.type) {
      problems.push({
        code: 'inconsistent',
        severity: 'error',
        where,
        what: `${one.data.id} is a ${before.type}, not a ${one.data.type}`,
        help: 'An override keeps the type of its record',
      });
      return;
    }
    if (before === undefined) {
      const near = nearestId(one.data.id, base);
      warnings.push({
        code: 'not-found',
        severity: 'warning',
        where,
        what: `${one.data.id} is new: nothing of that id is replaced`,
        help:
          near === undefined
            ? 'Check the spelling if it was meant to replace a record'
            : `Did you mean ${near}? Leave it as it is if the record is really new`,
      });
    }
    records.set(one.data.id, ownSource(one.data, before, override.site, own, sources));
    overridden.set(one.data.id, override.site);
  });
  const [first, ...rest] = problems;
  if (first !== undefined) return fail(first, ...rest);
  return ok(evidenceBase([...records.values()], [...sources.values()], overridden), warnings);
}

/** The shipped id at most two letters (put in, left out or changed) from one that is new, the nearest first and then by the alphabet. */
function nearestId(id: string, base: EvidenceBase): string | undefined {
  let best: { readonly id: string; readonly slips: number } | undefined;
  for (const known of [...base.records.keys()].sort()) {
    const slips = distance(id, known);
    if (slips <= 2 && slips < (best?.slips ?? 3)) best = { id: known, slips };
  }
  return best?.id;
}

/**
 * A replaced record that still names the shipped source would lay the site's figure on that paper. Unless the file itself
 * gives the source, the figure is the site's own and says so; the shipped source stays as what it was given beside.
 */
function ownSource(
  record: EvidenceRecord,
  before: EvidenceRecord | undefined,
  site: string,
  own: ReadonlySet<string>,
  sources: Map<string, EvidenceSource>,
): EvidenceRecord {
  if (before === undefined || own.has(record.sourceId)) return record;
  const id = `site:${site
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;
  if (!sources.has(id))
    sources.set(id, {
      id,
      citation: `${site}: own figure, its source not given`,
      link: null,
      how: 'our-choice',
    });
  return {
    ...record,
    sourceId: id,
    alsoSources: [...new Set([...(record.alsoSources ?? []), record.sourceId])],
    verified: false,
    evidence: 'default',
  };
}
