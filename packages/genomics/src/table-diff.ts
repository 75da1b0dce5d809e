import type { RawGeneTable } from './gene-table.ts';
import type { RawGuidance } from './guidance-table.ts';

/** Lists of names under a value, turned round. */
export function mapOf(lists: Readonly<Record<string, readonly string[]>> | undefined): Map<string, string> {
  return new Map(Object.entries(lists ?? {}).flatMap(([value, names]) => names.map((name) => [name, value])));
}

/** Alleles by name, each written with positions rather than indices, so that a shifted index is no change. */
function allelesOf(table: RawGeneTable): Map<string, string> {
  return new Map(
    table.alleles.map(([name, text]) => [
      name,
      text
        .split(' ')
        .filter(Boolean)
        .map((part) => {
          const [at, base] = part.split('=');
          return `${table.positions[Number(at)]?.[0] ?? '?'}${base}`;
        })
        .join(' '),
    ]),
  );
}

function compare(what: string, before: Map<string, string>, after: Map<string, string>): string[] {
  const out: string[] = [];
  for (const [key, value] of after) {
    const old = before.get(key);
    if (old === undefined) out.push(`+ ${what} ${key}: ${value}`);
    else if (old !== value) out.push(`~ ${what} ${key}: ${old} -> ${value}`);
  }
  for (const [key, value] of before) if (!after.has(key)) out.push(`- ${what} ${key}: ${value}`);
  return out;
}

/** Alleles, where one that went and one that came spell the same thing are one that was renamed. */
function compareAlleles(before: Map<string, string>, after: Map<string, string>): string[] {
  const gone = new Map([...before].filter(([name]) => !after.has(name)).map(([name, text]) => [text, name]));
  const renamed = [...after].flatMap(([name, text]): [string, string, string][] => {
    const old = before.has(name) ? undefined : gone.get(text);
    return old === undefined || text === '' ? [] : [[old, name, text]];
  });
  const [old, now] = [new Map(before), new Map(after)];
  for (const [from, to] of renamed) {
    old.delete(from);
    now.delete(to);
  }
  return [
    ...renamed.map(([from, to, text]) => `~ allele ${from} renamed ${to}: ${text}`),
    ...compare('allele', old, now),
  ];
}

/** What a new release changes for one gene, one line a change; empty when nothing did. */
export function diffTables(before: RawGeneTable | null, after: RawGeneTable): string[] {
  if (!before)
    return [`+ gene ${after.gene}: ${after.positions.length} positions, ${after.alleles.length} alleles`];
  const positions = (t: RawGeneTable) =>
    new Map(t.positions.map((row) => [String(row[0]), row.slice(1).join(' ')]));
  const pairs = (t: RawGeneTable) =>
    new Map(t.pairs.map((row) => [`${row[0]} + ${row[1] || 'none'}`, row.slice(2).join(' ')]));
  const rules = (t: RawGeneTable) =>
    new Map(
      Object.entries({
        chromosome: t.chromosome,
        'offset to GRCh37': t.offset37,
        'bases of GRCh37': t.ref37,
        'required positions': t.required,
        'order of diplotypes': t.priorities,
        'alleles of tier 1': t.tier1,
      }).flatMap(([name, value]) => (value === undefined ? [] : [[name, JSON.stringify(value)]])),
    );
  const lines = [
    ...compare('rule', rules(before), rules(after)),
    ...compare('position', positions(before), positions(after)),
    ...compareAlleles(allelesOf(before), allelesOf(after)),
    ...compare('function', mapOf(before.functions), mapOf(after.functions)),
    ...compare('activity value', mapOf(before.scores), mapOf(after.scores)),
    ...compare('phenotype', pairs(before), pairs(after)),
  ];
  if (before.functionVersion !== after.functionVersion)
    lines.unshift(`~ version of functions: ${before.functionVersion} -> ${after.functionVersion}`);
  if (before.version !== after.version) lines.unshift(`~ version: ${before.version} -> ${after.version}`);
  return lines;
}

/** Every rule of a guidance table, written out, by drug, guideline, genes, state and population. */
function guidanceRules(table: RawGuidance | null): Map<string, string> {
  const out = new Map<string, string>();
  for (const g of table?.guidelines ?? []) {
    for (const [advice, classification, population, keys] of g.rules) {
      const [action, text] = table?.advice[advice] ?? ['', ''];
      for (const key of keys.split(';')) {
        const where = `${g.guideline} ${g.drug} ${g.genes.join(' + ')} ${key}${population ? ` (${population})` : ''}`;
        out.set(where, `${action}, ${classification}: ${text}`);
      }
    }
  }
  return out;
}

/** What a new release of guidance changes, one line a rule; empty when nothing did. */
export function diffGuidance(before: RawGuidance | null, after: RawGuidance): string[] {
  if (!before) return [`+ guidance of ${after.version}: ${after.guidelines.length} guidelines`];
  const lines = compare('rule', guidanceRules(before), guidanceRules(after));
  if (before.version !== after.version) lines.unshift(`~ version: ${before.version} -> ${after.version}`);
  return lines;
}
