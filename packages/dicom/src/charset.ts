/**
 * Specific Character Set (PS3.5 6.1, PS3.3 C.12.1.1.2) to text, ISO 2022 code extensions included.
 */
export interface CharsetDecoder {
  /** @param delimiters characters after which the initial character set is in force again */
  decode(bytes: Uint8Array, delimiters: 'text' | 'name'): string;
}

/** Single-byte right halves and whole encodings by defined term; the label is WHATWG's. */
const PLAIN: Readonly<Record<string, string>> = {
  '': 'windows-1252',
  'ISO_IR 6': 'windows-1252',
  'ISO_IR 100': 'windows-1252',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8-i',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Right half (G1) set a term of the ISO 2022 family designates at the start of a value. */
const INITIAL_G1: Readonly<Record<string, string>> = {
  'ISO 2022 IR 6': 'windows-1252',
  'ISO 2022 IR 100': 'windows-1252',
  'ISO 2022 IR 101': 'iso-8859-2',
  'ISO 2022 IR 109': 'iso-8859-3',
  'ISO 2022 IR 110': 'iso-8859-4',
  'ISO 2022 IR 144': 'iso-8859-5',
  'ISO 2022 IR 127': 'iso-8859-6',
  'ISO 2022 IR 126': 'iso-8859-7',
  'ISO 2022 IR 138': 'iso-8859-8-i',
  'ISO 2022 IR 148': 'windows-1254',
  'ISO 2022 IR 203': 'iso-8859-15',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 166': 'windows-874',
  'ISO 2022 IR 58': 'gbk',
  'ISO 2022 IR 149': 'euc-kr',
};

type Graphic =
  | { readonly half: 'G0'; readonly set: 'ascii' | 'jis-x-0208' | 'jis-x-0212' }
  | { readonly half: 'G1'; readonly set: string };

/** Escape sequences of PS3.3 tables C.12-3 and C.12-4, without the leading ESC. */
const ESCAPES: Readonly<Record<string, Graphic>> = {
  '(B': { half: 'G0', set: 'ascii' },
  '(J': { half: 'G0', set: 'ascii' },
  $B: { half: 'G0', set: 'jis-x-0208' },
  '$@': { half: 'G0', set: 'jis-x-0208' },
  '$(D': { half: 'G0', set: 'jis-x-0212' },
  ')I': { half: 'G1', set: 'shift_jis' },
  '-A': { half: 'G1', set: 'windows-1252' },
  '-B': { half: 'G1', set: 'iso-8859-2' },
  '-C': { half: 'G1', set: 'iso-8859-3' },
  '-D': { half: 'G1', set: 'iso-8859-4' },
  '-L': { half: 'G1', set: 'iso-8859-5' },
  '-G': { half: 'G1', set: 'iso-8859-6' },
  '-F': { half: 'G1', set: 'iso-8859-7' },
  '-H': { half: 'G1', set: 'iso-8859-8-i' },
  '-M': { half: 'G1', set: 'windows-1254' },
  '-b': { half: 'G1', set: 'iso-8859-15' },
  '-T': { half: 'G1', set: 'windows-874' },
  '$)C': { half: 'G1', set: 'euc-kr' },
  '$)A': { half: 'G1', set: 'gbk' },
};

const decoders = new Map<string, TextDecoder>();
function decoder(label: string): TextDecoder {
  let found = decoders.get(label);
  if (!found) {
    found = new TextDecoder(label, { ignoreBOM: true });
    decoders.set(label, found);
  }
  return found;
}

/** Plain ASCII without escapes, which most values are; null when it is anything else. */
function ascii(bytes: Uint8Array): string | null {
  for (const byte of bytes) if (byte >= 0x80 || byte === 0x1b) return null;
  if (bytes.length < 4096) return String.fromCharCode(...bytes);
  return decoder('utf-8').decode(bytes);
}

/** What undeclared text most likely is: UTF-8 if it is valid UTF-8, else Latin-1. */
function undeclared(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decoder('windows-1252').decode(bytes);
  }
}

/**
 * A decoder for the values of Specific Character Set. Unknown terms are read as if none were declared; `unknown`
 * names them so that the caller can warn.
 */
