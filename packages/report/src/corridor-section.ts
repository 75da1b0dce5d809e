import { corridorOnSlice, corridorRoom, sliceOfTarget } from '@foramen/imaging';
import {
  type Assessment,
  type Corridor,
  type CorridorAnswer,
  type CorridorHazard,
  DISC_LABEL,
  type DiscLevel,
  isCorridor,
  isPresence,
  type PatientCase,
} from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';
import { CREST_OPEN } from './reader-marks.ts';
import { cropAt, type ReportPicture, sliceFigure } from './slice-picture.ts';

/** Levels shown with pictures. */
const MOST_LEVELS = 2;
/** Side of the square shown around a target, mm. */
const SHOWN_MM = 100;

const NAME: Readonly<Record<CorridorAnswer['kind'], string>> = {
  kambin: "Kambin's triangle",
  transforaminal: 'transforaminal, under the pedicle',
  interlaminar: 'interlaminar',
  tubular: 'paramedian tube',
  pedicle: 'pedicle axis',
  'l5s1-transforaminal': 'lateral, past the iliac crest',
};
const ROOM = { room: 'room', doubtful: 'in doubt', narrow: 'too narrow' } as const;
const HAZARD: Readonly<Record<CorridorHazard, string>> = { root: 'root', sac: 'sac', bone: 'facet' };

/**
 * Ways for needle and tube: at the levels that matter, one way drawn on the slices it is planned on; every way of every level in a table.
 * Empty where the pictures carry no position.
 */
export function corridorSection(
  person: PatientCase,
  assessment: Assessment,
  pictures: readonly ReportPicture[],
): string {
  const all = person.findings?.corridors ?? [];
  if (all.length === 0) return '';
  const shown = levelsThatMatter(person, assessment).filter((level) =>
    all.some((c) => c.level === level && isCorridor(c)),
  );
  const cards = shown
    .slice(0, MOST_LEVELS)
    .map((level, n) => card(level, all, person, assessment, pictures, n));
  const crest = all.find((c) => c.kind === 'l5s1-transforaminal');
  const crestLine =
    crest === undefined || isCorridor(crest)
      ? ''
      : `${CREST_OPEN[0]}<p><b>Iliac crest over ${e(crest.level)}: not assessed.</b> ${e(capital(crest.abstained))}.${
          crest.discSpaceMm === undefined
            ? ''
            : ` Disc space ${crest.discSpaceMm.anterior.toFixed(1)} mm in front, ${crest.discSpaceMm.middle.toFixed(1)} in the middle, ${crest.discSpaceMm.posterior.toFixed(1)} behind.`
        }</p>${CREST_OPEN[1]}`;
  const levels = [...new Set(all.map((c) => c.level))];
  return `<h2>Ways for needle and tube</h2><p class="warn"><b>Planning geometry, not navigation.</b> Measured supine on diagnostic slices; distances are less a margin of 2 mm, with a 95% interval. The exiting root is not outlined: it is taken to fill the upper half of the foramen.</p>${cards.join(
    '',
  )}${crestLine}<details class="said"><summary>Every way at ${levels.length} levels</summary>${levels
    .map(
      (level) =>
        `<h3>${e(level)}</h3>${table(all.filter((c) => c.level === level && c.kind !== 'l5s1-transforaminal'))}`,
    )
    .join('')}</details>`;
}

const capital = (text: string): string => text.replace(/^./, (c) => c.toUpperCase());

/** Levels whose finding fits the symptoms, best first; then those with a herniation. */
function levelsThatMatter(person: PatientCase, assessment: Assessment): readonly DiscLevel[] {
  const fits = [...assessment.concordance]
    .filter((c) => c.grade >= 2)
    .sort((a, b) => b.grade - a.grade)
    .map((c) => c.level);
  const herniated = (person.findings?.levels ?? [])
    .filter((l) => isPresence(l.herniation) && l.herniation.p >= 0.5)
    .map((l) => l.level);
  return [...new Set([...fits, ...herniated])];
}

/** The way that is drawn: Kambin's triangle on the side that hurts or is herniated, else the first way with room. */
function chosen(
  level: DiscLevel,
  ways: readonly Corridor[],
  person: PatientCase,
  assessment: Assessment,
): Corridor | undefined {
  const fit = assessment.concordance.find((c) => c.level === level && c.grade >= 2);
  const side = fit?.side ?? person.findings?.levels.find((l) => l.level === level)?.herniationSide;
  return (
    ways.find((way) => way.kind === 'kambin' && way.side === side) ??
    ways.find((way) => way.kind === 'kambin') ??
    ways.find((way) => way.fits) ??
    ways[0]
  );
}

function card(
  level: DiscLevel,
  all: readonly CorridorAnswer[],
  person: PatientCase,
  assessment: Assessment,
  pictures: readonly ReportPicture[],
  n: number,
): string {
  const ways = all.filter((c) => c.level === level).filter(isCorridor);
  const way = chosen(level, ways, person, assessment);
  if (way === undefined) return '';
  const [primary, ...others] = pictures;
  const axial = others.find((p) => {
    const k = p.reading?.role.startsWith('axial') === true ? sliceOfTarget(p.volume, way) : null;
    return k !== null && labelled(p, k, DISC_LABEL[level]);
  });
  const figures = [primary, axial].flatMap((picture, m) =>
    picture === undefined ? [] : [figure(picture, way, `way-${n}-${m}`)],
  );
  return `<section class="card"><h3>${e(level)}: ${e(NAME[way.kind])}${way.side === 'midline' ? '' : `, ${way.side}`} <span class="soft">${ROOM[corridorRoom(way)]}</span></h3><div class="side">${figures.join('')}</div>${table([way])}<ul class="plain soft">${way.notes.map((note) => `<li>${e(note)}</li>`).join('')}</ul></section>`;
}

