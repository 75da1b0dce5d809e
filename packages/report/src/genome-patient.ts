import { type DrugAction, drugNameIn, type GenomicProfile } from '@foramen/spine';
import { UNNAMED_SAMPLE } from '@foramen/spine/genome';
import { type CardKind, type PatientWords, patientWords } from './genome-patient-words.ts';
import { actionByGenotypeAlone, sortReasons } from './genome-reasons.ts';
import { dayHtml, escapeHtml as e, page } from './genome-style.ts';

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
  // Whatever the genes allow, an illness, a medicine, age or an allergy of this person may speak against it.
  if (actions.some((action) => sortReasons(action.because).person.length > 0)) return 'avoid';
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

const KINDS: readonly CardKind[] = ['avoid', 'change', 'same', 'part', 'open'];

/** What a genotype means for the medicines of a person with back pain, in plain words. */
export interface PatientGenome {
  readonly words: PatientWords;
  /** What has to be told before an operation, and of a medicine that changes what others do. */
  readonly warnings: readonly {
    readonly danger: boolean;
    readonly title: string;
    readonly text: string;
  }[];
  /** Medicines in groups, what to ask about first; each line with what they are for. */
  readonly cards: readonly {
    readonly look: string;
    readonly title: string;
    readonly text: string;
    readonly lines: readonly { readonly use: string; readonly drugs: readonly string[] }[];
  }[];
}

/** `language` is a BCP 47 tag out of `PATIENT_LANGUAGES`, English for any other. */
export function patientGenome(profile: GenomicProfile, language = 'en'): PatientGenome {
  const words = patientWords(language);
  // By genes, or by what happened to the person or a relative.
  const hot =
    ['RYR1', 'CACNA1S'].some((gene) => profile.genes[gene]?.phenotype?.startsWith('Malignant')) ||
    (profile.perioperative ?? []).some((item) =>
      item.because.some((why) => why.startsWith('malignant hyperthermia')),
    );
  const slowed = Boolean(profile.genes.CYP2D6?.phenotypeWithDrugs);
  return {
    words,
    warnings: [
      ...(hot ? [{ danger: true, title: words.surgery, text: words.surgeryMore }] : []),
      ...(slowed ? [{ danger: false, title: words.slowed, text: words.slowedMore }] : []),
    ],
    cards: KINDS.flatMap((kind) => {
      const lines = USES.flatMap((drugs, use) => {
        const own = drugs.filter(
          (drug) => groupOf(profile.drugs.filter((action) => action.drug === drug)) === kind,
        );
        return own.length === 0
          ? []
          : [{ use: words.uses[use] ?? '', drugs: own.map((drug) => drugNameIn(drug, words.language)) }];
      });
      return lines.length === 0 ? [] : [{ look: LOOK[kind], ...words.cards[kind], lines }];
    }),
  };
}

/**
 * The patient's report: short words and short sentences (about grade 6), one self-contained page. `now` is an ISO date; `language` a BCP 47
 * tag out of `PATIENT_LANGUAGES`, English for any other.
 */
export function patientReport(profile: GenomicProfile, now: string, language = 'en'): string {
  const { words, warnings, cards } = patientGenome(profile, language);
  const list = (items: readonly string[]) =>
    `<ul class="plain">\n${items.map((item) => `<li>${e(item)}</li>`).join('\n')}\n</ul>`;
  const named = profile.sample !== UNNAMED_SAMPLE;
  const whom = named ? `<div class="meta">${e(words.forWhom)} ${e(profile.sample)}</div>` : '';
  const body = `<header><div><h1>${e(words.title)}</h1>${whom}</div><div class="meta">${dayHtml(now, words.language)}</div></header>
<div class="big">
<p>${e(words.genes)}</p>
<p><b>${e(words.doNotChange)}</b> ${e(words.doNotChangeMore)}</p>
${warnings.map(({ danger, title, text }) => `<div class="box${danger ? ' warn' : ''}"><b>${e(title)}</b> ${e(text)}</div>`).join('')}
${cards
  .map(
    ({ look, title, text, lines }) =>
      `<div class="card"><h3><span class="chip ${look}">${e(title)}</span></h3><p>${e(text)}</p><ul class="plain">${lines.map(({ use, drugs }) => `<li><b>${e(use)}:</b> ${e(drugs.join(', '))}</li>`).join('')}</ul></div>`,
  )
  .join('\n')}
<h2>${e(words.cannotTell)}</h2>
${list(words.cannotTellList)}
<h2>${e(words.doNow)}</h2>
${list(words.doNowList)}</div>
<footer>${e(words.footer)}</footer>`;
  return page(words.title, body, words.language);
}
