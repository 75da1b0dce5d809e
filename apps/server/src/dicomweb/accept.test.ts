import { describe, expect, it } from 'vitest';
import { mediaRanges } from './accept.ts';

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
