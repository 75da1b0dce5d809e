import type { PlainTable } from './sequence.ts';

/** For tests only: what two strands carry at each position read; `block` ties positions of known phase together (null: unphased). */
export interface PlainSite {
  readonly at: number;
  readonly bases: readonly [string, string];
  readonly block: string | null;
}

const CODES: Record<string, string> = {
  R: 'AG',
  Y: 'CT',
  S: 'CG',
  W: 'AT',
  K: 'GT',
  M: 'AC',
};
const fits = (wanted: string, seen: string) =>
  wanted === seen || (CODES[wanted] !== undefined && seen.length === 1 && CODES[wanted].includes(seen));

function wanted(table: PlainTable, allele: number, at: number): string {
  const own = table.alleles[allele]?.bases.get(at);
  const reference = table.positions[at]?.ref ?? '';
  if (allele > 0 && own !== undefined) return own;
  const first = table.alleles[0]?.bases.get(at) ?? reference;
  return CODES[first] && !(allele === 0 && own !== undefined) ? reference : first;
}

/** Every way to put the bases on two strands that the phase allows. */
function layouts(sites: readonly PlainSite[]): (readonly [Map<number, string>, Map<number, string>])[] {
  const keys = [
    ...new Set(
      sites.filter((s) => s.bases[0] !== s.bases[1]).map((s) => (s.block === null ? `at ${s.at}` : s.block)),
    ),
  ];
  const ways: (readonly [Map<number, string>, Map<number, string>])[] = [];
  for (let way = 0; way < 2 ** Math.max(0, keys.length - 1); way++) {
    const one = new Map<number, string>();
    const two = new Map<number, string>();
    for (const site of sites) {
      const bit = keys.indexOf(site.block === null ? `at ${site.at}` : site.block) - 1;
      const swap = bit >= 0 && Math.floor(way / 2 ** bit) % 2 === 1 && site.bases[0] !== site.bases[1];
      one.set(site.at, site.bases[swap ? 1 : 0]);
      two.set(site.at, site.bases[swap ? 0 : 1]);
    }
    ways.push([one, two]);
  }
  return ways;
}

/** Named alleles that one strand spells, with the number of positions each explains. */
function spelled(table: PlainTable, strand: ReadonlyMap<number, string>): { name: string; score: number }[] {
  const out: { name: string; score: number }[] = [];
  table.alleles.forEach(({ name, bases }, index) => {
    let score = 0;
    for (const [at, seen] of strand) {
      if (!fits(wanted(table, index, at), seen)) return;
      const own = index === 0 ? (bases.get(at) ?? table.positions[at]?.ref) : bases.get(at);
      if (own === undefined) continue;
      // A wobble that meets the reference base explains nothing.
      score += CODES[own] && seen === table.positions[at]?.ref ? 0 : 1;
    }
    const defined = index === 0 ? strand.size : [...bases.keys()].filter((at) => strand.has(at)).length;
    if (strand.size < table.positions.length && defined === 0) return;
    out.push({ name: name.replace(/^(\*\d+)\.\d{3}$/, '$1'), score });
  });
  return out;
}

/** Diplotypes by trying everything: each phasing, each pair of alleles spelled in full, the best explained kept. */
export function bruteForceDiplotypes(table: PlainTable, sites: readonly PlainSite[]): string[] {
  const found = new Map<string, number>();
  const ways = layouts(sites);
  for (const [one, two] of ways) {
    for (const x of spelled(table, one)) {
      for (const y of spelled(table, two)) {
        const name = [x.name, y.name].sort().join('/');
        found.set(name, Math.max(found.get(name) ?? 0, x.score + y.score));
      }
    }
  }
  const names = [...found.keys()];
  if (ways.length > 1) {
    for (const [pick, ...among] of table.priorities) {
      const key = (text: string) => text.split('/').sort().join('/');
      if (among.every((name) => found.has(key(name)))) return [key(pick ?? '')];
    }
  }
  const best = Math.max(...found.values());
  return names.filter((name) => found.get(name) === best).sort();
}