export function charsetDecoder(
  terms: readonly string[],
): CharsetDecoder & { readonly unknown: readonly string[] } {
  const cleaned = terms.map(normaliseTerm);
  const unknown = terms.filter(
    (_, i) => !(cleaned[i]! in PLAIN) && !(cleaned[i]! in INITIAL_G1) && !isJisTerm(cleaned[i]!),
  );
  const first = cleaned[0] ?? '';
  const extended = cleaned.length > 1 || first.startsWith('ISO 2022');
  const label = PLAIN[first];
  const initial = INITIAL_G1[first] ?? PLAIN[first] ?? 'windows-1252';
  return {
    unknown,
    decode(bytes, delimiters) {
      const simple = ascii(bytes);
      if (simple !== null) return simple;
      if (extended) return decodeExtended(bytes, initial, delimiters);
      if (first === '' || first === 'ISO_IR 6' || label === undefined) {
        return bytes.includes(0x1b) ? decodeExtended(bytes, initial, delimiters) : undeclared(bytes);
      }
      return decoder(label).decode(bytes);
    },
  };
}

function isJisTerm(term: string): boolean {
  return term === 'ISO 2022 IR 87' || term === 'ISO 2022 IR 159';
}

/** Accepts the common misspellings ISO-IR 100, ISO IR 100, ISO_IR_100, ISO-2022-IR-100, ISO2022 IR 100. */
function normaliseTerm(term: string): string {
  const trimmed = term.trim().toUpperCase();
  const plain = /^ISO[_\- ]?IR[_\- ]?(\d+)$/.exec(trimmed);
  if (plain) return `ISO_IR ${plain[1]}`;
  const extended = /^ISO[_\- ]?2022[_\- ]?IR[_\- ]?(\d+)$/.exec(trimmed);
  if (extended) return `ISO 2022 IR ${extended[1]}`;
  if (trimmed === 'UTF-8' || trimmed === 'UTF8') return 'ISO_IR 192';
  return trimmed;
}

function decodeExtended(bytes: Uint8Array, initial: string, delimiters: 'text' | 'name'): string {
  let g0: 'ascii' | 'jis-x-0208' | 'jis-x-0212' = 'ascii';
  let g1 = initial;
  let out = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    if (byte === 0x1b) {
      const found = escapeAt(bytes, at + 1);
      if (found) {
        if (found.graphic.half === 'G0') g0 = found.graphic.set;
        else g1 = found.graphic.set;
        at += 1 + found.length;
        continue;
      }
    }
    let end = at + 1;
    if (byte < 0x80 && g0 !== 'ascii' && byte > 0x20) {
      while (end < bytes.length && bytes[end]! > 0x20 && bytes[end]! < 0x80) end++;
      out += decodeJis(bytes.subarray(at, end), g0);
    } else if (byte < 0x80) {
      const character = String.fromCharCode(byte);
      out += character;
      const resets =
        byte === 0x0a ||
        byte === 0x0c ||
        byte === 0x0d ||
        byte === 0x09 ||
        byte === 0x5c ||
        (delimiters === 'name' && (byte === 0x5e || byte === 0x3d));
      if (resets) {
        g0 = 'ascii';
        g1 = initial;
      }
    } else {
      while (end < bytes.length && bytes[end]! >= 0x80) end++;
      out += decoder(g1).decode(bytes.subarray(at, end));
    }
    at = end;
  }
  return out;
}

function escapeAt(bytes: Uint8Array, at: number): { graphic: Graphic; length: number } | null {
  for (const length of [2, 3]) {
    const key = String.fromCharCode(...bytes.subarray(at, at + length));
    const graphic = Object.hasOwn(ESCAPES, key) ? ESCAPES[key] : undefined;
    if (graphic) return { graphic, length };
  }
  return null;
}

/** Two-byte sets of JIS are EUC-JP with the high bits set; JIS X 0212 has the prefix 8F. */
function decodeJis(bytes: Uint8Array, set: 'jis-x-0208' | 'jis-x-0212'): string {
  const euc: number[] = [];
  for (let i = 0; i < bytes.length; i += 2) {
    if (set === 'jis-x-0212') euc.push(0x8f);
    euc.push(bytes[i]! | 0x80);
    if (i + 1 < bytes.length) euc.push(bytes[i + 1]! | 0x80);
  }
  return decoder('euc-jp').decode(Uint8Array.from(euc));
}
