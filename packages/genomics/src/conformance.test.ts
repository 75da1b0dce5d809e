import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { isSettledNormal } from '@foramen/spine/genome';
import { describe, expect, it } from 'vitest';
import { callGene } from './call-gene.ts';
import { geneResult } from './gene-state.ts';
import { readOutsideCalls } from './outside.ts';
import { callGenome, tablesToRead } from './profile.ts';
import type { GeneSites } from './site.ts';
import { geneTable } from './tables.ts';
import { VcfReader } from './vcf-reader.ts';

const SHARED = fileURLToPath(new URL('../../../../shared/data/pharmacogenomics/', import.meta.url));
const there = existsSync(`${SHARED}cases.json.gz`);
if (!there) console.warn(`SKIPPED: the reference cases are not at ${SHARED}`);

interface Expected {
  readonly diplotypes: readonly string[];
  readonly lookup?: readonly {
    alleles: readonly (string | null)[];
    phenotypes: readonly string[];
    activityScore: string | null;
  }[];
  readonly source?: string;
  readonly phenotypes?: readonly (readonly string[])[];
}
interface Case {
  readonly id: string;
  readonly mode: { combinations: boolean; allMatches: boolean };
  readonly vcf: string;
  readonly outsideCalls: string | null;
  readonly expect: Readonly<Record<string, Expected>>;
  readonly drugs?: Readonly<
    Record<string, Readonly<Record<string, readonly { classification: string | null }[]>>>
  >;
}

