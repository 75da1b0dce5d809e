import { affineFrom, type LevelFindings, mm, type PatientCase, type SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { courseSection } from './course-section.ts';
import type { ReportPicture } from './slice-picture.ts';

const W = 120;
const H = 160;

/** Boxes for L4 (44), L4-L5 (95) and L5 (45) with a canal behind; the disc reaches `bulge` pixels further back. */
function picture(shift: number, bulge: number): ReportPicture {
  const labels = new Uint8Array(W * H * 3);
  const data = new Float32Array(W * H * 3);
  for (let k = 0, n = 0; k < 3; k++) {
    for (let y = 0; y < H; y++) {
      for (let x = 0; x < W; x++, n++) {
        const [i, j] = [x - shift, y - shift];
        const label =
          i >= 62 && i < 76
            ? 2
            : i < 25 || i >= 60 + (j >= 70 && j < 80 ? bulge : 0)
              ? 0
              : j >= 30 && j < 70
                ? 44
                : j >= 70 && j < 80
                  ? 95
                  : j >= 80 && j < 120
                    ? 45
                    : 0;
        labels[n] = label;
        data[n] = label * 3 + ((i * 7 + j * 3) % 11);
      }
    }
  }
  const grid = {
    size: [W, H, 3] as const,
    spacing: [1, 1, 4] as const,
    ijkToLps: affineFrom(
      [
        [0, 1, 0],
        [0, 0, -1],
        [1, 0, 0],
      ],
      [1, 1, 4],
      [0, 0, 0],
    ),
  };
  return { name: 'T2', volume: { ...grid, data }, labels: { ...grid, data: labels }, keySlice: 1 };
}

function study(date: string, ap: number): SpineFindings {
  const level: LevelFindings = {
    level: 'L4-L5',
    indexFromBottom: 2,
    confidence: 0.95,
    measures: { bulgeMm: mm(ap), herniationApMm: mm(ap), heightMiddleMm: mm(9) },
    because: { slice: 1, box: [70, 25, 80, 60], models: [] },
  };
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [],
    enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
    levels: [level],
    vertebrae: [],
    limits: [],
    models: [],
  };
}

const person = (studies: readonly SpineFindings[]) =>
  ({ findings: studies.at(-1) ?? null, priorFindings: studies.slice(0, -1) }) as unknown as PatientCase;

describe('change over time in the report', () => {
  const html = courseSection(
    person([study('2026-01-10', 9), study('2026-05-02', 8.2), study('2026-10-20', 3.2)]),
    [picture(0, 2)],
    [[picture(6, 2)], [picture(-4, 2)]],
  );
  it('shows the level of every study on the newest slice, with table and plot', () => {
    expect(html.match(/<figure/g)).toHaveLength(3);
    expect(html.match(/re-cut to the newest study's slice<\/figcaption>/g)).toHaveLength(2);
    expect(html).toContain('<svg class="course"');
    expect(html).toContain('L4-L5: herniation shrunk');
  });
  it('calls a change only beyond what repeating the measure would show', () => {
    const row = /<tr><td>Herniation AP.*?<\/tr>/.exec(html)?.[0] ?? '';
    expect(row).toContain('<td>9.0</td><td>8.2</td><td>3.2</td><td>-5.8</td>');
    expect(row).toContain('smaller');
    expect(/<tr><td>Height, middle.*?<\/tr>/.exec(html)?.[0]).toContain('no change');
  });
  it('is not there with one study', () => {
    expect(courseSection(person([study('2026-01-10', 9)]), [], [])).toBe('');
  });
});
