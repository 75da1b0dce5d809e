import type {
  DrugAction,
  DrugActionKind,
  GeneResult,
  GenomicProfile,
  PerioperativeItem,
} from '@foramen/spine';
import { shownPhenotype } from '@foramen/spine/genome';
import { escapeHtml as e, page } from './genome-style.ts';

export { patientReport } from './genome-patient.ts';
export { PATIENT_LANGUAGES } from './genome-patient-words.ts';

const CHIP: Readonly<Record<DrugActionKind, { readonly look: string; readonly word: string }>> = {
  avoid: { look: 'avoid', word: 'Avoid' },
  alternative: { look: 'avoid', word: 'Use another' },
  reduce: { look: 'change', word: 'Reduce' },
  'start-low': { look: 'change', word: 'Start low' },
  increase: { look: 'change', word: 'Increase' },
  monitor: { look: 'watch', word: 'Watch' },
  standard: { look: 'ok', word: 'Standard' },
  'no-recommendation': { look: 'open', word: 'No advice' },
  untested: { look: 'open', word: 'Not tested' },
};

const ACTING: ReadonlySet<DrugActionKind> = new Set([
  'avoid',
  'alternative',
  'reduce',
  'start-low',
  'increase',
  'monitor',
]);

const OUT: ReadonlySet<string> = new Set(['avoid', 'alternative']);

const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['Opioids', ['codeine', 'tramadol', 'hydrocodone', 'oxycodone', 'methadone', 'oliceridine', 'lofexidine']],
  [
    'Anti-inflammatory drugs',
    'celecoxib ibuprofen flurbiprofen lornoxicam meloxicam piroxicam tenoxicam naproxen diclofenac indomethacin aceclofenac nabumetone metamizole lumiracoxib aspirin'.split(
      ' ',
    ),
  ],
  [
    'Nerve pain and depression',
    'amitriptyline nortriptyline desipramine imipramine doxepin clomipramine trimipramine duloxetine venlafaxine milnacipran sertraline citalopram escitalopram paroxetine fluvoxamine vortioxetine carbamazepine oxcarbazepine phenytoin fosphenytoin lamotrigine'.split(
      ' ',
    ),
  ],
  [
    'Anaesthesia and operation',
    'sevoflurane desflurane isoflurane halothane enflurane methoxyflurane succinylcholine lidocaine bupivacaine ropivacaine mepivacaine articaine prilocaine ondansetron tropisetron metoclopramide'
      .split(' ')
      .concat('methylene blue'),
  ],
  ['Stomach protection', 'omeprazole lansoprazole pantoprazole dexlansoprazole'.split(' ')],
  ['Blood thinners', ['clopidogrel', 'warfarin']],
  ['Muscle spasm and others', ['carisoprodol', 'diazepam', 'allopurinol']],
];

function chip(action: DrugActionKind): string {
  const { look, word } = CHIP[action];
  return `<span class="chip ${look}">${word}</span>`;
}

/** An action that rests on genes not fully read is provisional, and says so beside the chip. */
function provisional(action: DrugAction): string {
  return action.provisional !== undefined ? ' <span class="chip open">Provisional</span>' : '';
}

/** Why "no change" is not the last word: genes not fully read, and genes of the guideline without a result. */
function openReasons(actions: readonly DrugAction[]): string[] {
  const unread = actions.flatMap((action) => action.provisional ?? []);
  return unique([
    ...unread,
    ...actions.flatMap((action) => action.because.filter((reason) => /^\S+ not tested$/.test(reason))),
  ]);
}

function cell(action: DrugAction, gene: string): string {
  const strength =
    action.classification && !['None', 'Unspecified'].includes(action.classification)
      ? ` ${e(action.classification.toLowerCase())}`
      : '';
  const population = action.population ? ` <span class="meta">(${e(action.population)})</span>` : '';
  return `<div class="cell"><span class="gl">${e(action.guideline ?? '')}${gene ? ` on ${e(gene)}` : ''}${strength}</span>${chip(action.action)}${provisional(action)} ${e(action.doseText ?? '')}${population}</div>`;
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}

