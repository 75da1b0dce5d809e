import type { LedgerEntry } from '@foramen/spine';
import type { GeneTable } from './gene-table.ts';
import { guidanceTables } from './guidance.ts';
import type { GuidanceTable, Guideline, GuidelineName } from './guidance-table.ts';
import { MARKER_VERSION } from './markers.ts';
import { FREQUENCY_SOURCE, FREQUENCY_VERSION, UNVERIFIED } from './populations.ts';
import { geneTables } from './tables.ts';

function isoDate(text: string): string {
  const match = /(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3] ?? '01'}` : '';
}

/** Function tables that are not a release of their own. */
const REBUILT = /^(reconstructed|v\d)/;

function definitionEntry(table: GeneTable): LedgerEntry {
  const { functionVersion } = table;
  return {
    what: `${table.gene} allele definitions and functions`,
    source: table.source,
    version: `${table.version}, last changed ${table.modified}; ${functionVersion === '' ? 'no function table' : `functions ${functionVersion}`}`,
    dated: isoDate(table.version),
    ...(REBUILT.test(functionVersion)
      ? {
          secondHand: 'functions rebuilt from tables of earlier releases: check the CPIC functionality table',
        }
      : {}),
  };
}

const CHECK_AT: Readonly<Record<GuidelineName, string>> = {
  FDA: 'taken from reports on the labels: check fda.gov',
  CPIC: 'guideline itself not at hand: check cpicpgx.org',
  DPWG: 'guideline itself not at hand: check knmp.nl',
};

/** Drugs that an entry names one by one. */
const MOST_NAMED = 15;

/** One entry for each body whose guidance a table holds, what is second-hand apart from what is not. */
function guidanceEntries(table: GuidanceTable): readonly LedgerEntry[] {
  const drugs = new Map<string, { readonly of: Guideline; readonly names: Set<string> }>();
  for (const guideline of table.guidelines) {
    const key = `${guideline.guideline} ${guideline.secondHand}`;
    const entry = drugs.get(key) ?? { of: guideline, names: new Set<string>() };
    entry.names.add(guideline.drug);
    drugs.set(key, entry);
  }
  return [...drugs.values()].map(({ of, names }): LedgerEntry => {
    const listed = names.size <= MOST_NAMED ? [...names].join(', ') : `${names.size} drugs`;
    return {
      what: `${of.guideline} guidance on ${listed}`,
      source: table.source.split('; ').find((part) => part.startsWith(of.guideline)) ?? table.source,
      version: table.version,
      dated: isoDate(table.version),
      ...(of.secondHand ? { secondHand: CHECK_AT[of.guideline] } : {}),
    };
  });
}

/** What trials of prescribing for pain by genes found, in one sentence; said wherever genes are said to matter. */
export const TRIALS =
  'Six randomised trials of prescribing for pain by genes, pooled: less opioid used (standardised difference -0.38, 95% interval -0.67 to -0.08), pain not surely less (-0.31, -0.89 to 0.27), adverse events counted in one (Jethwa 2025). In another of 370 people only the 45 intermediate or poor CYP2D6 metabolizers on codeine or tramadol had less pain (Smith 2019)';

/** Where every fact comes from and how old it is. */
export function evidenceLedger(): readonly LedgerEntry[] {
  const definitions = geneTables().map(definitionEntry);
  const guidance = guidanceTables().flatMap(guidanceEntries);
  return [
    ...definitions,
    ...guidance,
    {
      what: 'allele frequencies by population',
      source: FREQUENCY_SOURCE,
      version: FREQUENCY_VERSION,
      dated: isoDate(FREQUENCY_VERSION),
    },
    ...Object.entries(UNVERIFIED).map(
      ([gene, why]): LedgerEntry => ({
        what: `frequencies of ${gene} by population`,
        source: FREQUENCY_SOURCE,
        version: FREQUENCY_VERSION,
        dated: isoDate(FREQUENCY_VERSION),
        secondHand: why,
      }),
    ),
    {
      what: 'CPIC levels of drugs',
      source: 'CPIC gene and drug table by way of PyPGx (MIT)',
      version: '2024',
      dated: '2024-01-01',
      secondHand: 'taken from a copy of the table: check cpicpgx.org',
    },
    {
      what: 'susceptibility markers and their verdicts',
      source: 'meta-analyses named with each marker',
      version: MARKER_VERSION,
      dated: isoDate(MARKER_VERSION),
    },
    {
      what: 'alternatives: age, kidneys, liver, other illnesses, pregnancy, breastfeeding and interactions',
      source:
        'AGS Beers 2023, AASLD 2022, CDC 2022, FDA, EMA and MHRA warnings, LactMed, CredibleMeds, NeuPSIG 2015, labels',
      version: '2023',
      dated: '2023-05-04',
      secondHand: 'from summaries and memory, not read in from a release: check the labels',
    },
    {
      what: 'whether prescribing for pain by genes helps',
      source: 'Jethwa 2025, doi 10.1038/s41397-025-00379-w: six randomised trials pooled',
      version: '2025',
      dated: '2025-01-01',
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
