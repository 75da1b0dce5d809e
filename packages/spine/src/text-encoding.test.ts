import { describe, expect, it } from 'vitest';
import { decodeText } from './text-encoding.ts';

describe('text of unknown encoding', () => {
  it('is UTF-8 where it can be, and Windows-1252 else', () => {
    expect(decodeText(new TextEncoder().encode('\uFEFFr\u00e1pido'))).toBe('r\u00e1pido');
    expect(decodeText(Uint8Array.from([0x72, 0xe1, 0x70]))).toBe('r\u00e1p');
    expect(decodeText(new Uint8Array(0))).toBe('');
  });
});
