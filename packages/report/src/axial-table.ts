import {
  decimals,
  type Graded,
  isGrade,
  type LevelFindings,
  MEASURE_NAME,
  type MeasureDetail,
  type NotMeasured,
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
/** Measures of both foramina, in a table of their own. */
const FORAMEN_ROWS: readonly Measure[] = [
  'foramenHeightMm',
  'foramenWidthMm',
  'foramenAreaMm2',
  'perineuralFatPercent',
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

type Missing = readonly (readonly [keyof NotMeasured, string])[];

/** Measures and grades left beside right, with 95% intervals, how they were read and by whose definition; with nothing read, why, once each. */
function sideTable(
  level: LevelFindings,
  title: string,
  measures: readonly Measure[],
  graded: string,
  absent: Missing,
): string {
  const details = level.details ?? [];
  const find = (measure: Measure, side?: Side) =>
    details.find((d) => d.measure === measure && d.side === side);
  const rows = measures.flatMap((measure) => {
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
  const shown = details.filter((d) => measures.includes(d.measure));
  const sources = [
    ...new Set(shown.map((d) => `${d.how}. ${d.definition}.${d.note && d.side ? ` ${d.note}.` : ''}`)),
  ];
  const missing = new Map<string, string[]>();
  for (const [key, name] of absent) {
    const why = level.notMeasured?.[key];
    if (why !== undefined) missing.set(why, [...(missing.get(why) ?? []), name]);
  }
  const open = [...missing]
    .map(([why, what]) => `<p class="open">Not measured (${e(what.join(', '))}): ${e(why)}</p>`)
    .join('');
  if (rows.length === 0 && graded === '') return open;
  return `<details><summary>${title}</summary><table class="presence"><tr><th></th><th>Left</th><th>Right</th></tr>${rows.join('')}${graded}</table><p class="soft">${sources.map(e).join(' ')}</p></details>${open}`;
}

/** Muscles, facet joints and recesses of a level. */
export function axialTable(level: LevelFindings): string {
  const graded = [
    grades('Goutallier, multifidus', level.goutallierMultifidus),
    grades('Goutallier, erector spinae', level.goutallierErectorSpinae),
    grades('Recess grade (0 to 3)', level.lateralRecess),
  ].join('');
  return sideTable(level, 'Muscles, facet joints, recesses', AXIAL_ROWS, graded, [
    ['muscleFatFraction', 'muscle fat'],
    ['facetAngle', 'facet angle'],
    ['lateralRecess', 'lateral recess'],
  ]);
}

/** Both foramina of a level, with the fat around their roots. */
export function foramenTable(level: LevelFindings): string {
  const graded = grades('Foraminal stenosis (Lee 0 to 3)', level.leeForaminal);
  return sideTable(level, 'Foramina', FORAMEN_ROWS, graded, [
    ['foramenLeft', 'left foramen'],
    ['foramenRight', 'right foramen'],
    ['perineuralFatLeft', 'fat around the left exiting root'],
    ['perineuralFatRight', 'fat around the right exiting root'],
  ]);
}
