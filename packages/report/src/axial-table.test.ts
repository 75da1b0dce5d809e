import type { LevelFindings, MeasureDetail } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { axialTable, foramenTable } from './axial-table.ts';

const because = { slice: 3, box: [0, 0, 9, 9], models: [] } as const;
const detail = (more: Partial<MeasureDetail>): MeasureDetail => ({
  measure: 'multifidusFatPercent',
  value: 31.4,
  unit: '%',
  interval: [20.2, 42.6],
  how: 'axial T2 signal',
  definition: 'Crawford 2017',
  because,
  ...more,
});
const level = (more: Partial<LevelFindings>): LevelFindings => ({
  level: 'L4-L5',
  indexFromBottom: 2,
  confidence: 1,
  measures: {},
  because,
  ...more,
});

describe('axial measures on the page', () => {
  it('stand side by side with intervals and sources, and are safe as HTML', () => {
    const html = axialTable(
      level({
        details: [
          detail({ side: 'left', note: 'estimated <from> signal' }),
          detail({ measure: 'facetTropismDeg', value: 14, unit: 'deg', interval: [5, 23], note: 'open' }),
        ],
        goutallierMultifidus: { left: { grade: 2, p: [0, 0.2, 0.7, 0.1, 0] }, right: { abstained: 'x' } },
      }),
    );
    expect(html).toContain('31% <span class="soft">20 to 43</span>');
    expect(html).toContain('not read');
    expect(html).toContain('14° <span class="soft">5 to 23</span>');
    expect(html).toContain('2 <span class="soft">70%</span>');
    expect(html).toContain('Crawford 2017');
    expect(html).toContain('estimated &lt;from&gt; signal');
  });
  it('says once what was not measured and what would show it', () => {
    const why = 'needs an axial T2-weighted series through the disc';
    const html = axialTable(level({ notMeasured: { facetAngle: why, lateralRecess: why } }));
    expect(html).toBe(`<p class="open">Not measured (facet angle, lateral recess): ${why}</p>`);
    expect(axialTable(level({}))).toBe('');
  });
  it('shows both foramina with their grade, and why a root was not read', () => {
    const html = foramenTable(
      level({
        details: [
          detail({
            measure: 'perineuralFatPercent',
            side: 'left',
            value: 18,
            interval: [0, 42],
            definition: 'Lee 2010',
          }),
        ],
        leeForaminal: { left: { grade: 2, p: [0.1, 0.2, 0.5, 0.2] }, right: { abstained: 'too thick' } },
        notMeasured: { perineuralFatRight: 'too thick' },
      }),
    );
    expect(html).toContain('18% <span class="soft">0 to 42</span>');
    expect(html).toContain('2 <span class="soft">50%</span>');
    expect(html).toContain('not graded');
    expect(html).toContain('Not measured (fat around the right exiting root): too thick');
  });
});
