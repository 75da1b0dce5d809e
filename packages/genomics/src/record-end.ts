import { type FormatFields, isAnyOther } from './vcf-record.ts';

const TAB = 9;
const LESS_THAN = 60;
const DOT = 46;
const END = [69, 78, 68, 61];
const LEN = [76, 69, 78];

const saysAt = (data: Uint8Array, at: number, word: readonly number[]): boolean =>
  word.every((byte, i) => data[at + i] === byte);

/**
 * How far a record without an alternative of bases may reach, found on the bytes from behind its position on: its END, or without end where
 * it gives a length instead (VCF 4.4 and 4.5). The position itself for any other record.
 */
export function mayReach(data: Uint8Array, from: number, end: number, pos: number): number {
  let tabs = 0;
  let length = false;
  for (let at = from; at < end; at++) {
    const c = data[at];
    if (c === TAB) {
      tabs++;
      if (tabs === 3 && data[at + 1] !== LESS_THAN && !(data[at + 1] === DOT && data[at + 2] === TAB))
        return pos;
      if (tabs > 7) break;
    } else if (tabs === 6 && c === END[0] && saysAt(data, at, END)) {
      let value = 0;
      for (let i = at + 4; i < end; i++) {
        const digit = (data[i] ?? 0) - 48;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      return value;
    } else if (tabs >= 6 && c === LEN[0] && saysAt(data, at, LEN)) length = true;
  }
  return length ? Number.POSITIVE_INFINITY : pos;
}

/**
 * The last base that a record names: its END; else what the lengths of its symbolic alleles (SVLEN) or of its samples' blocks (FORMAT LEN)
 * come to. NaN where it names none.
 */
export function saidEnd(
  pos: number,
  alts: readonly string[],
  format: FormatFields,
  cells: readonly string[],
): number {
  const info = cells[7] ?? '';
  const said = /(?:^|;)END=(\d+)/.exec(info)?.[1];
  if (said !== undefined) return Number(said);
  const longest = (lengths: readonly (string | undefined)[]) =>
    Math.max(...lengths.map((one) => (/^-?\d+$/.test(one ?? '') ? Math.abs(Number(one)) : 0)));
  if (format.len >= 0 && alts.length > 0 && alts.every(isAnyOther)) {
    const length = longest(cells.slice(9).map((field) => field.split(':')[format.len]));
    return length > 0 ? pos + length - 1 : Number.NaN;
  }
  const lengths = /(?:^|;)SVLEN=([^;]*)/.exec(info)?.[1]?.split(',') ?? [];
  // What is inserted takes no place in the reference.
  const spans = alts.map((alt, at) => (/^<(DEL|DUP|CN|INV)/.test(alt) ? lengths[at] : undefined));
  const length = longest(spans);
  return length > 0 ? pos + length : Number.NaN;
}
