import type { DrugAction, GeneResult, GenomicProfile } from '@foramen/spine';
import { guidanceName, shownPhenotype } from '@foramen/spine/genome';
import { ACTION_LOOK, atAGlance, drugSections } from './genome-drugs.ts';
import { operationSheet } from './genome-operation.ts';
import { dayHtml, escapeHtml as e, page } from './genome-style.ts';

export { ACTION_LOOK, needsRow, unsettledBy } from './genome-drugs.ts';
export { type PatientGenome, patientGenome, patientReport } from './genome-patient.ts';
export { PATIENT_LANGUAGES } from './genome-patient-words.ts';
export { sayOnce, sortReasons } from './genome-reasons.ts';

function geneRow(gene: string, result: GeneResult): string {
  const shown =
    result.diplotypes.slice(0, 4).join(' or ') +
    (result.diplotypes.length > 4 ? ` and ${result.diplotypes.length - 4} more` : '');
  const meaning =
    result.uncalled && result.phenotype === 'No Result'
      ? `<span class="chip open">No result</span> ${e(result.uncalled)}`
      : e(shownPhenotype(result) || 'no phenotype assigned');
  const converted = result.phenotypeWithDrugs
    ? `<div><span class="chip change">With current drugs</span> ${e(result.phenotypeWithDrugs)} (score ${e(String(result.activityScoreWithDrugs ?? ''))})</div>`
    : '';
  const dpwg = result.phenotypeDpwg ? `<div class="meta">DPWG: ${e(result.phenotypeDpwg)}</div>` : '';
  const structure = result.structure
    ? `<div class="meta">${e(result.structure.text)}. With it weighed in (${e(result.structure.population)}): ${e(
        result.structure.phenotypes
          .slice(0, 4)
          .map((entry) => `${entry.phenotype} ${Math.round(entry.p * 100)}%`)
          .join(', '),
      )}</div>`
    : '';
  const missing =
    result.missingPositions.length > 0
      ? `<div class="meta">${result.missingPositions.length} position${result.missingPositions.length === 1 ? '' : 's'} missing: ${e(result.missingPositions.slice(0, 6).join(', '))}${result.missingPositions.length > 6 ? ', …' : ''}</div>`
      : '';
  const open = result.phenotypesNotExcluded ?? [];
  const couldBe =
    result.provisional !== undefined
      ? `<div class="meta"><span class="chip open">Provisional</span> ${open.length > 0 ? `not excluded: ${e(open.join(', '))}` : 'not fully read'}</div>`
      : '';
  const notes = result.notes
    .filter((note) => note !== result.structure?.text)
    .slice(0, 5)
    .map((note) => `<div class="meta">${e(note)}</div>`)
    .join('');
  const score = result.activityScore === null ? '' : e(String(result.activityScore));
  const origin = result.source === 'outside' ? 'outside call' : result.phased ? 'phased' : '';
  return `<tr><td>${e(gene)}</td><td>${e(shown) || '–'}<div class="meta">${origin}</div></td><td>${meaning}${couldBe}${converted}${dpwg}</td><td>${score}</td><td>${structure}${missing}${notes}</td></tr>`;
}

/** Genes with a result, one row each; those of which the file says nothing, in one line for each reason. */
function geneSection(profile: GenomicProfile): string {
  const rows: string[] = [];
  const without = new Map<string, string[]>();
  for (const [gene, result] of Object.entries(profile.genes)) {
    const silent = result.uncalled !== undefined && result.phenotype === 'No Result';
    const untouched = silent && (result.notes.length === 0 || gene.startsWith('HLA'));
    if (!untouched) rows.push(geneRow(gene, result));
    else without.set(result.uncalled ?? '', [...(without.get(result.uncalled ?? '') ?? []), gene]);
  }
  const lines = [...without].map(
    ([why, genes]) =>
      `<p class="meta"><span class="chip open">No result</span> ${e(genes.join(', '))}: ${e(why)}.</p>`,
  );
  return `<div class="scroll"><table><thead><tr><th>Gene</th><th>Diplotype</th><th>Phenotype</th><th>Score</th><th>Limits</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${lines.join('')}`;
}

/** A drug whose guidance was taken second-hand says so where an expectation rests on it, too. */
function untestedName(action: DrugAction): string {
  return action.verified === false ? `${action.drug} [${guidanceName(action)}]` : action.drug;
}

function untestedSection(profile: GenomicProfile): string {
  const rows = profile.drugs.filter((action) => action.action === 'untested');
  if (rows.length === 0) return '';
  const estimated = new Map<string, { readonly p: number; readonly drugs: string[] }>();
  const nothing: string[] = [];
  const not: string[] = [];
  for (const action of rows) {
    const prior = action.untested;
    if (!prior) {
      not.push(`${untestedName(action)} (${action.genes.join(', ')})`);
      continue;
    }
    if (prior.pActionable === 0) {
      nothing.push(untestedName(action));
      continue;
    }
    const shown = prior.phenotypes.slice(0, 4);
    const rest = prior.phenotypes.slice(4).reduce((sum, p) => sum + p.p, 0);
    const spread = shown
      .map((p) => `${p.phenotype} ${Math.round(p.p * 100)}% (${ACTION_LOOK[p.action].word.toLowerCase()})`)
      .join('; ');
    const others = action.genes.filter((gene) => !prior.gene.split(' and ').includes(gene));
    const left = others.length > 0 ? `. ${others.join(', ')}: not estimated, test before use` : '';
    const more = rest >= 0.005 ? `; others ${Math.round(rest * 100)}%` : '';
    const cells = `<td>${e(prior.gene)}</td><td>${e(`${spread}${more}${left}`)}</td><td>${Math.round(prior.pActionable * 100)} in 100</td>`;
    const row = estimated.get(cells) ?? { p: prior.pActionable, drugs: [] };
    row.drugs.push(untestedName(action));
    estimated.set(cells, row);
  }
  const body = [...estimated]
    .sort(([, a], [, b]) => b.p - a.p)
    .map(([cells, row]) => `<tr><td>${row.drugs.map(e).join('<br>')}</td>${cells}</tr>`);
  const where = rows.find((r) => r.untested)?.untested?.population ?? '';
  const table =
    body.length > 0
      ? `<div class="scroll"><table><thead><tr><th>Drug</th><th>Gene</th><th>To be expected (${e(where)})</th><th>A test would change the prescription for</th></tr></thead><tbody>${body.join('')}</tbody></table></div>`
      : '';
  const rest = [
    nothing.length > 0 ? `A test would change nothing for: ${nothing.join(', ')}.` : '',
    not.length > 0 ? `Not estimated from ancestry, test before use: ${not.join(', ')}.` : '',
  ].filter(Boolean);
  return `<h2>Not tested</h2><p>These genes have no result, which is not the same as normal. The figures are what is common in a population, not this person's result.</p>${table}${rest.map((text) => `<p class="meta">${e(text)}</p>`).join('')}`;
}

