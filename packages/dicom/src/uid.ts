import { sha256 } from './sha256.ts';

/** Transfer syntaxes (PS3.5 A, PS3.6 A) that the reader understands. */
export const TRANSFER_SYNTAX = {
  implicitLittle: '1.2.840.10008.1.2',
  explicitLittle: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  explicitBig: '1.2.840.10008.1.2.2',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  jpegExtended: '1.2.840.10008.1.2.4.51',
  jpegLossless: '1.2.840.10008.1.2.4.57',
  jpegLosslessSv1: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpegLsNear: '1.2.840.10008.1.2.4.81',
  jpeg2000Lossless: '1.2.840.10008.1.2.4.90',
  jpeg2000: '1.2.840.10008.1.2.4.91',
  htj2kLossless: '1.2.840.10008.1.2.4.201',
  htj2kLosslessRpcl: '1.2.840.10008.1.2.4.202',
  htj2k: '1.2.840.10008.1.2.4.203',
  rle: '1.2.840.10008.1.2.5',
} as const;

/** SOP classes (PS3.4 B.5) that the product makes or names. */
export const SOP_CLASS = {
  verification: '1.2.840.10008.1.1',
  mediaStorageDirectory: '1.2.840.10008.1.3.10',
  storageCommitment: '1.2.840.10008.1.20.1',
  mr: '1.2.840.10008.5.1.4.1.1.4',
  enhancedMr: '1.2.840.10008.5.1.4.1.1.4.1',
  ct: '1.2.840.10008.5.1.4.1.1.2',
  enhancedCt: '1.2.840.10008.5.1.4.1.1.2.1',
  secondaryCapture: '1.2.840.10008.5.1.4.1.1.7',
  segmentation: '1.2.840.10008.5.1.4.1.1.66.4',
  basicTextSr: '1.2.840.10008.5.1.4.1.1.88.11',
  enhancedSr: '1.2.840.10008.5.1.4.1.1.88.22',
  comprehensiveSr: '1.2.840.10008.5.1.4.1.1.88.33',
  comprehensive3dSr: '1.2.840.10008.5.1.4.1.1.88.34',
  encapsulatedPdf: '1.2.840.10008.5.1.4.1.1.104.1',
} as const;

/**
 * A UID made from a name: the same seed always gives the same UID, different seeds practically never do. It is a
 * version 8 UUID (RFC 9562) of the seed's SHA-256, written as a decimal under the 2.25 root (PS3.5 B.2).
 */
export function uidFromSeed(seed: string): string {
  const hash = sha256(new TextEncoder().encode(seed)).subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  let value = 0n;
  for (const byte of hash) value = (value << 8n) | BigInt(byte);
  return `2.25.${value}`;
}

/** Digits and dots, no leading zeros, at most 64 characters (PS3.5, 9.1). */
export function isUid(uid: string): boolean {
  return uid.length <= 64 && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/.test(uid);
}
