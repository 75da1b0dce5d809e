/** For tests only: a position of a gene table, read without the code under test. */
export interface PlainPosition {
  readonly pos: number;
  readonly ref: string;
  readonly alts: readonly string[];
  readonly shift: number;
}
export interface PlainTable {
  readonly gene: string;
  readonly chromosome: string;
  readonly positions: readonly PlainPosition[];
  readonly alleles: readonly { readonly name: string; readonly bases: ReadonlyMap<number, string> }[];
  readonly functions: ReadonlyMap<string, string>;
  readonly scores: ReadonlyMap<string, number>;
  readonly priorities: readonly (readonly string[])[];
  readonly offset37: number;
  readonly ref37: Readonly<Record<string, string>>;
}

/** From the text of a table's file. */
export function plainTable(text: string): PlainTable {
  const raw = JSON.parse(text) as {
    gene: string;
    chromosome: string;
    positions: (string | number)[][];
    alleles: [string, string][];
    functions: Record<string, string[]>;
    scores?: Record<string, string[]>;
    priorities?: string[][];
    offset37?: number;
    ref37?: Record<string, string>;
  };
  const invert = (lists: Record<string, string[]>) =>
    Object.entries(lists).flatMap(([value, names]) => names.map((name) => [name, value] as const));
  return {
    gene: raw.gene,
    chromosome: raw.chromosome,
    positions: raw.positions.map((row) => ({
      pos: Number(row[0]),
      ref: String(row[2]),
      alts: String(row[3]).split(','),
      shift: Number(row[4] ?? 0),
    })),
    alleles: raw.alleles.map(([name, text]) => ({
      name,
      bases: new Map(
        text
          .split(' ')
          .filter(Boolean)
          .map((part) => [Number(part.split('=')[0]), part.split('=')[1] ?? ''] as const),
      ),
    })),
    functions: new Map(invert(raw.functions)),
    scores: new Map(invert(raw.scores ?? {}).map(([name, value]) => [name, Number(value)])),
    priorities: raw.priorities ?? [],
    offset37: raw.offset37 ?? 0,
    ref37: raw.ref37 ?? {},
  };
}

/** A number from 0 up to `below`, from a seed that moves on. */
export type Dice = (below: number) => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below <= 0 ? 0 : state % below;
  };
}

/** What an indel inserts or deletes, and the base before it. */
function change(position: PlainPosition, alt: string): { anchor: number; unit: string } | null {
  const [short, long] = position.ref.length < alt.length ? [position.ref, alt] : [alt, position.ref];
  if (short.length === long.length || !long.startsWith(short)) return null;
  return { anchor: position.pos + short.length - 1, unit: long.slice(short.length) };
}

/**
 * A stretch of made-up genome that agrees with the table: its reference bases, and behind each indel the repeat along which it can be
 * moved, with another base where the repeat ends.
 */
export function inventGenome(table: PlainTable): { base(pos: number): string; readonly clashes: string[] } {
  const known = new Map<number, string>();
  const clashes: string[] = [];
  const put = (pos: number, base: string) => {
    const before = known.get(pos);
    if (before !== undefined && before !== base) clashes.push(`${table.gene} ${pos}: ${before} and ${base}`);
    known.set(pos, before ?? base);
  };
  for (const position of table.positions)
    for (let i = 0; i < position.ref.length; i++) put(position.pos + i, position.ref[i] ?? 'N');
  for (const position of table.positions) {
    for (const alt of position.alts) {
      const indel = change(position, alt);
      if (!indel) continue;
      const deletion = position.ref.length > alt.length;
      const { anchor, unit } = indel;
      const reach = deletion ? unit.length + position.shift : position.shift;
      for (let i = 0; i < reach; i++) put(anchor + 1 + i, unit[i % unit.length] ?? 'N');
      const next = anchor + 1 + reach;
      const going = unit[reach % unit.length] ?? 'N';
      if (!known.has(next) && table.positions.every((p) => p === position || p.pos !== next))
        known.set(next, 'ACGT'.replace(going, '')[next % 3] ?? 'A');
    }
  }
  return {
    clashes,
    base: (pos) => known.get(pos) ?? 'ACGT'[(Math.imul(pos, 2654435761) >>> 13) & 3] ?? 'A',
  };
}