function markerSection(profile: GenomicProfile): string {
  if (profile.markers.length === 0) return '';
  const words = {
    information: ['watch', 'Information'],
    research: ['open', 'Research'],
    refused: ['avoid', 'Refused'],
  } as const;
  const rows = profile.markers.map((marker) => {
    const [look, word] = words[marker.verdict];
    return `<tr><td style="white-space:normal">${e(marker.marker)}</td><td><span class="chip ${look}">${word}</span></td><td>${e(marker.genotype ?? '')}</td><td>${e(marker.text)}<div class="meta">${e(marker.effect ?? '')}. ${e(marker.sources.join('; '))}</div></td></tr>`;
  });
  return `<h2>Susceptibility markers</h2><p>None of these moves a plan. Refused markers are listed with the numbers that refuse them, because panels are sold on them.</p><div class="scroll"><table><thead><tr><th>Marker</th><th>Verdict</th><th>Genotype</th><th>Evidence</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function ledgerSection(profile: GenomicProfile): string {
  const ofGene = / allele definitions and functions$/;
  const grouped = new Map<
    string,
    { readonly dated: string; readonly source: string; readonly what: string[] }
  >();
  for (const entry of profile.ledger ?? []) {
    const source = entry.secondHand === undefined ? entry.source : `Second-hand: ${entry.secondHand}`;
    const key = ofGene.test(entry.what) ? `${entry.dated} ${source}` : `${entry.what} ${source}`;
    const row = grouped.get(key) ?? { dated: entry.dated, source, what: [] };
    row.what.push(entry.what);
    grouped.set(key, row);
  }
  const rows = [...grouped.values()].map(({ dated, source, what }) => {
    const text =
      what.length > 1
        ? `Allele definitions and functions of ${what.map((name) => name.replace(ofGene, '')).join(', ')}`
        : (what[0] ?? '');
    return `<tr><td style="white-space:normal">${e(text)}</td><td style="white-space:nowrap">${dayHtml(dated)}</td><td>${e(source)}</td></tr>`;
  });
  return rows.length > 0
    ? `<h2>Where this comes from</h2><div class="scroll"><table><thead><tr><th>Facts</th><th>Dated</th><th>Source</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
    : '';
}

/** The prescriber's report: one self-contained HTML page, no scripts, printable. `now` is an ISO date. */
export function prescriberReport(profile: GenomicProfile, now: string): string {
  const converted = Object.entries(profile.genes).filter(([, gene]) => gene.phenotypeWithDrugs);
  const conversion = converted
    .map(
      ([gene, result]) =>
        `<div class="box warn"><b>Current drugs change ${e(gene)}:</b> ${e(shownPhenotype(result))} (score ${e(String(result.activityScore ?? 'none'))}) by genotype, ${e(shownPhenotype({ ...result, phenotype: result.phenotypeWithDrugs ?? '' }))} (score ${e(String(result.activityScoreWithDrugs ?? ''))}) now. ${e(result.notes.filter((note) => note.includes('CYP2D6 activity') || note.includes('days')).join('; '))}.</div>`,
    )
    .join('');
  const body = `<header><div><h1>Genes and prescribing</h1><div class="meta">${e(profile.assembly === 'none' ? `${profile.sample}, without a variant file` : `Sample ${profile.sample}, assembly ${profile.assembly}`)}</div></div><div class="meta">${dayHtml(now)}<br>Decision support: a clinician decides</div></header>
${atAGlance(profile)}
${conversion}
<h2>Drugs</h2><p>CPIC, DPWG and FDA are shown side by side where they differ. Alternatives are checked against this person's other genes, drugs, kidneys, age, illnesses and allergies, as far as they were given.</p>${(profile.notes ?? []).map((note) => `<p class="meta">${e(note)}.</p>`).join('')}${drugSections(profile)}
${operationSheet(profile, now)}
<h2 class="page">Genes</h2>${geneSection(profile)}
${untestedSection(profile)}${markerSection(profile)}${ledgerSection(profile)}
<footer>Guidance: CPIC (CC0), DPWG by way of ClinPGx (CC BY-SA 4.0), FDA labels and association table (second-hand: check fda.gov). Actions are restated in our own words; read the guideline before an unusual decision. A malignant hyperthermia gene without a finding never makes an anaesthetic safe.</footer>`;
  return page(`Genes and prescribing: ${profile.sample}`, body);
}
