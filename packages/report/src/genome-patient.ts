import type { DrugAction, GenomicProfile } from '@foramen/spine';
import { escapeHtml as e, page } from './genome-style.ts';

/** Drugs a person with back pain may meet, by what they are for, in plain words. */
const USES: readonly (readonly [string, readonly string[]])[] = [
  ['Strong pain pills (opioids)', ['codeine', 'tramadol', 'hydrocodone', 'oxycodone', 'methadone']],
  [
    'Pain and swelling pills',
    'celecoxib ibuprofen flurbiprofen lornoxicam meloxicam piroxicam naproxen diclofenac'.split(' '),
  ],
  [
    'Nerve pain and mood pills',
    'amitriptyline nortriptyline imipramine doxepin duloxetine venlafaxine sertraline citalopram escitalopram paroxetine carbamazepine oxcarbazepine phenytoin'.split(
      ' ',
    ),
  ],
  ['Medicines for surgery', ['sevoflurane', 'desflurane', 'isoflurane', 'succinylcholine']],
  [
    'Medicines for upset stomach',
    ['ondansetron', 'metoclopramide', 'omeprazole', 'pantoprazole', 'lansoprazole'],
  ],
  ['Blood thinners', ['clopidogrel', 'warfarin']],
];

type Group = 'avoid' | 'change' | 'same' | 'part' | 'open';

function groupOf(actions: readonly DrugAction[]): Group | null {
  if (actions.length === 0) return null;
  const kinds = new Set(actions.map((action) => action.action));
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

interface Sorted {
  readonly use: string;
  readonly drugs: readonly string[];
}

function sortDrugs(profile: GenomicProfile, group: Group): Sorted[] {
  return USES.map(([use, drugs]) => ({
    use,
    drugs: drugs.filter((drug) => groupOf(profile.drugs.filter((action) => action.drug === drug)) === group),
  })).filter((entry) => entry.drugs.length > 0);
}

function list(entries: readonly Sorted[]): string {
  return `<ul class="plain">${entries.map((entry) => `<li><b>${e(entry.use)}:</b> ${e(entry.drugs.join(', '))}</li>`).join('')}</ul>`;
}

function card(title: string, look: string, text: string, entries: readonly Sorted[]): string {
  if (entries.length === 0) return '';
  return `<div class="card"><h3><span class="chip ${look}">${e(title)}</span></h3><p>${text}</p>${list(entries)}</div>`;
}

function surgeryWarning(profile: GenomicProfile): string {
  const genes = ['RYR1', 'CACNA1S'].map((gene) => profile.genes[gene]?.phenotype ?? '');
  if (!genes.some((phenotype) => phenotype.startsWith('Malignant'))) return '';
  return `<div class="box warn"><b>Tell every doctor before you have surgery.</b> Some sleep medicines can make your body get much too hot. This can be very dangerous. There are other ones that do not do this. Your family should be checked too.</div>`;
}

function drugNote(profile: GenomicProfile): string {
  const result = profile.genes.CYP2D6;
  if (!result?.phenotypeWithDrugs) return '';
  return `<div class="box"><b>A medicine you take now changes how your body works on others.</b> It slows down a helper in your liver. Because of this, some pain pills may not work for you, or may be too strong. Do not stop any medicine on your own. Ask your doctor first.</div>`;
}

/** The patient's report: short words and short sentences (about grade 6), one self-contained page. `now` is an ISO date. */
export function patientReport(profile: GenomicProfile, now: string): string {
  const avoid = sortDrugs(profile, 'avoid');
  const change = sortDrugs(profile, 'change');
  const same = sortDrugs(profile, 'same');
  const part = sortDrugs(profile, 'part');
  const open = sortDrugs(profile, 'open');
  const body = `<header><div><h1>Your genes and your medicines</h1><div class="meta">For ${e(profile.sample)}</div></div><div class="meta">${e(now)}</div></header>
<div class="big">
<p>Your genes are like a set of notes in your body. Some of them tell your body how to use medicines. This page shows what your test found.</p>
<p><b>Do not start, stop or change a medicine because of this page.</b> Show it to your doctor or pharmacist. They will help you choose.</p>
${surgeryWarning(profile)}${drugNote(profile)}
${card('Talk first', 'avoid', 'These may not work well for you, or may harm you. There are often other choices. Ask before you take one.', avoid)}
${card('A different dose may be best', 'change', 'You may be able to take these. You may need more or less than other people, or more check-ups.', change)}
${card('No change from your genes', 'ok', 'Your test gives no reason to change these. Other things still matter, such as your age, your kidneys and your other medicines.', same)}
${card('No change so far', 'open', 'We found no reason to change these. But some of the genes were not tested, or could not be read in full. So we are not sure. A fuller test could show more.', part)}
${card('We do not know yet', 'open', 'The genes for these were not tested, could not be read, or do not tell enough. That does not mean these are fine. It means we do not know.', open)}
<h2>What this test cannot tell you</h2>
<ul class="plain">
<li>It cannot tell how much pain you will have, or if your back will heal.</li>
<li>It cannot tell if you will become addicted to a medicine. No gene test can do that well.</li>
<li>It does not find every change in your genes.</li>
<li>If nothing was found about surgery medicines, you can still have a bad reaction. Tell your doctor if you or a family member had trouble with them.</li>
</ul>
<h2>What to do now</h2>
<ul class="plain">
<li>Keep this page. Your genes stay the same all your life.</li>
<li>Show it to each doctor, dentist and pharmacist.</li>
<li>Tell them all the medicines you take, even ones from the shop.</li>
<li>Your parents, children, brothers and sisters may share some of these genes. You choose if you want to tell them.</li>
</ul></div>
<footer>This page helps you and your doctor talk. It does not take the place of your doctor.</footer>`;
  return page('Your genes and your medicines', body);
}
