import type { LedgerEntry } from '@foramen/spine';
import { guidanceTables } from './guidance.ts';
import { MARKER_VERSION } from './markers.ts';
import { FREQUENCY_SOURCE, FREQUENCY_VERSION } from './populations.ts';
import { geneTables } from './tables.ts';

function isoDate(text: string): string {
  const match = /(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3] ?? '01'}` : '';
}

/** Where every fact comes from and how old it is. */
export function evidenceLedger(): readonly LedgerEntry[] {
  const definitions = geneTables().map(
    (table): LedgerEntry => ({
      what: `${table.gene} allele definitions and functions`,
      source: table.source,
      version: `${table.version}, last changed ${table.modified}; functions ${table.functionVersion}`,
      dated: isoDate(table.version),
    }),
  );
  const guidance = guidanceTables().map(
    (table): LedgerEntry => ({
      what: `drug guidance, ${new Set(table.guidelines.map((g) => `${g.guideline} ${g.drug}`)).size} guideline-drug pairs`,
      source: table.source,
      version: table.version,
      dated: isoDate(table.version),
    }),
  );
  return [
    ...definitions,
    ...guidance,
    {
      what: 'allele frequencies by population',
      source: FREQUENCY_SOURCE,
      version: FREQUENCY_VERSION,
      dated: isoDate(FREQUENCY_VERSION),
    },
    {
      what: 'susceptibility markers and their verdicts',
      source: 'meta-analyses named with each marker',
      version: MARKER_VERSION,
      dated: isoDate(MARKER_VERSION),
    },
    {
      what: 'CYP2D6 phenoconversion factors',
      source: 'Cicali 2021, PMC7292748',
      version: '2021',
      dated: '2021-01-01',
    },
  ];
}

export interface StaleEntry extends LedgerEntry {
  readonly ageDays: number;
  readonly stale: boolean;
}

/**
 * Age of every entry at `today` (ISO date). Definitions change a few times a year, guidance about once: what is older than
 * `maxDays` should be imported anew.
 */
export function auditLedger(today: string, maxDays = 365): readonly StaleEntry[] {
  const now = Date.parse(`${today}T00:00:00Z`);
  return evidenceLedger()
    .map((entry) => {
      const then = Date.parse(`${entry.dated}T00:00:00Z`);
      const ageDays = Number.isNaN(then) ? Number.POSITIVE_INFINITY : Math.floor((now - then) / 86_400_000);
      return { ...entry, ageDays, stale: ageDays > maxDays };
    })
    .sort((a, b) => b.ageDays - a.ageDays);
}
