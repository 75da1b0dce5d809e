import type { RawGeneTable } from './gene-table.ts';
import { pairKey } from './gene-table.ts';
import type {
  PublishedDefinition,
  PublishedExemption,
  PublishedPhenotype,
  PublishedVariant,
} from './published-release.ts';
import { mapOf } from './table-diff.ts';

interface BuildShift {
  readonly offset: number;
  readonly ref37: Readonly<Record<string, string>>;
}

/** Offset between the builds, gene by gene; only where every row of the gene that is inside it agrees. */
function buildShifts(
  csv: string | null,
): Map<string, { offsets: Map<number, number>; ref37: [number, string, string][] }> {
  const out = new Map<string, { offsets: Map<number, number>; ref37: [number, string, string][] }>();
  for (const line of (csv ?? '').split(/\r?\n/).slice(1)) {
    const cells = line.split(',');
    const [gene, pos37, pos38, a37, a38] = [cells[0], Number(cells[5]), Number(cells[6]), cells[7], cells[8]];
    if (!gene || !Number.isFinite(pos37) || !Number.isFinite(pos38)) continue;
    let entry = out.get(gene);
    if (!entry) {
      entry = { offsets: new Map(), ref37: [] };
      out.set(gene, entry);
    }
    entry.offsets.set(pos38 - pos37, (entry.offsets.get(pos38 - pos37) ?? 0) + 1);
    if (a37 && a38 && a37 !== a38) entry.ref37.push([pos38, a37, a38]);
  }
  return out;
}

function shiftOf(gene: string, variants: readonly PublishedVariant[], csv: string | null): BuildShift | null {
  const entry = buildShifts(csv).get(gene);
  if (!entry) return null;
  const [offset] = [...entry.offsets].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (offset === undefined) return null;
  const known = new Map(variants.map((v) => [v.position, v.ref]));
  const ref37: Record<string, string> = {};
  for (const [pos, base37, base38] of entry.ref37) if (known.get(pos) === base38) ref37[pos] = base37;
  return { offset, ref37 };
}

/**
 * How far an indel slides to the right. HGVS names the 3'-most placement, VCF the leftmost, so the distance between them is
 * the length of the stretch over which both spell the same sequence.
 */
export function rightShift(variant: {
  position: number;
  ref: string;
  alts: readonly string[];
  hgvs: string;
}): number {
  const { position, ref, alts } = variant;
  const alt = alts[0] ?? '';
  if (ref.length === alt.length) return 0;
  const unit = ref.length > alt.length ? ref.slice(1) : alt.slice(1);
  const repeat = /dup|del/.test(variant.hgvs) ? null : /g\.(\d+)([ACGT]+)\[(\d+)\]/.exec(variant.hgvs);
  if (repeat) {
    const count = ref.length > alt.length ? Number(repeat[3]) + 1 : Number(repeat[3]) - 1;
    const end = Number(repeat[1]) + (repeat[2] ?? '').length * count - 1;
    return Math.max(0, ref.length > alt.length ? end - position - unit.length : end - position);
  }
  const between = /g\.(\d+)_\d+ins/.exec(variant.hgvs);
  if (between) return Math.max(0, Number(between[1]) - position);
  const span = /g\.(\d+)(?:_(\d+))?(del|dup)/.exec(variant.hgvs);
  if (!span) return 0;
  const last = Number(span[2] ?? span[1]);
  return Math.max(0, span[3] === 'del' ? last - position - unit.length : last - position);
}

/** HGVS names in the order of the ALT alleles: `>A` tells itself, one copy more (`dup`) is the shortest insertion. */
function orderNames(variant: PublishedVariant): string[] {
  const names = variant.chromosomeHgvsName.split(';').map((name) => name.trim());
  if (names.length !== variant.alts.length || names.length === 1) return names;
  const byBase = variant.alts.map((alt) => names.find((name) => name.endsWith(`>${alt}`)));
  if (byBase.every((name) => name !== undefined)) return byBase;
  return names.some((name) => name.includes('dup'))
    ? [...names].sort((a, b) => Number(b.includes('dup')) - Number(a.includes('dup')))
    : names;
}

