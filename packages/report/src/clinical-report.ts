import type { EvidenceOverride } from '@foramen/evidence';
import {
  type Assessment,
  type CarePlan,
  type Forecast,
  fragmentText,
  type PatientCase,
  type PlanOption,
  percent,
} from '@foramen/spine';
import { CLINICAL_STYLE } from './clinical-style.ts';
import { corridorSection } from './corridor-section.ts';
import { courseSection } from './course-section.ts';
import { dayHtml, escapeHtml as e } from './genome-style.ts';
import { levelCard } from './level-card.ts';
import { READER_MARKS_SLOT } from './reader-marks.ts';
import { type ReportPicture, sliceFigure } from './slice-picture.ts';
import { evidenceOf, sourceItems } from './sources.ts';
import { type Teller, tellerOf, termText } from './statement-html.ts';

export interface ClinicalReportParts {
  /** Version of the product, for the foot of the page. */
  readonly version: string;
  readonly case: PatientCase;
  readonly assessment: Assessment;
  readonly plan: CarePlan;
  /** The series findings were read from first; empty without imaging. */
  readonly pictures: readonly ReportPicture[];
  /** Pictures of earlier studies, oldest study first. */
  readonly priorPictures: readonly (readonly ReportPicture[])[];
  /** The site's own evidence file that was judged with (`foramen.evidence-override/1`); null or absent with the shipped base. */
  readonly siteEvidence?: EvidenceOverride | null;
}

/** A smaller chance is not worth an errand. */
const LEAST_CHANCE = 0.005;

const URGENCY: Readonly<Record<Assessment['triage']['urgency'], string>> = {
  emergency: 'Emergency',
  urgent: 'Urgent',
  soon: 'See soon',
  routine: 'Routine',
  'self-care': 'Self-care',
};

/**
 * The whole case on one self-contained page: no script, nothing from the network, prints on A4. Everything said carries its reasons
 * under it; where something was not judged the page says so and why.
 */