/** What is said of a drug; drugs of which the same is said share a row. */
function drugCells(actions: readonly DrugAction[]): string {
  const reasons = unique(actions.flatMap((action) => action.because));
  const alone = reasons.filter((reason) => reason.startsWith('by genotype alone'));
  const why = reasons.filter((reason) => !alone.slice(1).includes(reason));
  const genesOf = (action: DrugAction) =>
    actions.some(
      (other) =>
        other !== action &&
        other.guideline === action.guideline &&
        other.genes.join() !== action.genes.join(),
    )
      ? action.genes.join(', ')
      : '';
  const instead = unique(actions.flatMap((action) => action.alternatives));
  return `<td>${actions.map((action) => cell(action, genesOf(action))).join('')}<div class="why">${e(why.join('; '))}</div></td><td class="instead">${
    instead.length > 0
      ? e(instead.slice(0, 4).join(', '))
      : actions.some((action) => OUT.has(action.action))
        ? '<span class="meta">none of its kind fits this person</span>'
        : ''
  }</td>`;
}

function groupSection(title: string, drugs: readonly string[], profile: GenomicProfile): string {
  const rows = new Map<string, string[]>();
  const plain: string[] = [];
  const unsettled: string[] = [];
  const silent: string[] = [];
  for (const drug of drugs) {
    const actions = profile.drugs.filter((action) => action.drug === drug && action.action !== 'untested');
    if (actions.length === 0) continue;
    if (actions.some((action) => ACTING.has(action.action))) {
      const cells = drugCells(actions);
      rows.set(cells, [...(rows.get(cells) ?? []), drug]);
    } else
      (actions.every((action) => action.action === 'no-recommendation')
        ? silent
        : openReasons(actions).length > 0
          ? unsettled
          : plain
      ).push(openReasons(actions).length > 0 ? `${drug} (${openReasons(actions).join('; ')})` : drug);
  }
  if (rows.size === 0 && plain.length + unsettled.length + silent.length === 0) return '';
  const table =
    rows.size > 0
      ? `<div class="scroll"><table class="drugs"><thead><tr><th>Drug</th><th>What the guidelines say</th><th>Instead, checked for this person</th></tr></thead><tbody>${[...rows].map(([cells, names]) => `<tr><td>${names.map(e).join('<br>')}</td>${cells}</tr>`).join('')}</tbody></table></div>`
      : '';
  const rest = plain.length > 0 ? `<p class="meta">No change by genes: ${e(plain.join(', '))}.</p>` : '';
  const open =
    unsettled.length > 0
      ? `<p class="meta"><span class="chip open">Provisional</span> No change by what was read, which is not all that counts (see Genes): ${e(unsettled.join(', '))}.</p>`
      : '';
  const none = silent.length > 0 ? `<p class="meta">No advice from genes: ${e(silent.join(', '))}.</p>` : '';
  return `<h3>${e(title)}</h3>${table}${rest}${open}${none}`;
}

const ROLE: Readonly<Record<PerioperativeItem['role'], string>> = {
  opioid: 'Opioid',
  nsaid: 'Anti-inflammatory',
  antiemetic: 'Against nausea',
  anaesthetic: 'Anaesthetic and relaxant',
  'local-anaesthetic': 'Local anaesthetic',
  'blood-thinner': 'Platelet inhibitor, where one is needed',
};

function perioperative(items: readonly PerioperativeItem[]): string {
  const sections = items.map((item) => {
    const reasons = item.because
      .slice(0, 7)
      .map((text) => `<li>${e(text)}</li>`)
      .join('');
    return `<section><h3>${ROLE[item.role]}</h3><div><span class="chip ok">Prefer</span> ${e(item.prefer.join(', ') || 'decide by other facts')}</div>${
      item.avoid.length > 0
        ? `<div><span class="chip avoid">Avoid</span> ${e(item.avoid.join(', '))}</div>`
        : ''
    }<ul>${reasons}</ul></section>`;
  });
  return `<h2 class="page">Around an operation</h2><div class="plan">${sections.join('')}</div>`;
}

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
          .map((entry) => `${entry.phenotype} ${Math.round(entry.p * 100)} %`)
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

