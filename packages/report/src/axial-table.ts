import {
  decimals,
  type Graded,
  isGrade,
  type LevelFindings,
  MEASURE_NAME,
  type MeasureDetail,
  percent,
  type Side,
  withUnit,
} from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';

type Measure = MeasureDetail['measure'];

/** Measures that have this table as their place. */
export const AXIAL_ROWS: readonly Measure[] = [
  'multifidusFatPercent',
  'erectorSpinaeFatPercent',
  'facetAngleDeg',
  'facetTropismDeg',
  'lateralRecessMm',
];

function cell(d: MeasureDetail | undefined): string {
  if (!d) return '<span class="soft">not read</span>';
  const [low, high] = d.interval;
  const [, unit, digits] = MEASURE_NAME[d.measure];
  return `${withUnit(decimals(d.value, digits), unit)} <span class="soft">${decimals(low, digits)} to ${decimals(high, digits)}</span>`;
}

function grades(name: string, bySide: Readonly<Partial<Record<Side, Graded>>> | undefined): string {
  if (!bySide) return '';
  const of = (side: Side): string => {
    const g = bySide[side];
    if (!isGrade(g)) return '<span class="soft">not graded</span>';
    return `${g.grade} <span class="soft">${e(percent(g.p[g.grade] ?? 0))}</span>`;
  };
  if (!isGrade(bySide.left) && !isGrade(bySide.right)) return '';
  return `<tr><td>${e(name)}</td><td>${of('left')}</td><td>${of('right')}</td></tr>`;
}

/**
 * Muscles, facet joints and recesses of a level, left beside right, with 95% intervals, how they were read and by whose definition; with
 * nothing read, why, once each.
 */
export function axialTable(level: LevelFindings): string {
  const details = level.details ?? [];
  const find = (measure: Measure, side?: Side) =>
    details.find((d) => d.measure === measure && d.side === side);
  const rows = AXIAL_ROWS.flatMap((measure) => {
    const [name] = MEASURE_NAME[measure];
    const whole = find(measure);
    if (whole) {
      const note = whole.note ? ` <span class="soft">${e(whole.note)}</span>` : '';
      return [`<tr><td>${e(name)}</td><td colspan="2">${cell(whole)}${note}</td></tr>`];
    }
    const [left, right] = [find(measure, 'left'), find(measure, 'right')];
    if (!left && !right) return [];
    return [`<tr><td>${e(name)}</td><td>${cell(left)}</td><td>${cell(right)}</td></tr>`];
  });
  const graded = [
    grades('Goutallier, multifidus', level.goutallierMultifidus),
    grades('Goutallier, erector spinae', level.goutallierErectorSpinae),
    grades('Recess grade (0 to 3)', level.lateralRecess),
  ].join('');
  const shown = details.filter((d) => AXIAL_ROWS.includes(d.measure));
  const sources = [
    ...new Set(shown.map((d) => `${d.how}. ${d.definition}.${d.note && d.side ? ` ${d.note}.` : ''}`)),
  ];
  const missing = new Map<string, string[]>();
  for (const [key, name] of [
    ['muscleFatFraction', 'muscle fat'],
    ['facetAngle', 'facet angle'],
    ['lateralRecess', 'lateral recess'],
  ] as const) {
    const why = level.notMeasured?.[key];
    if (why !== undefined) missing.set(why, [...(missing.get(why) ?? []), name]);
  }
  const open = [...missing]
    .map(([why, what]) => `<p class="open">Not measured (${e(what.join(', '))}): ${e(why)}</p>`)
    .join('');
  if (rows.length === 0 && graded === '') return open;
  return `<details><summary>Muscles, facet joints, recesses</summary><table class="presence"><tr><th></th><th>Left</th><th>Right</th></tr>${rows.join('')}${graded}</table><p class="soft">${sources.map(e).join(' ')}</p></details>${open}`;
}