export function renderClinicalReport(parts: ClinicalReportParts): string {
  const { case: person, assessment, plan } = parts;
  const evidence = evidenceOf(parts.siteEvidence);
  const tell = tellerOf(evidence);
  const body = [
    header(parts),
    banner(assessment, tell),
    summary(assessment, plan, parts.pictures, tell, parts.case.findings?.enumeration.unnamed === undefined),
    levels(person, assessment, tell),
    courseSection(person, parts.pictures, parts.priorPictures),
    differential(assessment, tell),
    planSection(plan, tell),
    corridorSection(person, assessment, parts.pictures),
    READER_MARKS_SLOT,
    medicines(plan, tell),
    forecasts(assessment.forecasts, plan, tell),
    unknowns(assessment, plan, tell),
    forPatient(plan, tell),
    footer(parts, sourceItems([assessment, plan], evidence)),
  ].join('\n');
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${e(`Spine report ${person.patientId}`)}</title><style>${CLINICAL_STYLE}</style></head><body><main>${body}</main></body></html>\n`;
}

function header({ case: person }: ClinicalReportParts): string {
  const who = person.intake?.person;
  const about = [
    who?.ageYears === undefined ? 'age unknown' : `${who.ageYears} years`,
    who?.sex ?? 'sex unknown',
  ];
  const given = [
    person.findings === null ? 'no imaging' : 'imaging',
    person.genome === null ? 'no genotype' : 'genotype',
    person.intake === null ? 'no intake' : 'intake',
  ];
  return `<header><div><h1>Spine report</h1><p class="meta">Patient ${e(person.patientId)} · ${e(about.join(', '))} · ${dayHtml(person.now)} · ${e(given.join(', '))}</p></div><p class="meta">Decision support: a clinician decides.</p></header>`;
}

function banner({ triage }: Assessment, tell: Teller): string {
  const raised = triage.flags.filter((flag) => flag.status === 'raised' || flag.status === 'possible');
  const open = triage.flags.flatMap((flag) => flag.ask);
  return `<section class="banner ${triage.urgency}"><b>${URGENCY[triage.urgency]}</b>${e(triage.who.charAt(0).toUpperCase() + triage.who.slice(1))}${triage.withinHours === null ? '' : `, within ${triage.withinHours < 72 ? `${triage.withinHours} hours` : `${Math.round(triage.withinHours / 24)} days`}`}.${
    triage.gate ? ' Elective advice is withheld until this is settled.' : ''
  }${raised.map((flag) => tell.statement(flag.statement)).join('')}${triage.statements.map((s) => tell.statement(s)).join('')}${
    open.length === 0
      ? ''
      : `<details class="said"><summary>Questions that are still open: an open question is not a no</summary><ul class="plain">${open.map((q) => `<li>${e(q)}</li>`).join('')}</ul></details>`
  }</section>`;
}

function summary(
  assessment: Assessment,
  plan: CarePlan,
  pictures: readonly ReportPicture[],
  tell: Teller,
  named: boolean,
): string {
  const fits = assessment.concordance.filter((c) => c.grade >= 1).sort((a, b) => b.grade - a.grade);
  const text = `<div><h2>What next</h2>${tell.list(plan.next)}${
    fits.length === 0
      ? ''
      : `<h2>Which finding fits the symptoms</h2>${fits.map((c) => `<p class="soft">${e(c.level)}, ${e(c.root)} ${e(c.side)}: ${['no fit', 'imaging only', 'imaging and pain', 'imaging, pain and sign'][c.grade]}</p>${tell.statement(c.statement)}`).join('')}`
  }${assessment.statements.length === 0 ? '' : `<h2>Noted</h2>${tell.list(assessment.statements)}`}</div>`;
  const picture = pictures[0];
  if (picture === undefined) return text;
  return `<div class="two"><div>${sliceFigure(picture, 'overlay-main', `${picture.name}, slice ${picture.keySlice + 1} of ${picture.volume.size[2]}`, true, '', named)}</div>${text}</div>`;
}

function levels(person: PatientCase, assessment: Assessment, tell: Teller): string {
  if (person.findings === null) return '';
  const { enumeration, limits, possibleFragments = [] } = person.findings;
  const cards = person.findings.levels.map((level) =>
    levelCard(
      level,
      assessment.context.filter((c) => c.level === level.level),
      tell,
      enumeration.unnamed === undefined,
    ),
  );
  const names =
    enumeration.unnamed === undefined
      ? `Level names ${percent(enumeration.confidence)} sure${enumeration.transitional === 'none' ? '' : `; transitional anatomy: ${enumeration.transitional}`}: ${enumeration.because.join('; ')}`
      : `Levels are not named: ${[enumeration.unnamed, ...enumeration.because].join('; ')}`;
  return `<h2>Level by level, from ${enumeration.unnamed === undefined ? 'the sacrum' : 'below'} up</h2><p class="meta">${e(names)}</p>${possibleFragments.map((f) => `<p class="box">${e(fragmentText(f))}</p>`).join('')}${cards.join('')}${
    limits.length === 0
      ? ''
      : `<div class="box"><b>What these pictures cannot show</b><ul class="plain">${limits.map((l) => `<li>${e(l)}</li>`).join('')}</ul></div>`
  }`;
}

function differential(assessment: Assessment, tell: Teller): string {
  if (assessment.differential.length === 0) return '';
  const rows = assessment.differential
    .filter((h, n) => n < 8 && h.p >= 0.01)
    .map((h) => {
      const [low, high] = h.interval;
      return `<tr><td>${e([h.condition.replaceAll('-', ' '), h.level, h.side].filter((x) => x !== undefined).join(', '))}</td><td>${e(percent(h.p))}</td><td><div class="range" title="${e(percent(low))} to ${e(percent(high))}"><i style="left:${(100 * low).toFixed(1)}%;width:${(100 * (high - low)).toFixed(1)}%"></i><b style="left:${(100 * h.p).toFixed(1)}%"></b></div></td><td>${tell.statement(h.statement)}</td></tr>`;
    });
  const tests = assessment.nextTests.slice(0, 3);
  return `<h2>What explains the symptoms</h2><div class="scroll"><table><tr><th>Explanation</th><th>Belief</th><th>95% interval</th><th>Why</th></tr>${rows.join('')}</table></div>${
    tests.length === 0
      ? ''
      : `<h3>Tests that would change this most</h3>${tell.list(tests.map((t) => t.statement))}`
  }`;
}

function planSection(plan: CarePlan, tell: Teller): string {
  const ranked = [...plan.options].sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const option = (o: PlanOption) =>
    `<section class="card"><h3>${o.rank === null ? '' : `${o.rank}${o.tied === undefined ? '' : '='}. `}${e(o.name)}${o.score === null ? '' : ` <span class="soft">fit with the stated goals ${e(percent(o.score))}</span>`}</h3>${tell.list(o.statements)}${
      o.steps.length === 0 ? '' : `<ol>${o.steps.map((s) => `<li>${e(termText(s))}</li>`).join('')}</ol>`
    }</section>`;
  return `${ranked.length === 0 ? '' : `<h2>Options</h2>${ranked.map(option).join('')}`}${
    plan.ruledOut.length === 0
      ? ''
      : `<h2>Not offered, and why</h2>${plan.ruledOut.map((o) => `<details class="said"><summary><b>${e(o.name)}</b>: ${e(o.statements[0].text)}</summary>${tell.list(o.statements)}</details>`).join('')}`
  }${
    plan.triggers.length === 0
      ? ''
      : `<h2>When to change course</h2><table><tr><th>If</th><th>Then</th></tr>${plan.triggers
          .map(
            (t) =>
              `<tr><td style="white-space:normal">${e(t.when)}</td><td>${e(t.then)} <span class="strength">${e(t.direction)}</span>${tell.reasons(t.because)}</td></tr>`,
          )
          .join('')}</table>`
  }`;
}

function medicines(plan: CarePlan, tell: Teller): string {
  if (plan.medications.length === 0) return '';
  const chip = (advice: string) =>
    advice === 'avoid' ? 'avoid' : advice === 'standard' || advice === 'prefer' ? 'ok' : 'change';
  return `<h2>Medicines</h2><table>${plan.medications
    .map(
      (m) =>
        `<tr><td>${e(m.drug)}</td><td><span class="chip ${chip(m.advice)}">${e(m.advice.replaceAll('-', ' '))}</span></td><td>${tell.statement(m.statement)}</td></tr>`,
    )
    .join('')}</table>`;
}

function forecasts(all: readonly Forecast[], plan: CarePlan, tell: Teller): string {
  const shown = new Set(plan.options.map((o) => o.id));
  const of = all.filter(
    (f) =>
      shown.has(f.option) &&
      (f.outcome === 'leg-pain' ||
        f.outcome === 'back-pain' ||
        f.outcome === 'function' ||
        f.outcome === 'pain'),
  );
  if (of.length === 0) return '';
  const weeks = [...new Set(of.flatMap((f) => f.points.map((p) => p.weeks)))].sort((a, b) => a - b);
  const name = (id: string) => plan.options.find((o) => o.id === id)?.name ?? id;
  const signed = (x: number) => `${x > 0.05 ? '+' : x < -0.05 ? '\u2212' : ''}${Math.abs(x).toFixed(1)}`;
  const cell = (f: Forecast, weeks: number): string => {
    const p = f.points.find((point) => point.weeks === weeks);
    if (p === undefined) return '<td></td>';
    const change = [
      ...(f.baseline === undefined ? [] : [`${signed(p.mean - f.baseline)} from now`]),
      ...(p.beyondWaiting === undefined || f.option === 'waiting'
        ? []
        : [`${signed(p.beyondWaiting)} by it`]),
    ];
    return `<td>${p.mean.toFixed(1)} <span class="soft" style="white-space:nowrap">${p.interval[0].toFixed(1)} to ${p.interval[1].toFixed(1)}</span>${change
      .map((c) => `<br><span class="soft" style="white-space:nowrap">${c}</span>`)
      .join('')}</td>`;
  };
  const unknown = (f: Forecast): string =>
    f.points.every((p) => p.beyondWaiting === undefined)
      ? '<br><span class="soft">no trial figure of what it adds</span>'
      : '';
  return `<h2>What to expect with each option</h2><p class="meta">Mean with 90% interval for a person like this; wide because single people vary. Under it the whole change from now, which is what is lived through, and what of that comes by the option rather than by time, which is what a choice turns on; both negative where it gets better. Model card: ${e(of[0]!.modelCard)}.</p><div class="scroll"><table><tr><th>Option</th><th>Outcome</th><th>Now</th>${weeks.map((w) => `<th>${w} weeks</th>`).join('')}<th>Why</th></tr>${of
    .map(
      (f) =>
        `<tr><td style="white-space:normal">${e(name(f.option))}</td><td>${e(f.outcome.replace('-', ' '))}, ${e(f.unit)}${unknown(f)}</td><td>${
          f.baseline === undefined ? '' : f.baseline.toFixed(1)
        }</td>${weeks.map((w) => cell(f, w)).join('')}<td>${tell.folded('sources', f.because)}</td></tr>`,
    )
    .join('')}</table></div>`;
}

function unknowns(assessment: Assessment, plan: CarePlan, tell: Teller): string {
  const matters = plan.valueOfInformation.filter((v) => v.probabilityPlanChanges >= LEAST_CHANCE);
  const idle = plan.valueOfInformation.filter((v) => v.probabilityPlanChanges < LEAST_CHANCE);
  const idleLine =
    idle.length === 0
      ? ''
      : `<p class="soft">Not needed for this decision, whatever the answer: ${e(idle.map((v) => termText(`unknown.${v.unknown}`)).join(', '))}.</p>`;
  return `${plan.valueOfInformation.length === 0 ? '' : `<h2>What would be worth knowing</h2>${tell.list(matters.map((v) => v.statement))}${idleLine}`}${
    plan.counterfactuals.length === 0
      ? ''
      : `<h2>What would change this advice</h2>${tell.list(plan.counterfactuals.map((c) => c.statement))}`
  }${assessment.risks.length === 0 ? '' : `<h2>Risks</h2>${tell.list(assessment.risks.flatMap((r) => [r.statement, ...r.modifiable]))}`}${
    assessment.abstained.length === 0 ? '' : `<h2>Not judged</h2>${tell.list(assessment.abstained)}`
  }`;
}

function forPatient(plan: CarePlan, tell: Teller): string {
  if (plan.forPatient.length === 0) return '';
  return `<section class="page big"><h2>For the patient</h2>${plan.forPatient.map((s) => tell.statement(s, 'patient')).join('')}</section>`;
}

function footer({ case: person, plan, version }: ClinicalReportParts, sources: readonly string[]): string {
  const models = person.findings?.models ?? [];
  return `<footer>${plan.limits.length === 0 ? '' : `<p>${plan.limits.map(e).join(' ')}</p>`}<details><summary>${sources.length} sources</summary><ol>${sources.map((c) => `<li>${c}</li>`).join('')}</ol></details><p>Foramen ${e(version)}${models.map((m) => ` · ${e(m.id)} ${e(m.version)} ${e(m.sha256.slice(0, 12))}`).join('')}. Model trained in part on SPIDER (van der Graaf et al., Sci Data 2024, CC BY 4.0).</p></footer>`;
}
