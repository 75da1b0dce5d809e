/** Value representations (PS3.5, 6.2), sorted by how a value is held in memory. */
export type TextVr =
  | 'AE'
  | 'AS'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'PN'
  | 'SH'
  | 'ST'
  | 'TM'
  | 'UC'
  | 'UI'
  | 'UR'
  | 'UT';
export type NumberVr = 'AT' | 'FD' | 'FL' | 'SL' | 'SS' | 'SV' | 'UL' | 'US' | 'UV';
export type BytesVr = 'OB' | 'OD' | 'OF' | 'OL' | 'OV' | 'OW' | 'UN';
export type Vr = TextVr | NumberVr | BytesVr | 'SQ';

const TEXT = new Set<string>('AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT'.split(' '));
/** Bytes per value of the binary VRs; UN is opaque. */
const WORD: Readonly<Record<NumberVr | BytesVr, number>> = {
  AT: 2,
  FD: 8,
  FL: 4,
  SL: 4,
  SS: 2,
  SV: 8,
  UL: 4,
  US: 2,
  UV: 8,
  OB: 1,
  OD: 8,
  OF: 4,
  OL: 4,
  OV: 8,
  OW: 2,
  UN: 1,
};
const BYTES = new Set<string>('OB OD OF OL OV OW UN'.split(' '));
/** VRs whose explicit encoding has two reserved bytes and a 32-bit length. */
const LONG = new Set<string>('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));
/** VRs whose text is governed by the Specific Character Set. */
const CHARSET = new Set<string>('LO LT PN SH ST UC UT'.split(' '));
/** VRs that never hold more than one value, so that a backslash is a character. */
const SINGLE = new Set<string>('LT ST UR UT'.split(' '));

export function isTextVr(vr: Vr): vr is TextVr {
  return TEXT.has(vr);
}
export function isBytesVr(vr: Vr): vr is BytesVr {
  return BYTES.has(vr);
}
export function isNumberVr(vr: Vr): vr is NumberVr {
  return vr in WORD && !BYTES.has(vr);
}
export function isVr(text: string): text is Vr {
  return text === 'SQ' || TEXT.has(text) || text in WORD;
}
/** Size in bytes of the unit that byte order applies to. */
export function wordSize(vr: NumberVr | BytesVr): number {
  return WORD[vr];
}
export function hasLongLength(vr: string): boolean {
  return LONG.has(vr);
}
export function followsCharset(vr: Vr): boolean {
  return CHARSET.has(vr);
}
export function isSingleValued(vr: Vr): boolean {
  return SINGLE.has(vr);
}
