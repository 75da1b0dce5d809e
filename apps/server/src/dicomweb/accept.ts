import { type ProblemError, refuse } from '../problem-error.ts';

/** One of the media types a request takes (RFC 9110, 12.5.1; PS3.18, 8.7), names in small letters. */
export interface MediaRange {
  readonly type: string;
  /** Parameters but for `q`; of `multipart/related` also `type`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/** The media types of an Accept header, best first; one that is not acceptable (q=0) is left out. Without a header everything is. */
export function mediaRanges(header: string | null): readonly MediaRange[] {
  const text = header?.trim() ?? '';
  if (text === '') return [{ type: '*/*', parameters: new Map(), quality: 1 }];
  const ranges = split(text, ',').flatMap((part): MediaRange[] => {
    const [type = '', ...rest] = split(part, ';');
    const parameters = new Map<string, string>();
    let quality = 1;
    for (const one of rest) {
      const at = one.indexOf('=');
      if (at < 0) continue;
      const name = one.slice(0, at).trim().toLowerCase();
      const value = one
        .slice(at + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .toLowerCase();
      if (name === 'q') quality = Number(value);
      else parameters.set(name, value);
    }
    return type === '' || !(quality > 0) ? [] : [{ type: type.toLowerCase(), parameters, quality }];
  });
  return ranges.sort((a, b) => b.quality - a.quality);
}

/** Cut at a sign outside quotes. */
function split(text: string, at: string): string[] {
  const parts: string[] = [];
  let [from, quoted] = [0, false];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === at && !quoted) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}

const covers = (range: string, type: string): boolean =>
  range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));

/** The range that takes this media type as a whole answer, the best of them. */
export function takes(ranges: readonly MediaRange[], ...types: readonly string[]): MediaRange | undefined {
  return ranges.find((range) => types.some((type) => covers(range.type, type)));
}

/** Whether a range takes parts of one of these media types in a `multipart/related` answer. */
function takesPartsOf(range: MediaRange, types: readonly string[]): boolean {
  if (!covers(range.type, 'multipart/related')) return false;
  const wanted = range.parameters.get('type') ?? '*/*';
  return types.some((type) => covers(wanted, type));
}

/** The range that takes parts of one of these media types in a `multipart/related` answer. */
export function takesParts(
  ranges: readonly MediaRange[],
  ...types: readonly string[]
): MediaRange | undefined {
  return ranges.find((range) => takesPartsOf(range, types));
}

/**
 * The best range that takes objects as they are stored: whole, of one of them, or as parts; a list of transfer syntaxes is a list of ranges, each of which
 * may be the one (PS3.18, 8.7.3.5.2).
 *
 * @param syntaxes those the objects are stored in
 */
export function takesObjects(
  ranges: readonly MediaRange[],
  syntaxes: readonly string[],
): { readonly asParts: boolean } | undefined {
  const type = 'application/dicom';
  for (const range of ranges) {
    const asParts = takesPartsOf(range, [type]);
    if (!asParts && !(syntaxes.length === 1 && covers(range.type, type))) continue;
    const wanted = wantedSyntax(range);
    if (wanted === undefined || syntaxes.every((syntax) => syntax === wanted)) return { asParts };
  }
  return undefined;
}

/** What the range says of transfer syntaxes: one, or undefined where the stored one will do. */
export function wantedSyntax(range: MediaRange): string | undefined {
  const said = range.parameters.get('transfer-syntax');
  return said === undefined || said === '*' ? undefined : said;
}

export function notAcceptable(offered: string): ProblemError {
  return refuse(406, 'unsupported', 'accept', `only ${offered} can be given here`, 'see docs/dicom-node.md');
}
