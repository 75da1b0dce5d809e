import type { MarkDrawing, ReaderMark } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { CREST_OPEN, READER_MARKS_SLOT, withReaderMarks } from './reader-marks.ts';

const page = `<main><p>a</p>${CREST_OPEN[0]}<p>Iliac crest: not assessed</p>${CREST_OPEN[1]}${READER_MARKS_SLOT}<p>z</p></main>`;
const crest = { centre: [0, 0, 0], up: [0, 0, 1], discHeightMm: 10, bodyHeightMm: 28, seenOn: [0] } as const;
const mark = (drawing: Partial<MarkDrawing>, more: Partial<ReaderMark> = {}): ReaderMark => ({
  id: 'm',
  revision: 1,
  removed: false,
  frameOfReferenceUid: '1.2',
  author: 'Dr <Reader>',
  at: '2026-03-01T10:20:30.000Z',
  drawnAt: '2026-03-01T10:20:30.000Z',
  ...more,
  drawing: {
    kind: 'length',
    seriesUid: '1.2.3',
    series: 1,
    title: 'T2 sagittal',
    slice: 6,
    spacingMm: [0.5, 1],
    points: [
      [0, 0],
      [6, 4],
    ],
    lps: [
      [0, 0, 0],
      [0, 3, -4],
    ],
    level: 'L4-L5',
    note: 'sac at its narrowest, $& <b>',
    ...drawing,
  },
});

describe('what readers measured, in a report that was written before', () => {
  it('stands in its place with value, slice, author and note, escaped', () => {
    const html = withReaderMarks(page, [mark({}, { revision: 3 })], crest);
    expect(html).toContain('<b>5.0 mm</b>');
    expect(html).toContain('T2 sagittal, slice 7');
    expect(html).toContain(
      'Dr &lt;Reader&gt;, <time datetime="2026-03-01T10:20:30.000Z">1 Mar 2026 10:20 UTC</time>, changed 2 times',
    );
    expect(html).toContain('sac at its narrowest, $&amp; &lt;b&gt;');
    expect(html).toContain('not assessed');
    expect(html.indexOf('Measured by readers')).toBeLessThan(html.indexOf('<p>z</p>'));
  });

  it('a marked crest takes the place of "not assessed"', () => {
    const top = mark({ kind: 'crest', points: [[3, 3]], lps: [[60, 0, 10]] });
    const html = withReaderMarks(page, [top], crest);
    expect(html).toContain('left: 10 ± 6 mm over the disc, beside the lower half of the vertebra above');
    expect(html).not.toContain('not assessed');
    expect(withReaderMarks(page, [top], null)).toContain('marked; no disc to read it against');
  });

  it('leaves the report alone without marks, and finds a place in an older one', () => {
    expect(withReaderMarks(page, [mark({}, { removed: true })], crest)).toBe(page);
    expect(withReaderMarks('<main><p>old</p></main>', [mark({})], crest)).toContain('5.0 mm');
  });
});
