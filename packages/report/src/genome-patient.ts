import type { DrugAction, GenomicProfile } from '@foramen/spine';
import { UNNAMED_SAMPLE } from '@foramen/spine/genome';
import { type CardKind, type PatientWords, patientWords } from './genome-patient-words.ts';
import { actionByGenotypeAlone } from './genome-reasons.ts';
import { escapeHtml as e, page } from './genome-style.ts';

/** Drugs a person with back pain may meet, by what they are for: in the order of `PatientWords.uses`. */
const USES: readonly (readonly string[])[] = [
  'codeine tramadol hydrocodone oxycodone methadone',
  'celecoxib ibuprofen flurbiprofen lornoxicam meloxicam piroxicam naproxen diclofenac',
  'amitriptyline nortriptyline imipramine doxepin duloxetine venlafaxine sertraline citalopram escitalopram paroxetine carbamazepine oxcarbazepine phenytoin',
  'sevoflurane desflurane isoflurane succinylcholine',
  'ondansetron metoclopramide omeprazole pantoprazole lansoprazole',
  'clopidogrel warfarin',
].map((drugs) => drugs.split(' '));

function groupOf(actions: readonly DrugAction[]): CardKind | null {
  if (actions.length === 0) return null;
  // A medicine taken now may hide what the genes would say; it may be stopped any day, so the stricter of the two counts.
  const kinds = new Set<string>(
    actions.flatMap((action) => [action.action, actionByGenotypeAlone(action.because) ?? action.action]),
  );
  if (kinds.has('avoid') || kinds.has('alternative')) return 'avoid';
  // A gene that settles nothing about a sleep medicine is not a reason for another dose, and no all-clear either.
  const unsettled = actions.every((action) =>
    action.basis?.some((state) => state.includes('Uncertain Susc')),
  );
  if (unsettled) return 'open';
  if (kinds.has('reduce') || kinds.has('start-low') || kinds.has('increase') || kinds.has('monitor'))
    return 'change';
  const unknown = actions.some((action) => action.basis?.some((state) => state.includes('Indeterminate')));
  if (!kinds.has('standard') && (kinds.has('untested') || unknown)) return 'open';
  const part = actions.some(
    (action) =>
      action.provisional !== undefined || action.because.some((reason) => /^\S+ not tested$/.test(reason)),
  );
  return part ? 'part' : 'same';
}

const LOOK: Readonly<Record<CardKind, string>> = {
  avoid: 'avoid',
  change: 'change',
  same: 'ok',
  part: 'open',
  open: 'open',
};

function card(profile: GenomicProfile, kind: CardKind, words: PatientWords): string {
  const lines = USES.flatMap((drugs, use) => {
    const own = drugs.filter(
      (drug) => groupOf(profile.drugs.filter((action) => action.drug === drug)) === kind,
    );
    const named = own.map((drug) => words.drugs[drug] ?? drug).join(', ');
    return own.length > 0 ? [`<li><b>${e(words.uses[use] ?? '')}:</b> ${e(named)}</li>`] : [];
  });
  if (lines.length === 0) return '';
  const { title, text } = words.cards[kind];
  return `<div class="card"><h3><span class="chip ${LOOK[kind]}">${e(title)}</span></h3><p>${e(text)}</p><ul class="plain">${lines.join('')}</ul></div>`;
}

function surgeryWarning(profile: GenomicProfile, words: PatientWords): string {
  const genes = ['RYR1', 'CACNA1S'].map((gene) => profile.genes[gene]?.phenotype ?? '');
  if (!genes.some((phenotype) => phenotype.startsWith('Malignant'))) return '';
  return `<div class="box warn"><b>${e(words.surgery)}</b> ${e(words.surgeryMore)}</div>`;
}

function drugNote(profile: GenomicProfile, words: PatientWords): string {
  if (!profile.genes.CYP2D6?.phenotypeWithDrugs) return '';
  return `<div class="box"><b>${e(words.slowed)}</b> ${e(words.slowedMore)}</div>`;
}

const KINDS: readonly CardKind[] = ['avoid', 'change', 'same', 'part', 'open'];

/**
 * The patient's report: short words and short sentences (about grade 6), one self-contained page. `now` is an ISO date; `language` a BCP 47
 * tag out of `PATIENT_LANGUAGES`, English for any other.
 */
export function patientReport(profile: GenomicProfile, now: string, language = 'en'): string {
  const words = patientWords(language);
  const list = (items: readonly string[]) =>
    `<ul class="plain">\n${items.map((item) => `<li>${e(item)}</li>`).join('\n')}\n</ul>`;
  const named = profile.sample !== UNNAMED_SAMPLE;
  const whom = named ? `<div class="meta">${e(words.forWhom)} ${e(profile.sample)}</div>` : '';
  const body = `<header><div><h1>${e(words.title)}</h1>${whom}</div><div class="meta">${e(now)}</div></header>
<div class="big">
<p>${e(words.genes)}</p>
<p><b>${e(words.doNotChange)}</b> ${e(words.doNotChangeMore)}</p>
${surgeryWarning(profile, words)}${drugNote(profile, words)}
${KINDS.map((kind) => card(profile, kind, words)).join('\n')}
<h2>${e(words.cannotTell)}</h2>
${list(words.cannotTellList)}
<h2>${e(words.doNow)}</h2>
${list(words.doNowList)}</div>
<footer>${e(words.footer)}</footer>`;
  return page(words.title, body, words.language);
}
