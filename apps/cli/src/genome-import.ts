import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { geneTables } from '@foramen/genomics';
import {
  diffGuidance,
  diffTables,
  formatGuidance,
  formatTable,
  type ImportedGene,
  importGene,
  importGuidance,
  importMitochondrial,
  type PublishedPhenotype,
  type RawGeneTable,
  type RawGuidance,
  readDefinition,
  readExemption,
  readPhenotype,
} from '@foramen/genomics/import';
import { fail, ok, type Problem, problemLine, type Result } from '@foramen/spine/problem';
import type { CliIo } from './genome-io.ts';
import { makeFolder, writeWhole } from './output-files.ts';

const TABLES = fileURLToPath(new URL('../../../packages/genomics/data/', import.meta.url));

function walk(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)],
  );
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  // Without the mark that some editors put before UTF-8.
  return new TextDecoder().decode(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
}

function readJson(path: string): Result<unknown> {
  try {
    return ok(JSON.parse(readText(path)) as unknown);
  } catch (error) {
    const what = `cannot be read (${(error as Error).message})`;
    return fail({
      code: 'unreadable',
      severity: 'error',
      where: path,
      what,
      help: 'Fetch the release again',
    });
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

interface ImportArgs {
  readonly dir: string;
  readonly to: string;
  readonly dry: boolean;
}

/** Null for wrong usage: this command writes, so nothing it was told is passed over. */
function readArgs(argv: readonly string[]): ImportArgs | null {
  let dir: string | null = null;
  let to = TABLES;
  let dry = false;
  for (let at = 0; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    const given = arg === '--to' ? argv[++at] : /^--to=(.*)$/.exec(arg)?.[1];
    if (arg === '--dry-run') dry = true;
    else if (arg.startsWith('--to')) {
      if (!given || given.startsWith('--')) return null;
      to = resolve(given);
    } else if (arg.startsWith('-') || arg === '' || dir !== null) return null;
    else dir = arg;
  }
  return dir === null ? null : { dir, to, dry };
}

/**
 * `foramen genome import DIR [--to DIR] [--dry-run]`: makes the gene tables from a published definition release and prints
 * what changed against the tables that were there.
 */
export function runGenomeImport(argv: readonly string[], io: CliIo): number {
  const args = readArgs(argv);
  if (args === null) {
    io.err('usage: foramen genome import DIR [--to DIR] [--dry-run]');
    return 2;
  }
  const { dir, to, dry } = args;
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    io.err(
      `${dir}: no such folder. Give the folder of a definition release (files named GENE_translation.json).`,
    );
    return 1;
  }
  const files = walk(dir);
  const pick = (pattern: RegExp) => files.filter((path) => pattern.test(basename(path)));
  const definitions = pick(/^[A-Z0-9_-]+_translation\.json(\.gz)?$/);
  if (definitions.length === 0) {
    io.err(`${dir}: holds no allele definitions. Expected files named GENE_translation.json or .json.gz.`);
    return 1;
  }
  const problems: Problem[] = [];
  /** A file read and checked; what is wrong with it is kept, so that all bad files are named at once and nothing is written. */
  const checked = <T>(path: string, check: (value: unknown, where: string) => Result<T>): T | null => {
    const parsed = readJson(path);
    const result = parsed.ok ? check(parsed.value, path) : parsed;
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return null;
  };
  const phenotypes = new Map<string, PublishedPhenotype>();
  for (const path of pick(/^[A-Z0-9_]+\.json(\.gz)?$/)) {
    const value = checked(path, readPhenotype);
    if (value) phenotypes.set(value.gene, value);
  }
  const exemptionFile = pick(/^exemptions\.json(\.gz)?$/)[0];
  const exemptions = exemptionFile ? byGene(checked(exemptionFile, (value) => ok(value)) ?? {}) : {};
  const csv = pick(/positions.*grch37.*\.csv$/i)[0];
  const csvText = csv ? readText(csv) : null;
  const imported: { readonly gene: ImportedGene; readonly before: RawGeneTable | null }[] = [];
  const sources = new Map<string, { readonly path: string; readonly text: string }>();
  for (const path of definitions.sort()) {
    const definition = checked(path, readDefinition);
    if (!definition) continue;
    const text = JSON.stringify(definition);
    const other = sources.get(definition.gene);
    if (other !== undefined) {
      const what = `defines ${definition.gene} otherwise than ${other.path}`;
      const help = 'Give a folder that holds one release';
      if (other.text !== text)
        problems.push({ code: 'inconsistent', severity: 'error', where: path, what, help });
      continue;
    }
    sources.set(definition.gene, { path, text });
    const before = readBefore(join(to, `${definition.gene}.json`));
    const own = exemptions[definition.gene];
    const exemption = own === undefined ? ok(null) : readExemption(own, exemptionFile ?? '');
    if (!exemption.ok) {
      problems.push(...exemption.problems);
      continue;
    }
    const phenotype = phenotypes.get(definition.gene) ?? null;
    imported.push({ gene: importGene(definition, phenotype, exemption.value, csvText, before), before });
  }
  const mitochondrial = phenotypes.get('MT-RNR1');
  if (mitochondrial)
    imported.push({
      gene: importMitochondrial(mitochondrial),
      before: readBefore(join(to, 'MT-RNR1.json')),
    });
  if (problems.length > 0) {
    for (const problem of problems) io.err(problemLine(problem));
    io.err(`${dir}: nothing was changed, as ${problems.length} of its files cannot be used.`);
    return 1;
  }
  if (!dry) makeFolder(to);
  for (const { gene, before } of imported) {
    const { table, remarks } = gene;
    const lines = diffTables(before, table);
    io.out(`${table.gene}: ${lines.length === 0 ? 'no change' : `${lines.length} changes`}`);
    for (const line of lines.slice(0, 200)) io.out(`  ${line}`);
    for (const remark of remarks) io.out(`  note: ${remark}`);
    if (!dry && lines.length > 0) writeWhole(join(to, `${table.gene}.json`), formatTable(table));
  }
  const come = new Set(imported.map(({ gene }) => gene.table.gene));
  for (const { gene } of geneTables()) {
    if (!come.has(gene) && existsSync(join(to, `${gene}.json`)))
      io.out(`${gene}: not in this release, kept as it was`);
  }
  const guidance = pick(/recommendations.*\d{4}-\d{2}-\d{2}.*\.json(\.gz)?$/)
    .sort()
    .at(-1);
  if (!guidance) return 0;
  const annotations = readJson(guidance);
  if (!annotations.ok || !Array.isArray(annotations.value)) {
    const what = annotations.ok ? 'not a list of annotations' : annotations.problems[0].what;
    io.err(`${guidance}: ${what}. Fetch the release again; the guidance was not changed.`);
    return 1;
  }
  storeGuidance(guidance, annotations.value, join(to, 'guidance.json'), dry, io);
  return 0;
}
