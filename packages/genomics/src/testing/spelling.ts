import type { PlainSite } from './brute-force.ts';
import type { Dice, PlainTable } from './sequence.ts';
import { inventGenome } from './sequence.ts';

/** For tests only: how a file may spell the same person. */
export interface Spelling {
  readonly assembly: 'GRCh38' | 'GRCh37';
  readonly chr: boolean;
  /** Indels moved along their repeat, and bases added before and behind. */
  readonly loose: boolean;
  /** Sites where both strands are reference, as blocks of a gVCF. */
  readonly blocks: boolean;
  /** Sites of several alternatives as lines of their own; else in one line. */
  readonly split: boolean;
  /** Neighbouring substitutions in one record. */
  readonly merge: boolean;
  readonly shuffle: boolean;
}

interface Line {
  readonly pos: number;
  readonly text: string;
}

/** VCF text of a person: what each strand carries at each site, in the spelling asked for. */
export function spell(table: PlainTable, sites: readonly PlainSite[], how: Spelling, roll: Dice): string {
  const genome = inventGenome(table);
  const name = how.chr ? table.chromosome : table.chromosome.slice(3);
  const moved = (pos: number) => (how.assembly === 'GRCh38' ? pos : pos - table.offset37);
  // On GRCh37 a few reference bases differ; all others are the same.
  const base = (pos: number) => (how.assembly === 'GRCh37' && table.ref37[pos]) || genome.base(pos);
  const stretch = (from: number, length: number) =>
    Array.from({ length }, (_v, i) => base(from + i)).join('');
  const refAt = (at: number) => {
    const position = table.positions[at];
    return (how.assembly === 'GRCh37' && table.ref37[position?.pos ?? 0]) || (position?.ref ?? '');
  };
  const lines: Line[] = [];
  const write = (
    pos: number,
    ref: string,
    spelled: readonly string[],
    block: string | null,
    more: readonly string[] = [],
  ) => {
    const alts = [...new Set([...spelled, ...more])].filter((alt) => alt !== ref);
    const sep = block === null ? '/' : '|';
    const set = block ?? '.';
    const gt = (list: readonly string[]) =>
      spelled.map((s) => (s === ref ? 0 : list.indexOf(s) + 1)).join(sep);
    const put = (list: readonly string[]) =>
      lines.push({
        pos,
        text: `${name}\t${moved(pos)}\t.\t${ref}\t${list.join(',') || '.'}\t.\tPASS\t.\tGT:PS\t${gt(list)}:${set}`,
      });
    if (!how.split || alts.length < 2) put(alts);
    else
      for (const alt of alts) {
        const cells = spelled.map((s) => (s === alt ? 1 : 0)).join(sep);
        lines.push({
          pos,
          text: `${name}\t${moved(pos)}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT:PS\t${cells}:${set}`,
        });
      }
  };
  const done = new Set<number>();
  for (const [index, site] of sites.entries()) {
    if (done.has(site.at)) continue;
    const position = table.positions[site.at];
    if (!position) continue;
    const ref = refAt(site.at);
    const isIndel = position.ref.length > 1 || position.alts.some((alt) => alt.length > 1);
    if (how.blocks && site.bases.every((seen) => seen === ref)) {
      const last = position.pos + position.ref.length - 1;
      const alone = table.positions.every((p) => p === position || p.pos < position.pos || p.pos > last);
      const end = moved(alone ? last : position.pos);
      lines.push({
        pos: position.pos,
        text: `${name}\t${moved(position.pos)}\t.\t${ref[0]}\t<NON_REF>\t.\t.\tEND=${end}\tGT:DP:GQ:MIN_DP:PL\t0/0:30:60:28:0,60,900`,
      });
      continue;
    }
    const next = sites[index + 1];
    const nextPosition = next && table.positions[next.at];
    const plain = (p: typeof position | undefined) =>
      p !== undefined && p.ref.length === 1 && p.alts.every((alt) => alt.length === 1);
    if (
      how.merge &&
      next &&
      nextPosition &&
      plain(position) &&
      plain(nextPosition) &&
      nextPosition.pos > position.pos &&
      nextPosition.pos - position.pos <= 3 &&
      site.block !== null &&
      site.block === next.block &&
      [site, next].every((s) => s.bases.some((seen) => seen !== refAt(s.at)))
    ) {
      const between = stretch(position.pos + 1, nextPosition.pos - position.pos - 1);
      const joined = [0, 1].map((k) => `${site.bases[k]}${between}${next.bases[k]}`);
      write(position.pos, `${ref}${between}${refAt(next.at)}`, joined, site.block);
      done.add(next.at);
      continue;
    }
    const varies = site.bases.some((seen) => seen !== ref);
    if (!how.loose || !varies) {
      write(position.pos, ref, site.bases, site.block, isIndel || roll(2) ? position.alts : []);
      continue;
    }
    // Each strand's sequence over a window wide enough for every placement; both ends stay within it.
    const forms = [...new Set(site.bases)].filter((seen) => seen !== ref);
    const one = forms.length === 1 ? (forms[0] ?? ref) : ref;
    const grow = one.length - ref.length;
    const longest = Math.max(ref.length, one.length);
    const unit = Math.abs(grow);
    const far = isIndel && forms.length === 1 && position.ref.length !== one.length ? position.shift : 0;
    const step = far > 0 ? roll(far + 1) : 0;
    const whole = stretch(position.pos, longest + far + 8);
    const changed = one + whole.slice(ref.length);
    if (far > 0 && forms.length === 1) {
      // Moved to the right: what is cut out, or put in, `step` bases further on spells the same sequence.
      const from = position.pos + Math.min(ref.length, one.length) - 1 + step;
      const at = from - position.pos;
      const refText = grow < 0 ? whole.slice(at, at + unit + 1) : whole.slice(at, at + 1);
      const altText = grow < 0 ? whole.slice(at, at + 1) : changed.slice(at, at + unit + 1);
      const tail = roll(3);
      const right = stretch(from + refText.length, tail);
      write(
        from,
        refText + right,
        site.bases.map((seen) => (seen === ref ? refText : altText) + right),
        site.block,
      );
      continue;
    }
    const left = roll(3);
    const right = roll(3);
    const before = stretch(position.pos - left, left);
    const behind = stretch(position.pos + ref.length, right);
    write(
      position.pos - left,
      before + ref + behind,
      site.bases.map((seen) => before + seen + behind),
      site.block,
    );
  }
  lines.sort((a, b) => a.pos - b.pos);
  if (how.shuffle) for (let i = lines.length - 1; i > 0; i--) swap(lines, i, roll(i + 1));
  const length = how.assembly === 'GRCh38' ? 248956422 : 249250621;
  const head = [
    '##fileformat=VCFv4.2',
    `##contig=<ID=${how.chr ? 'chr1' : '1'},length=${length}>`,
    ...(how.blocks
      ? ['##ALT=<ID=NON_REF,Description="any">', '##INFO=<ID=END,Number=1,Type=Integer,Description="end">']
      : []),
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1',
  ];
  return `${[...head, ...lines.map((line) => line.text)].join('\n')}\n`;
}

function swap<T>(list: T[], i: number, j: number): void {
  const [x, y] = [list[i], list[j]];
  if (x === undefined || y === undefined) return;
  list[i] = y;
  list[j] = x;
}