/** Files of an uncompressed tar archive. */
function untar(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= bytes.length; ) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    if (name === '') break;
    const size = Number.parseInt(bytes.toString('ascii', at + 124, at + 136), 8) || 0;
    files.set(name.replace(/^\.\//, ''), bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

function load(): { cases: readonly Case[]; files: Map<string, Buffer> } {
  const read = (name: string) => gunzipSync(readFileSync(SHARED + name));
  return {
    cases: JSON.parse(read('cases.json.gz').toString('utf8')) as Case[],
    files: untar(read('vcf.tar.gz')),
  };
}

const known = (names: readonly string[]) =>
  names
    .filter((name) => !name.startsWith('Unknown'))
    .sort()
    .join(' ; ');

describe.runIf(there)('reference cases', () => {
  const data = there ? load() : { cases: [], files: new Map<string, Buffer>() };
  const open = (c: Case) => {
    const reader = new VcfReader(tablesToRead(), c.id);
    reader.push(data.files.get(c.vcf) ?? new Uint8Array(0));
    const file = reader.finish();
    if (!file.ok) throw new Error(`${c.id}: ${file.problems[0].what}`);
    return file.value;
  };

  it('calls the same diplotypes, and means the same by them', () => {
    const wrong: string[] = [];
    let total = 0;
    for (const c of data.cases) {
      const file = open(c);
      const sites = file.sitesOf(file.samples[0] ?? '');
      for (const [gene, expected] of Object.entries(c.expect)) {
        const table = geneTable(gene);
        if (!table || expected.source === 'OUTSIDE') continue;
        total++;
        const call = callGene(table, sites.get(gene) ?? new Map(), c.mode);
        if (known(expected.diplotypes) !== known(call.names))
          wrong.push(`${c.id} ${gene}: ${call.names.join()}`);
        const pairs = (expected.lookup ?? []).filter((pair) => pair.alleles[0] !== 'Unknown');
        if (pairs.length === 0) continue;
        const want = pairs.map((p) => `${p.phenotypes.join()}|${p.activityScore}`).sort();
        const got = call.diplotypes.map((d) => `${d.meaning.phenotype}|${d.meaning.score}`).sort();
        if (want.join(' ; ') !== got.join(' ; '))
          wrong.push(`${c.id} ${gene}: ${got.join()} for ${want.join()}`);
      }
    }
    expect(total).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it('never settles an unknown gene as normal when positions are taken away', () => {
    let tried = 0;
    let turned = 0;
    for (const c of data.cases) {
      const file = open(c);
      const sites = file.sitesOf(file.samples[0] ?? '');
      for (const gene of Object.keys(c.expect)) {
        const table = geneTable(gene);
        const own = sites.get(gene);
        if (!table || !own) continue;
        const resultOf = (kept: GeneSites) => geneResult(table, callGene(table, kept, c.mode), [], String);
        const before = resultOf(own);
        if (!/^(No Result|Indeterminate|n\/a|)$/.test(before.phenotype)) continue;
        const variant = [...own].flatMap(([at, site]) =>
          [site.first, site.second].some((base) => base !== null && base !== table.positions[at]?.ref)
            ? [at]
            : [],
        );
        const groups = [...own.keys()].map((at) => [at]);
        for (const group of [...groups, variant, [...own.keys()].slice(1)]) {
          if (group.length === 0) continue;
          tried++;
          const kept = new Map([...own].filter(([at]) => !group.includes(at)));
          const call = callGene(table, kept, c.mode);
          if (!call.diplotypes.some(({ meaning }) => /^Normal/i.test(meaning.phenotype))) continue;
          const after = resultOf(kept);
          expect(isSettledNormal(after), `${c.id} ${gene}`).toBe(false);
          turned++;
          expect(after.status).toBe('provisional');
        }
      }
    }
    expect(tried).toBeGreaterThan(5000);
    expect(turned).toBeGreaterThan(20);
  });

  it('reads outside calls and gives every drug the same class of recommendation', () => {
    const wrong: string[] = [];
    let total = 0;
    for (const c of data.cases.filter((entry) => entry.outsideCalls || entry.drugs)) {
      const file = open(c);
      const outside = readOutsideCalls(c.outsideCalls ?? '', 'outside');
      if (!outside.ok) throw new Error(outside.problems[0].what);
      const called = callGenome(file, file.samples[0] ?? '', { outside: outside.value, brief: true });
      if (!called.ok) throw new Error(called.problems[0].what);
      for (const [gene, expected] of Object.entries(c.expect)) {
        if (expected.source !== 'OUTSIDE') continue;
        if (known(expected.diplotypes) !== known(called.value.genes[gene]?.diplotypes ?? []))
          wrong.push(`${c.id} ${gene}`);
      }
      for (const [drug, bySource] of Object.entries(c.drugs ?? {})) {
        for (const [source, list] of Object.entries(bySource)) {
          const guideline = source === 'cpic-guideline' ? 'CPIC' : 'DPWG';
          const want = list
            .map((entry) => entry.classification ?? 'None')
            .sort()
            .join();
          const got = called.value.drugs
            .filter(
              (entry) => entry.drug === drug && entry.guideline === guideline && entry.action !== 'untested',
            )
            .map((entry) => entry.classification)
            .sort()
            .join();
          total++;
          if (want !== got) wrong.push(`${c.id} ${drug} ${guideline}: ${got} for ${want}`);
        }
      }
    }
    expect(total).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });

  it('converts CYP2D6 under inhibitors as agreed', () => {
    const rows = JSON.parse(readFileSync(`${SHARED}phenoconversion.json`, 'utf8')) as {
      cyp2d6: string;
      coMedication: string;
      clinicalActivityScore: number;
      clinicalPhenotype: string;
      expect: Record<string, { classification: string }>;
    }[];
    for (const row of rows) {
      const outside = readOutsideCalls(`CYP2D6\t${row.cyp2d6}\n`, 'outside');
      if (!outside.ok) throw new Error(outside.problems[0].what);
      const context = { medications: [{ name: row.coMedication }] };
      const called = callGenome(null, 'x', { outside: outside.value, context });
      if (!called.ok) throw new Error(called.problems[0].what);
      const gene = called.value.genes.CYP2D6;
      expect(gene?.phenotypeWithDrugs ?? gene?.phenotype).toBe(row.clinicalPhenotype);
      expect(gene?.activityScoreWithDrugs ?? gene?.activityScore).toBe(row.clinicalActivityScore);
      for (const [drug, { classification }] of Object.entries(row.expect)) {
        expect(
          called.value.drugs.find((d) => d.drug === drug && d.guideline === 'CPIC')?.classification,
        ).toBe(classification);
      }
    }
  });
});
