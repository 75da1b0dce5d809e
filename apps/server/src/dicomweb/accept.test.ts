import { describe, expect, it } from 'vitest';
import { mediaRanges, takesObjects } from './accept.ts';

describe('what is accepted', () => {
  it('is read with quotes, parameters and qualities', () => {
    const ranges = mediaRanges(
      'multipart/related; type="application/dicom"; transfer-syntax=1.2;q=0.5, text/html;q=0, application/dicom+json',
    );
    expect(ranges.map((r) => [r.type, r.parameters.get('type'), r.quality])).toEqual([
      ['application/dicom+json', undefined, 1],
      ['multipart/related', 'application/dicom', 0.5],
    ]);
  });
});

describe('objects as they are stored', () => {
  const LITTLE = '1.2.840.10008.1.2.1';
  const J2K = '1.2.840.10008.1.2.4.90';
  const asked = (...syntaxes: readonly string[]) =>
    mediaRanges(
      syntaxes.map((s) => `multipart/related; type="application/dicom"; transfer-syntax=${s}`).join(', '),
    );

  it('are given where any of several syntaxes is theirs', () => {
    expect(takesObjects(asked(LITTLE, J2K), [J2K, J2K])).toEqual({ asParts: true });
    expect(takesObjects(asked(`${LITTLE};q=0.9`, `${J2K};q=0.1`), [J2K])).toEqual({ asParts: true });
    expect(takesObjects(asked(LITTLE, '*;q=0.1'), [J2K, LITTLE])).toEqual({ asParts: true });
  });

  it('are not where none is, or one object is in another', () => {
    expect(takesObjects(asked(LITTLE), [J2K])).toBeUndefined();
    expect(takesObjects(asked(LITTLE, J2K), [LITTLE, J2K])).toBeUndefined();
  });

  it('come alone where one is asked for alone', () => {
    const alone = mediaRanges(`application/dicom; transfer-syntax=${LITTLE}, application/dicom;q=0.5`);
    expect(takesObjects(alone, [J2K])).toEqual({ asParts: false });
    expect(takesObjects(alone, [J2K, J2K])).toBeUndefined();
  });
});