function positionRow(variant: PublishedVariant): (string | number)[] {
  const alts = variant.alts.join(',');
  const names = orderNames(variant);
  const derived = variant.alts.map((alt) => `g.${variant.position}${variant.ref}>${alt}`);
  const sameNames = names.join(';') === derived.join(';');
  const shift = rightShift({ ...variant, hgvs: names[0] ?? '' });
  const row: (string | number)[] = [variant.position, variant.rsid ?? '', variant.ref, alts];
  if (shift > 0 || !sameNames) row.push(shift);
  if (!sameNames) row.push(names.join(';'));
  return row;
}

function groupBy(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    const list = out[value] ?? [];
    list.push(name);
    out[value] = list;
  }
  return out;
}

function pairRows(phenotype: Pick<PublishedPhenotype, 'diplotypes' | 'haplotypes'>): {
  rows: string[][];
  conflicts: string[];
} {
  const rows = new Map<string, string[]>();
  const conflicts: string[] = [];
  const byDiplotype = [...phenotype.diplotypes];
  for (const diplotype of byDiplotype) {
    const values = Object.entries(diplotype.diplotypekey).flatMap(([name, n]) =>
      Array.from({ length: n }, () => phenotype.haplotypes[name] ?? ''),
    );
    if (values.some((value) => value === '')) continue;
    values.sort();
    const row = [values[0] ?? '', values[1] ?? '', diplotype.generesult];
    if (diplotype.activityScore !== null) row.push(diplotype.activityScore);
    const key = pairKey(values[0] ?? '', values[1] ?? '');
    const before = rows.get(key);
    if (before && before.join() !== row.join()) conflicts.push(Object.keys(diplotype.diplotypekey).join('/'));
    else rows.set(key, row);
  }
  return { rows: [...rows.values()].sort((a, b) => a.join().localeCompare(b.join(), 'en')), conflicts };
}

export interface ImportedGene {
  readonly table: RawGeneTable;
  readonly remarks: readonly string[];
}

/**
 * What each allele does. Genes without activity values say it twice; where the two differ, one of them was not brought up to date: the one that
 * the table before had already.
 */
function functionsOf(
  p: PublishedPhenotype,
  before: RawGeneTable | null,
): { readonly names: readonly [string, string][]; readonly contradicted: readonly string[] } {
  if (!p.namedAlleles?.length) return { names: Object.entries(p.haplotypes), contradicted: [] };
  const scored = Object.keys(p.activityValues).length > 0;
  const had = mapOf(before?.functions);
  const contradicted: string[] = [];
  const names = p.namedAlleles.map(({ name, functionValue }): [string, string] => {
    const says = functionValue ?? 'Unassigned function';
    const other = scored ? says : (p.haplotypes[name] ?? says);
    if (other !== says) contradicted.push(`${name} (${says}, ${other})`);
    return [name, had.get(name) === says ? other : says];
  });
  return { names, contradicted };
}

/**
 * One gene's compact table from its published files. Sites on GRCh37 come from the two-build table, or from `before`; so do functions and
 * phenotypes, and the rules of the exemptions, where the release holds no such file of the gene: a folder of definitions alone must not leave
 * alleles that mean nothing.
 */
