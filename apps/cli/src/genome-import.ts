import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  diffGuidance,
  diffTables,
  formatGuidance,
  formatTable,
  type ImportedGene,
  importGene,
  importGuidance,
  importMitochondrial,
  type RawGeneTable,
  type RawGuidance,
} from '@foramen/genomics/import';
import type { CliIo } from './genome-io.ts';
import { makeFolder, writeWhole } from './output-files.ts';
import { InputError } from './streams.ts';

const TABLES = fileURLToPath(new URL('../../../packages/genomics/data/', import.meta.url));

function walk(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)],
  );
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** @throws InputError that names the file */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    const what = `cannot be read (${(error as Error).message})`;
    const help = 'Fetch the release again';
    throw new InputError([{ code: 'unreadable', severity: 'error', where: path, what, help }]);
  }
}

function readBefore(path: string): RawGeneTable | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RawGeneTable) : null;
}

/** Exemptions come keyed by gene in one release and as a list in another. */
function byGene(value: unknown): Record<string, unknown> {
  if (!Array.isArray(value)) return value as Record<string, unknown>;
  return Object.fromEntries((value as { gene: string }[]).map((entry) => [entry.gene, entry]));
}

/** Guideline annotations into structured actions; what could not be understood is listed and left out. */
function storeGuidance(path: string, annotations: unknown, target: string, dry: boolean, io: CliIo): void {
  const version = /\d{4}-\d{2}-\d{2}/.exec(basename(path))?.[0] ?? '';
  const { table, unread } = importGuidance(annotations, version);
  const before = existsSync(target) ? (JSON.parse(readFileSync(target, 'utf8')) as RawGuidance) : null;
  const lines = diffGuidance(before, table);
  io.out(`guidance: ${lines.length === 0 ? 'no change' : `${lines.length} changes`}`);
  for (const line of lines.slice(0, 200)) io.out(`  ${line}`);
  for (const line of unread) io.out(`  note: not understood, to be read by a person: ${line}`);
  if (!dry && lines.length > 0) writeWhole(target, formatGuidance(table));
}

/**
 * `foramen genome import DIR [--to DIR] [--dry-run]`: makes the gene tables from a published definition release and prints
 * what changed against the tables that were there.
 */
export function runGenomeImport(argv: readonly string[], io: CliIo): number {
  const dry = argv.includes('--dry-run');
  const toAt = argv.indexOf('--to');
  const to = toAt >= 0 ? resolve(argv[toAt + 1] ?? '') : TABLES;
  const dir = argv.find((arg, index) => !arg.startsWith('--') && (toAt < 0 || index !== toAt + 1));
  if (!dir) {
    io.err('usage: foramen genome import DIR [--to DIR] [--dry-run]');
    return 2;
  }
  if (!existsSync(dir)) {
    io.err(
      `${dir}: no such folder. Give the folder of a definition release (files named GENE_translation.json).`,
    );
    return 1;
  }
  const files = walk(dir);
  const pick = (pattern: RegExp) => files.filter((path) => pattern.test(basename(path)));
  const parse = (path: string): unknown => readJson(path);
  const definitions = pick(/^[A-Z0-9_-]+_translation\.json(\.gz)?$/);
  if (definitions.length === 0) {
    io.err(`${dir}: holds no allele definitions. Expected files named GENE_translation.json or .json.gz.`);
    return 1;
  }
  const phenotypes = new Map<string, unknown>();
  for (const path of pick(/^[A-Z0-9_]+\.json(\.gz)?$/)) {
    const value = parse(path) as { gene?: string; diplotypes?: unknown };
    if (value.gene && value.diplotypes) phenotypes.set(value.gene, value);
  }
  const exemptionFile = pick(/^exemptions\.json(\.gz)?$/)[0];
  const exemptions = exemptionFile ? byGene(parse(exemptionFile)) : {};
  const csv = pick(/positions.*grch37.*\.csv$/i)[0];
  const csvText = csv ? readText(csv) : null;
  if (!dry) makeFolder(to);
  const store = (imported: ImportedGene, before: RawGeneTable | null): void => {
    const { table, remarks } = imported;
    const lines = diffTables(before, table);
    io.out(`${table.gene}: ${lines.length === 0 ? 'no change' : `${lines.length} changes`}`);
    for (const line of lines.slice(0, 200)) io.out(`  ${line}`);
    for (const remark of remarks) io.out(`  note: ${remark}`);
    if (!dry && lines.length > 0) writeWhole(join(to, `${table.gene}.json`), formatTable(table));
  };
  for (const path of definitions.sort()) {
    const definition = parse(path) as { gene: string };
    const before = readBefore(join(to, `${definition.gene}.json`));
    const phenotype = phenotypes.get(definition.gene) ?? null;
    store(importGene(definition, phenotype, exemptions[definition.gene], csvText, before), before);
  }
  const mitochondrial = phenotypes.get('MT-RNR1');
  if (mitochondrial) store(importMitochondrial(mitochondrial), readBefore(join(to, 'MT-RNR1.json')));
  const guidance = pick(/recommendations.*\d{4}-\d{2}-\d{2}.*\.json(\.gz)?$/)
    .sort()
    .at(-1);
  if (guidance) storeGuidance(guidance, parse(guidance), join(to, 'guidance.json'), dry, io);
  return 0;
}
