import type { Problem } from '@foramen/spine';
import { EVIDENCE, type EvidenceBase } from './base.ts';
import { disagreements } from './disagreement.ts';
import type { EvidenceRecord } from './record.ts';
import { evidenceRecordSchema, sourceSchema } from './schema.ts';

interface CheckOptions {
  readonly base?: EvidenceBase;
  /** Records as read, when duplicates matter: a map has lost them. Default: the records of the base. */
  readonly records?: readonly EvidenceRecord[];
  /** Evidence ids that statements cite; one without a record is a statement without a source. */
  readonly cited?: readonly string[];
}

const issue = (
  code: Problem['code'],
  severity: Problem['severity'],
  where: string,
  what: string,
  help: string,
): Problem => ({
  code,
  severity,
  where,
  what,
  help,
});

/**
 * Everything wrong with an evidence base: a record that breaks the schema or lacks its source, a cited id without a
 * record, a source that nothing uses, a recalled figure shown as verified or not widened, an interval that misses its
 * estimate, a treatment that does not exist, and two records that disagree. Pure; empty when all is well.
 */
export function checkEvidence(options: CheckOptions = {}): readonly Problem[] {
  const base = options.base ?? EVIDENCE;
  const records = options.records ?? [...base.records.values()];
  return [
    ...duplicates(records),
    ...records.flatMap((r) => checkRecord(r, base)),
    ...checkSources(records, base),
    ...(options.cited ?? []).flatMap((id) =>
      base.records.has(id)
        ? []
        : [
            issue(
              'missing',
              'error',
              id,
              'a statement cites it and there is no such record',
              'Add the record with its source',
            ),
          ],
    ),
    // A record that breaks the schema has been named; it cannot be compared.
    ...disagreements(records.filter((r) => evidenceRecordSchema.safeParse(r).success)),
  ];
}

function duplicates(records: readonly EvidenceRecord[]): readonly Problem[] {
  const seen = new Set<string>();
  return records.flatMap((r) => {
    if (seen.has(r.id))
      return [issue('inconsistent', 'error', r.id, 'the id is used twice', 'Give each record its own id')];
    seen.add(r.id);
    return [];
  });
}

function checkRecord(r: EvidenceRecord, base: EvidenceBase): readonly Problem[] {
  const parsed = evidenceRecordSchema.safeParse(r);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return [
      issue(
        'inconsistent',
        'error',
        r.id,
        `breaks the schema at ${first?.path.join('.') ?? '?'}: ${first?.message ?? ''}`,
        'See the record types in docs/evidence.md',
      ),
    ];
  }
  const out: Problem[] = [];
  const add = (what: string, help: string): void => {
    out.push(issue('inconsistent', 'error', r.id, what, help));
  };
  for (const field of Object.keys(r)) {
    if (!(field in parsed.data)) add(`has a field ${field} that nothing reads`, 'Check its spelling');
  }
  for (const id of [r.sourceId, ...(r.alsoSources ?? [])]) {
    if (!base.sources.has(id))
      out.push(
        issue('missing', 'error', r.id, `its source ${id} does not exist`, 'Add the source with a link'),
      );
  }
  const recalled = r.evidence === 'recalled-high' || r.evidence === 'recalled-medium';
  if (r.verified && (recalled || r.evidence === 'default')) {
    add(
      `is ${r.evidence} and marked verified`,
      'Check it against the paper and mark it seen, or take the mark off',
    );
  }
  const source = base.sources.get(r.sourceId);
  if (r.evidence === 'seen' && (source?.how === 'recalled' || source?.how === 'our-choice')) {
    add('is marked seen, its source was not read', 'Mark it recalled, or read the source');
  }
  if (recalled && carriesEstimate(r) && r.interval === null && r.type !== 'likelihood') {
    add('is recalled and has no interval', 'Widen it as the schema says');
  }
  if (recalled && !isWidened(r)) add('is recalled and not widened', 'Widen it as the schema says');
  if (r.type === 'agreement' && Math.abs(r.estimate) > 1)
    add('is an agreement above 1', 'Give it as a share or a kappa');
  if (r.type === 'parameter' && r.unit === 'probability' && !(r.value >= 0 && r.value <= 1))
    add(`is a probability of ${r.value}`, 'Give it between 0 and 1');
  if (r.type === 'effect' && /arm$/.test(r.kind) && Math.abs(r.estimate) > r.scale.max - r.scale.min)
    add('its effect is larger than its scale', 'Check the figure and the scale');
  if (r.interval !== null && r.interval[0] > r.interval[1])
    add('its interval runs backwards', 'Put the lower end first');
  const estimate = estimateOf(r);
  if (estimate !== undefined && r.interval !== null) {
    const slack = 1e-9 + Math.abs(estimate) * 0.02;
    if (estimate < r.interval[0] - slack || estimate > r.interval[1] + slack)
      add('its interval misses its estimate', 'Check both');
  }
  if (r.type === 'likelihood') checkRatios(r, add);
  if ('treatment' in r && typeof r.treatment === 'string' && !base.records.has(`treatment/${r.treatment}`)) {
    add(`names the treatment ${r.treatment}, which does not exist`, 'Use an id of the treatment records');
  }
  if (r.type === 'treatment' && r.parent !== null && !base.records.has(`treatment/${r.parent}`)) {
    add(`its parent ${r.parent} does not exist`, 'Use an id of the treatment records');
  }
  if (r.type === 'guideline' || r.type === 'bleeding-class') {
    for (const t of r.treatments) {
      if (!base.records.has(`treatment/${t}`))
        add(`names the treatment ${t}, which does not exist`, 'Use an id of the treatment records');
    }
  }
  if (r.type === 'predictive' && Math.abs(r.shrunk - (r.overall + 0.5 * (r.estimate - r.overall))) > 0.006) {
    add(
      'its shrunk effect is not halfway to the overall one',
      'Recompute: overall + 0.5 (estimate - overall)',
    );
  }
  if (r.type === 'table' && r.rows.some((row) => row.values.length !== r.columns.length)) {
    add('a row of the table has not as many values as columns', 'Complete the row; null is "not given"');
  }
  return out;
}

