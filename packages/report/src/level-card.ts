import {
  type ContactGrade,
  decimals,
  type Graded,
  isGrade,
  isPresence,
  type LevelContext,
  type LevelFindings,
  type LevelMeasures,
  MEASURE_NAME,
  type Presence,
  percent,
  readGrade,
  withUnit,
} from '@foramen/spine';
import { AXIAL_ROWS, axialTable, foramenTable } from './axial-table.ts';
import { escapeHtml as e } from './genome-style.ts';
import type { Teller } from './statement-html.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V'];

/** One column a grade; beside the named grade its probability, or where that alone would mislead the range, the expected grade and the reason. */
function vector(name: string, graded: Graded | undefined, labels: readonly string[], first = 0): string {
  if (graded === undefined) return '';
  if (!isGrade(graded)) return `<div class="open"><b>${e(name)}</b> not graded: ${e(graded.abstained)}</div>`;
  const { named, range, rangeP, expected, because } = readGrade(graded, labels, first);
  const bars = graded.p
    .map(
      (p, i) =>
        `<span class="${i === named ? 'best' : ''}" title="${e(labels[i] ?? String(i))}: ${e(percent(p))}"><i style="height:${Math.max(2, Math.round(p * 44))}px"></i><em>${e(labels[i] ?? String(i))}</em></span>`,
    )
    .join('');
  const sure =
    because === null
      ? percent(graded.p[named] ?? 0)
      : `${labels[range[0]]} to ${labels[range[1]]} ${percent(rangeP)}, expected ${expected.toFixed(1)}`;
  const reason = because === null ? '' : `<p class="soft named">${e(because)}</p>`;
  return `<div class="grade"><b>${e(name)} ${e(labels[named] ?? '')}</b> <span class="soft">${e(sure)}</span><div class="bars">${bars}</div>${reason}</div>`;
}

function presence(name: string, value: Presence | undefined): string {
  if (value === undefined) return '';
  if (!isPresence(value))
    return `<tr><td>${e(name)}</td><td class="soft" colspan="2">not judged: ${e(value.abstained)}</td></tr>`;
  return `<tr><td>${e(name)}</td><td><span class="meter"><i style="width:${Math.round(100 * value.p)}%"></i></span></td><td>${e(percent(value.p))}</td></tr>`;
}

const TOUCH: Readonly<Record<ContactGrade, string>> = {
  none: 'free',
  contact: 'touched',
  deviation: 'pushed aside',
  compression: 'pressed flat',
};

/** Sac and roots as they were read, and once each reason for which a root was not. */
function contacts(level: LevelFindings): string {
  const row = (name: string, grade: ContactGrade, p: number, because: string | undefined): string =>
    `<tr><td>${e(name)}</td><td>${TOUCH[grade]} (${e(percent(p))})</td><td class="soft">${e(because ?? '')}</td></tr>`;
  const sac = level.sacContact;
  const rows = [
    ...(sac && 'grade' in sac ? [row('Dural sac', sac.grade, sac.p, sac.read.because)] : []),
    ...(level.rootContacts ?? []).map((c) => row(`Root ${c.root}, ${c.side}`, c.grade, c.p, c.read?.because)),
  ];
  const open = new Map<string, string[]>();
  if (sac && 'abstained' in sac) open.set(sac.abstained, ['dural sac']);
  for (const r of level.rootsNotAssessed ?? [])
    open.set(r.abstained, [...(open.get(r.abstained) ?? []), `${r.root} ${r.side}`]);
  const missing = [...open].map(
    ([why, who]) => `<p class="open">Contact not assessed (${e(who.join(', '))}): ${e(why)}</p>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<details><summary>Contact with sac and roots: ${e(contactSummary(level))}</summary><table class="presence">${rows.join('')}</table></details>`;
  return `${table}${missing.join('')}`;
}

function contactSummary(level: LevelFindings): string {
  const sac = level.sacContact;
  const met = [
    ...(sac && 'grade' in sac && sac.grade !== 'none' ? [`sac ${TOUCH[sac.grade]}`] : []),
    ...(level.rootContacts ?? [])
      .filter((c) => c.grade !== 'none')
      .map((c) => `${c.root} ${c.side} ${TOUCH[c.grade]}`),
  ];
  return met.length === 0 ? 'none seen' : met.join(', ');
}

/**
 * One disc level: grades with their probabilities, findings, measures, and how common each is without pain. Where levels are not `named` it is
 * counted from the lowest disc in view.
 */
export function levelCard(
  level: LevelFindings,
  context: readonly LevelContext[],
  tell: Teller,
  named = true,
): string {
  const head = named
    ? `<h3>${e(level.level)} <span class="soft">level name ${e(percent(level.confidence))} sure</span></h3>`
    : `<h3>Disc ${level.indexFromBottom} <span class="soft">counted from the lowest in view</span></h3>`;
  const measures = (Object.keys(MEASURE_NAME) as readonly (keyof LevelMeasures)[])
    .filter((key) => !AXIAL_ROWS.includes(key))
    .map((key) => {
      const [name, unit, digits] = MEASURE_NAME[key];
      const value = level.measures[key];
      return typeof value === 'number'
        ? `<div><dt>${name}</dt><dd>${withUnit(decimals(value, digits), unit)}</dd></div>`
        : '';
    })
    .join('');
  if (level.abstained !== undefined) {
    return `<section class="card level">${head}<p class="open">Not graded: ${e(level.abstained)}</p>${measures === '' ? '' : `<dl class="measures">${measures}</dl>`}</section>`;
  }
  return `<section class="card level">${head}
<div class="split"><div>${vector('Pfirrmann', level.pfirrmann, ROMAN, 1)}${vector('Modic', level.modic, ['0', '1', '2', '3'])}${vector('Meyerding', level.meyerding, ['0', 'I', 'II', 'III', 'IV'])}${vector('Central stenosis (Schizas)', level.schizas, ['A', 'B', 'C', 'D'], 1)}${isGrade(level.leeCentral) ? vector('Central stenosis (Lee)', level.leeCentral, ['0', '1', '2', '3']) : ''}${isGrade(level.msuSize) ? vector('Herniation size (MSU)', level.msuSize, ['1', '2', '3'], 1) : ''}${isGrade(level.msuZone) ? vector('Herniation zone (MSU)', level.msuZone, ['A', 'B', 'C'], 1) : ''}${isGrade(level.nassType) && level.nassType.grade > 0 ? vector('Displacement (NASS 2.0)', level.nassType, ['none', 'bulge', 'prot.', 'extr.', 'seq.']) : ''}</div>
<table class="presence">${presence('Herniation', level.herniation)}${presence('Bulging', level.bulging)}${presence('Narrowing', level.narrowing)}${presence('Slip', level.spondylolisthesis)}${presence('Loss of T2 signal', level.signalLoss)}${presence('High-intensity zone', level.highIntensityZone)}${presence('Endplate, upper', level.endplateUpper)}${presence('Endplate, lower', level.endplateLower)}</table></div>
${contacts(level)}<dl class="measures">${measures}</dl>${foramenTable(level)}${axialTable(level)}
${tell.list(context.map((c) => c.statement))}</section>`;
}
