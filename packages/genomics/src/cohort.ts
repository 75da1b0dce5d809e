import type { GenomicProfile } from '@foramen/spine';

/** One gene of one sample, as a line of the cohort table. */
export interface CohortRow {
  readonly sample: string;
  readonly gene: string;
  readonly diplotypes: string;
  readonly phenotype: string;
  readonly activityScore: string;
  readonly source: string;
  readonly phased: string;
  readonly missing: string;
  readonly uncalled: string;
  /** What missing positions leave open; empty where all were read. */
  readonly provisional: string;
  /** called, provisional or no-result. */
  readonly status: string;
}

const COLUMNS: readonly (keyof CohortRow)[] = [
  'sample',
  'gene',
  'diplotypes',
  'phenotype',
  'activityScore',
  'source',
  'phased',
  'missing',
  'uncalled',
  'provisional',
  'status',
];

export function cohortRows(profile: GenomicProfile): readonly CohortRow[] {
  return Object.entries(profile.genes).map(([gene, result]) => ({
    sample: profile.sample,
    gene,
    diplotypes: result.diplotypes.join(' OR '),
    phenotype: result.phenotype,
    activityScore: result.activityScore === null ? '' : String(result.activityScore),
    source: result.source ?? '',
    phased: result.phased ? 'yes' : 'no',
    missing: String(result.missingPositions.length),
    uncalled: result.uncalled ?? '',
    provisional: result.provisional ?? '',
    status: result.status ?? '',
  }));
}

/** Tab-separated, with the header line first unless `header` is false. */
export function cohortTsv(rows: readonly CohortRow[], header = true): string {
  const lines = rows.map((row) => COLUMNS.map((column) => row[column].replace(/[\t\r\n]/g, ' ')).join('\t'));
  return `${header ? `${COLUMNS.join('\t')}\n` : ''}${lines.map((line) => `${line}\n`).join('')}`;
}