/** A ratio of our own choosing spans at least this factor between its ends. */
const WIDE = 1.5;

function checkRatios(
  r: Extract<EvidenceRecord, { type: 'likelihood' }>,
  add: (what: string, help: string) => void,
): void {
  for (const ratio of [r.positive, r.negative]) {
    if (ratio === null) continue;
    if (ratio.interval === null) {
      if (r.evidence === 'default')
        add('is our own choice and its ratio has no interval', 'Give the range it may lie in');
      continue;
    }
    const [low, high] = ratio.interval;
    if (low > high) add('the interval of a ratio runs backwards', 'Put the lower end first');
    if (ratio.value < low * 0.98 || ratio.value > high * 1.02)
      add('the interval of a ratio misses it', 'Check both');
    if (r.evidence === 'default' && high < low * WIDE)
      add('is our own choice and as narrow as a measurement', `Widen it to a factor of ${WIDE} at least`);
  }
}

/** Whether a recalled interval reaches further than the one that is recalled, on one side at least: the other may end with the scale. */
function isWidened({ interval, published }: EvidenceRecord): boolean {
  if (interval === null || published === undefined) return true;
  return interval[0] < published[0] || interval[1] > published[1];
}

function carriesEstimate(r: EvidenceRecord): boolean {
  return estimateOf(r) !== undefined;
}

/** The estimate that the interval is about. */
function estimateOf(r: EvidenceRecord): number | undefined {
  return 'estimate' in r && typeof r.estimate === 'number' ? r.estimate : undefined;
}

function checkSources(records: readonly EvidenceRecord[], base: EvidenceBase): readonly Problem[] {
  // A source whose only record a site has replaced is still the source of what was replaced.
  const replaced = records.flatMap((r) =>
    base.overridden.has(r.id) ? (EVIDENCE.records.get(r.id) ?? []) : [],
  );
  const used = new Set([...records, ...replaced].flatMap((r) => [r.sourceId, ...(r.alsoSources ?? [])]));
  return [...base.sources.values()].flatMap((s) => {
    const parsed = sourceSchema.safeParse(s);
    if (!parsed.success)
      return [issue('inconsistent', 'error', s.id, 'the source breaks the schema', 'See docs/evidence.md')];
    const out: Problem[] = [];
    if (!used.has(s.id))
      out.push(
        issue(
          'inconsistent',
          'warning',
          s.id,
          'no record uses this source',
          'Remove it, or add what it says',
        ),
      );
    if (s.link === null && (s.how === 'page-read' || s.how === 'abstract-read')) {
      out.push(issue('missing', 'error', s.id, 'the source was read and has no link', 'Add the link'));
    }
    return out;
  });
}