/** Whether a structure is labelled on a slice: its labels are carried over only where both series share a frame of reference. */
function labelled(picture: ReportPicture, k: number, label: number): boolean {
  const area = picture.volume.size[0] * picture.volume.size[1];
  return picture.labels.data.subarray(k * area, (k + 1) * area).includes(label);
}

function figure(picture: ReportPicture, way: Corridor, id: string): string {
  const k = sliceOfTarget(picture.volume, way);
  if (k === null) return '';
  const drawn = corridorOnSlice(picture.volume, way, k);
  const { picture: cut, from } = cropAt({ ...picture, keySlice: k }, drawn.target, SHOWN_MM);
  const [w, h] = cut.volume.size;
  const at = (p: readonly [number, number]): readonly [number, number] => [
    p[0] + 0.5 - from[0],
    p[1] + 0.5 - from[1],
  ];
  const n1 = (v: number): string => v.toFixed(1);
  const line = (a: readonly [number, number], b: readonly [number, number], name: string): string => {
    const [[x1, y1], [x2, y2]] = [at(a), at(b)];
    return `<line class="${name}" x1="${n1(x1)}" y1="${n1(y1)}" x2="${n1(x2)}" y2="${n1(y2)}"/>`;
  };
  const size = 0.031 * h;
  const [tx, ty] = at(drawn.target);
  const near = drawn.distances.filter((d) => Math.abs(d.slice - k) <= 1).sort((a, b) => a.at[1] - b.at[1]);
  // The names stand in a column beside the places, on the side with more room.
  const right = tx < w / 2;
  const column = right ? Math.min(w * 0.6, tx + w * 0.12) : Math.max(w * 0.4, tx - w * 0.12);
  const names = near.map((d, m) => {
    const [x, y] = at(d.at);
    const row = ty + (m - (near.length - 1) / 2) * size * 1.35;
    return `${line(d.from, d.at, `gap ${d.to}`)}<line class="leader ${d.to}" x1="${n1(x)}" y1="${n1(y)}" x2="${n1(column)}" y2="${n1(row)}"/><text class="${d.to}" x="${n1(column + (right ? 1 : -1) * size * 0.3)}" y="${n1(row + size * 0.35)}" font-size="${n1(size)}" style="text-anchor:${right ? 'start' : 'end'}">${HAZARD[d.to]} ${n1(d.mm)} ± ${n1(d.uncertaintyMm)} mm</text>`;
  });
  const svg = [
    drawn.window.length > 1
      ? `<polygon class="window" points="${drawn.window.map((p) => at(p).map(n1).join(',')).join(' ')}"/>`
      : '',
    line(drawn.way[0], drawn.way[1], 'way'),
    drawn.inSlice === null ? '' : line(drawn.inSlice[0], drawn.inSlice[1], 'way here'),
    ...names,
    `<circle class="target" cx="${n1(tx)}" cy="${n1(ty)}" r="${n1(size * 0.45)}"/>`,
  ].join('');
  return sliceFigure(
    cut,
    id,
    `${NAME[way.kind]} ${way.level}${way.side === 'midline' ? '' : ` ${way.side}`} on ${picture.name}, slice ${k + 1} of ${picture.volume.size[2]}; solid where it runs in this slice, dashed as it projects`,
    false,
    svg,
  );
}

function table(answers: readonly CorridorAnswer[]): string {
  const distance = (way: Corridor, to: CorridorHazard): string => {
    const [mm, within] = [way.clearanceMm[to], way.uncertaintyMm[to]];
    return mm === null || within === null ? '' : `${mm.toFixed(1)} ± ${within.toFixed(1)}`;
  };
  const rows = answers.map((way) => {
    const name = `${NAME[way.kind]}${way.vertebra === undefined ? '' : ` ${way.vertebra}`}${way.side === 'midline' ? '' : `, ${way.side}`}`;
    if (!isCorridor(way))
      return `<tr><td>${e(name)}</td><td class="soft" colspan="7">not given: ${e(way.abstained)}</td></tr>`;
    return `<tr><td>${e(name)}</td><td>${ROOM[corridorRoom(way)]}</td><td>${distance(way, 'root')}</td><td>${distance(way, 'sac')}</td><td>${distance(way, 'bone')}</td><td>${way.widestMm.toFixed(1)}</td><td>${way.lengthMm === null ? '—' : way.lengthMm.toFixed(0)}</td><td>${way.convergenceDeg.toFixed(0)}°, ${Math.abs(way.tiltDeg).toFixed(0)}° ${way.tiltDeg >= 0 ? 'from above' : 'from below'}</td></tr>`;
  });
  return `<div class="scroll"><table class="ways"><tr><th>Way</th><th>Room</th><th>Root, mm</th><th>Sac, mm</th><th>Facet or wall, mm</th><th>Widest, mm</th><th>To skin, mm</th><th>Convergence, tilt</th></tr>${rows.join('')}</table></div>`;
}
