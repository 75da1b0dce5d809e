import {
  alignStudies,
  DETECTABLE_CHANGE,
  type FollowedMeasure,
  followStudies,
  type LevelComparison,
  type MeasureCourse,
  matchedSlice,
  pairDiscs,
} from '@foramen/imaging';
import {
  DISC_LABEL,
  type DiscLevel,
  decimals,
  MEASURE_NAME,
  type PatientCase,
  type SpineFindings,
  signed,
  writtenDay,
} from '@foramen/spine';
import { coursePlot } from './course-plot.ts';
import { dayHtml, escapeHtml as e } from './genome-style.ts';
import { cropAround, type ReportPicture, sliceFigure } from './slice-picture.ts';

/** Levels shown with pictures: the liveliest first. */
const MOST_LEVELS = 3;
/** Side of the square shown around a disc, mm. */
const SHOWN_MM = 90;

const VERDICT: Readonly<Record<LevelComparison['herniation'], string>> = {
  shrunk: 'herniation shrunk',
  resolved: 'herniation resolved',
  stable: 'herniation stable',
  grown: 'herniation grown',
  appeared: 'herniation appeared',
  none: 'no herniation',
  'not-compared': 'not compared',
};

const CALL: Readonly<Record<MeasureCourse['verdicts'][number], string>> = {
  baseline: '',
  smaller: 'smaller',
  unchanged: 'no change',
  greater: 'greater',
  'not-measured': '',
};

/**
 * The studies side by side: each measure with its change against what repeating the measurement would show, a plot, and the level on
 * matched slices (earlier studies re-cut to the plane of the newest). Empty with fewer than two studies.
 */
export function courseSection(
  person: PatientCase,
  pictures: readonly ReportPicture[],
  priorPictures: readonly (readonly ReportPicture[])[],
): string {
  if (person.findings === null || person.priorFindings.length === 0) return '';
  const studies = [...person.priorFindings, person.findings];
  const course = followStudies(studies);
  const newest = course.steps.at(-1);
  const dates = course.dates.map((date, n) => date ?? `study ${n + 1}`);
  const levels = liveliest(course.courses, course.steps).slice(0, MOST_LEVELS);
  const shownPictures = [...priorPictures.map((all) => all[0]), pictures[0]];
  const limits = [...new Set(course.steps.flatMap((step) => step.limits))];
  const said = (newest?.levels ?? [])
    .filter((one) => one.herniation !== 'none' && one.herniation !== 'not-compared')
    .map(
      (one) =>
        `<li><b>${e(one.level)}: ${VERDICT[one.herniation]}</b> <span class="soft">since the study before; ${e(one.because)}</span></li>`,
    );
  const cards = levels.map(
    (level, n) =>
      `<section class="card"><h3>${e(level)}</h3>${matched(level, studies, shownPictures, dates, n)}${table(
        course.courses.filter((one) => one.level === level),
        dates,
      )}</section>`,
  );
  return `<h2>Change over time: ${studies.length} studies</h2><p class="meta">A measure counts as changed only beyond what repeating it would show.</p>${
    said.length === 0 ? '' : `<ul class="plain">${said.join('')}</ul>`
  }${cards.join('')}${
    limits.length === 0
      ? ''
      : `<div class="box"><ul class="plain">${limits.map((l) => `<li>${e(l)}</li>`).join('')}</ul></div>`
  }`;
}

const bandOf = (measure: FollowedMeasure, first: number): number | null => {
  const rule = DETECTABLE_CHANGE[measure];
  return rule === undefined ? null : Math.max(rule.absolute, (rule.relative ?? 0) * Math.abs(first));
};

const known = (values: readonly (number | null)[]): number[] => values.filter((v) => v !== null);

/** Levels by their greatest change in detectable changes; herniated levels first. */
function liveliest(
  courses: readonly MeasureCourse[],
  steps: readonly { readonly levels: readonly LevelComparison[] }[],
): DiscLevel[] {
  const score = new Map<DiscLevel, number>();
  for (const { level, measure, values } of courses) {
    const seen = known(values);
    const first = seen[0];
    if (first === undefined || seen.length < 2) continue;
    const by = (Math.max(...seen) - Math.min(...seen)) / (bandOf(measure, first) ?? Number.POSITIVE_INFINITY);
    if (by > (score.get(level) ?? 0)) score.set(level, by);
  }
  const herniated = new Set(
    steps.flatMap((step) =>
      step.levels.filter((l) => !['none', 'not-compared'].includes(l.herniation)).map((l) => l.level),
    ),
  );
  const rank = (level: DiscLevel): number => (score.get(level) ?? 0) + (herniated.has(level) ? 1000 : 0);
  return [...score.keys()].filter((l) => rank(l) > 1).sort((a, b) => rank(b) - rank(a));
}

