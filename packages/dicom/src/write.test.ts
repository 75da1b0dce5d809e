import { describe, expect, it } from 'vitest';
import { dataSet, decimalString } from './data-set.ts';
import { hex, sha256 } from './sha256.ts';
import { isUid, SOP_CLASS, uidFromSeed } from './uid.ts';
import { writePart10 } from './write.ts';

describe('sha256', () => {
  it('gives the digests of FIPS 180-4', () => {
    const of = (s: string) => hex(sha256(new TextEncoder().encode(s)));
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(of('a'.repeat(119))).toHaveLength(64);
  });
});

describe('UIDs', () => {
  it('come from the seed alone and are legal', () => {
    expect(uidFromSeed('a')).toBe(uidFromSeed('a'));
    expect(uidFromSeed('a')).not.toBe(uidFromSeed('b'));
    expect(isUid(uidFromSeed('a'))).toBe(true);
    expect(isUid('1.02.3')).toBe(false);
  });
});

describe('decimal strings', () => {
  it('never exceed 16 characters and keep what fits', () => {
    expect(decimalString(0.7)).toBe('0.7');
    for (const v of [4.400000000000002, -1 / 3, 1e-17 / 3, -1.23456789012345e-200, 123456789012345680]) {
      expect(decimalString(v).length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(decimalString(v)) / v - 1)).toBeLessThan(1e-8);
    }
  });
});

describe('writing a file', () => {
  it('puts the meta information first and pads to even length', () => {
    const file = writePart10(
      dataSet({ SOPClassUID: SOP_CLASS.mr, SOPInstanceUID: '1.2.3', PatientName: 'Ünal^A', Rows: 3 }),
    );
    expect(String.fromCharCode(...file.subarray(128, 132))).toBe('DICM');
    expect(file.length % 2).toBe(0);
    expect(new TextDecoder().decode(file)).toContain('ISO_IR 192');
    expect(new TextDecoder().decode(file)).toContain('Ünal^A ');
  });
  it('refuses a set without identity', () => {
    expect(() => writePart10(dataSet({ Rows: 3 }))).toThrow(TypeError);
  });
});