function untestedSection(profile: GenomicProfile): string {
  const rows = profile.drugs.filter((action) => action.action === 'untested');
  if (rows.length === 0) return '';
  const estimated = new Map<string, { readonly p: number; readonly drugs: string[] }>();
  const nothing: string[] = [];
  const not: string[] = [];
  for (const action of rows) {
    const prior = action.untested;
    if (!prior) {
      not.push(`${action.drug} (${action.genes.join(', ')})`);
      continue;
    }
    if (prior.pActionable === 0) {
      nothing.push(action.drug);
      continue;
    }
    const shown = prior.phenotypes.slice(0, 4);
    const rest = prior.phenotypes.slice(4).reduce((sum, p) => sum + p.p, 0);
    const spread = shown
      .map((p) => `${p.phenotype} ${Math.round(p.p * 100)} % (${CHIP[p.action].word.toLowerCase()})`)
      .join('; ');
    const others = action.genes.filter((gene) => !prior.gene.split(' and ').includes(gene));
    const left = others.length > 0 ? `. ${others.join(', ')}: not estimated, test before use` : '';
    const more = rest >= 0.005 ? `; others ${Math.round(rest * 100)} %` : '';
    const cells = `<td>${e(prior.gene)}</td><td>${e(`${spread}${more}${left}`)}</td><td>${Math.round(prior.pActionable * 100)} in 100</td>`;
    const row = estimated.get(cells) ?? { p: prior.pActionable, drugs: [] };
    row.drugs.push(action.drug);
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
    const key = ofGene.test(entry.what) ? `${entry.dated} ${entry.source}` : entry.what;
    const row = grouped.get(key) ?? { dated: entry.dated, source: entry.source, what: [] };
    row.what.push(entry.what);
    grouped.set(key, row);
  }
  const rows = [...grouped.values()].map(({ dated, source, what }) => {
    const text =
      what.length > 1
        ? `Allele definitions and functions of ${what.map((name) => name.replace(ofGene, '')).join(', ')}`
        : (what[0] ?? '');
    return `<tr><td style="white-space:normal">${e(text)}</td><td style="white-space:nowrap">${e(dated)}</td><td>${e(source)}</td></tr>`;
  });
  return rows.length > 0
    ? `<h2>Where this comes from</h2><div class="scroll"><table><thead><tr><th>Facts</th><th>Dated</th><th>Source</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
    : '';
}

/** The prescriber's report: one self-contained HTML page, no scripts, printable. `now` is an ISO date. */
export function prescriberReport(profile: GenomicProfile, now: string): string {
  const drugsWith = (kinds: readonly DrugActionKind[]) =>
    unique(profile.drugs.filter((a) => kinds.includes(a.action)).map((a) => a.drug));
  const out = drugsWith(['avoid', 'alternative']);
  const changed = drugsWith(['reduce', 'start-low', 'increase', 'monitor']).filter(
    (drug) => !out.includes(drug),
  );
  const called = Object.values(profile.genes).filter((gene) => gene.phenotype !== 'No Result');
  const open = Object.values(profile.genes).length - called.length;
  const groups = GROUPS.map(([title, drugs]) => groupSection(title, drugs, profile)).join('');
  const converted = Object.entries(profile.genes).filter(([, gene]) => gene.phenotypeWithDrugs);
  const conversion = converted
    .map(
      ([gene, result]) =>
        `<div class="box warn"><b>Current drugs change ${e(gene)}:</b> ${e(shownPhenotype(result))} (score ${e(String(result.activityScore ?? 'none'))}) by genotype, ${e(shownPhenotype({ ...result, phenotype: result.phenotypeWithDrugs ?? '' }))} (score ${e(String(result.activityScoreWithDrugs ?? ''))}) now. ${e(result.notes.filter((note) => note.includes('CYP2D6 activity') || note.includes('days')).join('; '))}.</div>`,
    )
    .join('');
  const body = `<header><div><h1>Genes and prescribing</h1><div class="meta">Sample ${e(profile.sample)}, assembly ${e(profile.assembly)}</div></div><div class="meta">${e(now)}<br>Decision support: a clinician decides</div></header>
<div class="facts"><div class="fact"><b>${out.length}</b><span>drugs to leave or replace</span></div><div class="fact"><b>${changed.length}</b><span>drugs with another dose or a watch</span></div><div class="fact"><b>${called.length}</b><span>genes with a result</span></div><div class="fact"><b>${open}</b><span>genes without a result</span></div></div>
${conversion}
<h2>Drugs</h2><p>CPIC, DPWG and FDA are shown side by side where they differ. Alternatives are checked against this person's other genes, drugs, kidneys, age and allergies, as far as they were given.</p>${groups}
${profile.perioperative ? perioperative(profile.perioperative) : ''}
<h2 class="page">Genes</h2><div class="scroll"><table><thead><tr><th>Gene</th><th>Diplotype</th><th>Phenotype</th><th>Score</th><th>Limits</th></tr></thead><tbody>${Object.entries(
    profile.genes,
  )
    .map(([gene, result]) => geneRow(gene, result))
    .join('')}</tbody></table></div>
${untestedSection(profile)}${markerSection(profile)}${ledgerSection(profile)}
<footer>Guidance: CPIC (CC0), DPWG by way of ClinPGx (CC BY-SA 4.0), FDA labels. Actions are restated in our own words; read the guideline before an unusual decision. A malignant hyperthermia gene without a finding never makes an anaesthetic safe.</footer>`;
  return page(`Genes and prescribing: ${profile.sample}`, body);
}