function table(rows: readonly MeasureCourse[], dates: readonly string[]): string {
  const shown = rows.filter((row) => known(row.values).length > 1);
  if (shown.length === 0) return '';
  const plotted =
    shown.find((row) => row.measure === 'herniationApMm') ??
    shown.find((row) => row.verdicts.some((v) => v === 'smaller' || v === 'greater'));
  const cells = shown.map((row) => {
    const [title, unit, digits] = MEASURE_NAME[row.measure];
    const seen = known(row.values);
    const first = seen[0] as number;
    const change = (seen.at(-1) as number) - first;
    const band = bandOf(row.measure, first);
    const verdict = row.verdicts.findLast((v) => v !== 'not-measured') ?? 'not-measured';
    const called = verdict === 'smaller' || verdict === 'greater';
    return `<tr><td>${e(title)}${unit === '' ? '' : ` <span class="soft">${e(unit)}</span>`}</td>${row.values
      .map((v) => `<td>${v === null ? '—' : decimals(v, digits)}</td>`)
      .join('')}<td>${signed(change, digits)}</td><td class="soft">${
      band === null ? '' : `±${decimals(band, digits)}`
    }</td><td class="${called ? 'call' : 'soft'}">${CALL[verdict]}</td></tr>`;
  });
  const plot =
    plotted === undefined
      ? ''
      : coursePlot({
          title: MEASURE_NAME[plotted.measure][0],
          unit: MEASURE_NAME[plotted.measure][1],
          digits: MEASURE_NAME[plotted.measure][2],
          points: plotted.values.map((value, n) => ({ value, date: dates[n] as string })),
          detectable: bandOf(plotted.measure, known(plotted.values)[0] as number),
        });
  return `${plot}<div class="scroll"><table><tr><th>Measure</th>${dates
    .map((d) => `<th>${dayHtml(d)}</th>`)
    .join(
      '',
    )}<th>Change</th><th>Detectable</th><th>Against the first</th></tr>${cells.join('')}</table></div>`;
}

/** The level in every study, earlier ones re-cut to the newest study's slice; a study that cannot be laid over says so. */
function matched(
  level: DiscLevel,
  studies: readonly SpineFindings[],
  pictures: readonly (ReportPicture | undefined)[],
  dates: readonly string[],
  card: number,
): string {
  const later = pictures.at(-1);
  const finding = studies.at(-1)?.levels.find((l) => l.level === level);
  if (later === undefined || finding === undefined) return '';
  const slice = Math.min(later.volume.size[2] - 1, finding.because.slice);
  const figures = pictures.map((picture, n): string => {
    const caption = `${level}, ${writtenDay(dates[n] ?? '')}`;
    if (picture === undefined) return '';
    if (n === pictures.length - 1) {
      const shown = cropAround({ ...later, keySlice: slice }, DISC_LABEL[level], SHOWN_MM);
      return shown === null ? '' : sliceFigure(shown, `course-${card}-${n}`, caption, false);
    }
    const earlier = studies[n];
    const newest = studies.at(-1);
    const alignment = alignStudies(picture, later, {
      only: level,
      ...(earlier && newest
        ? { pairs: pairDiscs(earlier, newest).pairs.map(([a, b]) => [a.level, b.level] as const) }
        : {}),
      sameContrast: picture.reading?.role === later.reading?.role,
    });
    const cut = matchedSlice(picture, later.volume, alignment, slice);
    if (cut === null) return `<p class="open">${e(caption)}: ${e(alignment.limits.join('; '))}</p>`;
    const volume = {
      size: [cut.width, cut.height, 1] as const,
      spacing: later.volume.spacing,
      ijkToLps: later.volume.ijkToLps,
    };
    const recut: ReportPicture = {
      name: picture.name,
      keySlice: 0,
      volume: { ...volume, data: cut.data },
      labels: { ...volume, data: cut.labels },
    };
    // The window is laid by the newest study's disc, so that both pictures show the same place.
    const shown = cropAround(recut, DISC_LABEL[level], SHOWN_MM, { ...later, keySlice: slice });
    return shown === null
      ? ''
      : sliceFigure(shown, `course-${card}-${n}`, `${caption}, re-cut to the newest study's slice`, false);
  });
  return `<div class="side">${figures.join('')}</div>`;
}