export function importGene(
  definition: PublishedDefinition,
  phenotype: PublishedPhenotype | null,
  exemption: PublishedExemption | null,
  positionsCsv: string | null,
  before: RawGeneTable | null,
): ImportedGene {
  const d = definition;
  const p: PublishedPhenotype = phenotype ?? {
    gene: d.gene,
    version: '',
    haplotypes: {},
    activityValues: {},
    diplotypes: [],
  };
  const ignored = new Set((exemption?.ignoredAlleles ?? []).map((name) => name.toLowerCase()));
  const remarks: string[] = [];
  const keep = d.variants.map((v, index) => ({ v, index }));
  const shift = shiftOf(d.gene, d.variants, positionsCsv);
  const alleles: [string, string][] = [];
  for (const allele of [...d.namedAlleles].sort((a, b) => Number(b.reference) - Number(a.reference))) {
    if (ignored.has(allele.name.toLowerCase())) continue;
    const parts = keep.flatMap(({ v, index }, at) => {
      const base = allele.alleles[index];
      return base == null || (allele.reference && base === v.ref) ? [] : [`${at}=${base}`];
    });
    if (!allele.reference && parts.length === 0) {
      remarks.push(`${d.gene} ${allele.name}: no position of its own, not matched from variants`);
      continue;
    }
    alleles.push([allele.name, parts.join(' ')]);
  }
  const { names, contradicted } = functionsOf(p, before);
  if (contradicted.length > 0)
    remarks.push(
      `${d.gene}: the release says two functions, the new one is taken: ${contradicted.join(', ')}`,
    );
  const { rows, conflicts } = pairRows(p);
  if (conflicts.length > 0) {
    const shown = conflicts.slice(0, 5).join(', ');
    const more = conflicts.length > 5 ? ` and ${conflicts.length - 5} more` : '';
    remarks.push(`${d.gene}: phenotype does not follow from the functions for ${shown}${more}`);
  }
  const offset = shift?.offset ?? before?.offset37;
  const ref37 = shift ? shift.ref37 : (before?.ref37 ?? {});
  const kept = phenotype === null ? before : null;
  if (kept && kept.pairs.length > 0)
    remarks.push(
      `${d.gene}: no phenotype file in this release, functions and phenotypes of ${kept.functionVersion} kept`,
    );
  const scores = Object.keys(p.activityValues).length ? groupBy(Object.entries(p.haplotypes)) : kept?.scores;
  const required = exemption ? exemption.requiredPositions : before?.required;
  const priorities = exemption
    ? exemption.unphasedDiplotypePriorities?.map((rule) => [rule.pick, ...rule.list])
    : before?.priorities;
  const tier1 = exemption ? exemption.amp1Alleles : before?.tier1;
  const table: RawGeneTable = {
    gene: d.gene,
    chromosome: d.chromosome,
    source: kept?.source ?? 'CPIC and ClinPGx allele definition and functionality tables (CC0)',
    version: d.version,
    modified: d.modificationDate.slice(0, 10),
    functionVersion: kept?.functionVersion ?? p.version,
    ...(offset === undefined ? {} : { offset37: offset }),
    ...(Object.keys(ref37).length ? { ref37 } : {}),
    positions: keep.map(({ v }) => positionRow(v)),
    alleles,
    functions: kept?.functions ?? groupBy(names),
    ...(scores ? { scores } : {}),
    pairs: kept?.pairs ?? rows,
    ...(required?.length ? { required } : {}),
    ...(priorities?.length ? { priorities } : {}),
    ...(tier1?.length ? { tier1 } : {}),
  };
  return { table, remarks };
}

/** MT-RNR1 has no published definition file: its alleles name their own positions on the rCRS (`m.1555A>G`). */
export function importMitochondrial(p: PublishedPhenotype): ImportedGene {
  const remarks: string[] = [];
  const positions = new Map<number, { ref: string; alts: string[] }>();
  const alleles: [string, { pos: number; base: string }[]][] = [];
  for (const name of Object.keys(p.haplotypes)) {
    const match = /^m\.(\d+)([ACGT])>([ACGT])$/.exec(name);
    if (!match) {
      if (name !== 'Reference')
        remarks.push(`MT-RNR1 ${name}: no single base change, not matched from variants`);
      continue;
    }
    const pos = Number(match[1]);
    const at = positions.get(pos) ?? { ref: match[2] ?? '', alts: [] };
    at.alts.push(match[3] ?? '');
    positions.set(pos, at);
    alleles.push([name, [{ pos, base: match[3] ?? '' }]]);
  }
  const order = [...positions.keys()].sort((a, b) => a - b);
  const { rows } = pairRows(p);
  return {
    table: {
      gene: 'MT-RNR1',
      chromosome: 'chrM',
      source: 'CPIC and ClinPGx allele functionality tables (CC0); positions from the allele names (rCRS)',
      version: p.version,
      modified: p.version.slice(0, 10),
      functionVersion: p.version,
      offset37: 0,
      positions: order.map((pos) => [
        pos,
        '',
        positions.get(pos)?.ref ?? '',
        (positions.get(pos)?.alts ?? []).join(','),
      ]),
      alleles: [
        ['Reference', ''],
        ...alleles.map(([name, parts]): [string, string] => [
          name,
          parts.map(({ pos, base }) => `${order.indexOf(pos)}=${base}`).join(' '),
        ]),
      ],
      functions: groupBy(Object.entries(p.haplotypes)),
      pairs: rows,
    },
    remarks,
  };
}

/** Compact JSON with one row a line, so that a review shows what changed. */
export function formatTable(table: RawGeneTable): string {
  const lines = Object.entries(table).map(([key, value]) => {
    if (Array.isArray(value) && Array.isArray(value[0])) {
      return `"${key}": [\n${value.map((row) => ` ${JSON.stringify(row)}`).join(',\n')}\n]`;
    }
    return `"${key}": ${JSON.stringify(value)}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
