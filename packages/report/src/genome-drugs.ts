import type { DrugAction, DrugActionKind, GenomicProfile } from '@foramen/spine';
import { guidanceName } from '@foramen/spine/genome';
import { actionByGenotypeAlone, type Said, sayOnce, sortReasons } from './genome-reasons.ts';
import { escapeHtml as e } from './genome-style.ts';

/** How each kind of action looks and what it is called. */
export const ACTION_LOOK: Readonly<Record<DrugActionKind, { readonly look: string; readonly word: string }>> =
  {
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

const DOSE: ReadonlySet<DrugActionKind> = new Set(['reduce', 'start-low', 'increase']);
const OUT: ReadonlySet<DrugActionKind> = new Set(['avoid', 'alternative']);
const ACTING: ReadonlySet<DrugActionKind> = new Set([...DOSE, ...OUT, 'monitor']);

const GROUPS: readonly (readonly [string, string])[] = [
  ['Opioids', 'codeine tramadol hydrocodone oxycodone methadone oliceridine lofexidine'],
  [
    'Anti-inflammatory drugs',
    'celecoxib ibuprofen flurbiprofen lornoxicam meloxicam piroxicam tenoxicam naproxen diclofenac indomethacin aceclofenac nabumetone metamizole lumiracoxib aspirin',
  ],
  [
    'Nerve pain and depression',
    'amitriptyline nortriptyline desipramine imipramine doxepin clomipramine trimipramine duloxetine venlafaxine milnacipran sertraline citalopram escitalopram paroxetine fluvoxamine vortioxetine carbamazepine oxcarbazepine phenytoin fosphenytoin lamotrigine',
  ],
  [
    'Anaesthesia and operation',
    'sevoflurane desflurane isoflurane halothane enflurane methoxyflurane succinylcholine lidocaine bupivacaine ropivacaine mepivacaine articaine prilocaine ondansetron tropisetron metoclopramide methylene_blue',
  ],
  ['Stomach protection', 'omeprazole lansoprazole pantoprazole dexlansoprazole'],
  ['Blood thinners', 'clopidogrel warfarin'],
  ['Muscle spasm and others', 'carisoprodol diazepam allopurinol'],
];

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
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
  const { look, word } = ACTION_LOOK[action.action];
  const strength =
    action.classification && !['None', 'Unspecified'].includes(action.classification)
      ? ` ${e(action.classification.toLowerCase())}`
      : '';
  const level =
    action.cpicLevel === undefined ? '' : ` <span class="meta">(level ${action.cpicLevel})</span>`;
  const population = action.population ? ` <span class="meta">(${e(action.population)})</span>` : '';
  const depends =
    action.dependsOn === undefined ? '' : ` <span class="meta">(only if ${e(action.dependsOn)})</span>`;
  // An action that rests on genes not fully read is provisional, and says so beside the chip.
  const open = action.provisional !== undefined ? ' <span class="chip open">Provisional</span>' : '';
  return `<div class="cell"><span class="gl">${e(guidanceName(action))}${gene ? ` on ${e(gene)}` : ''}${strength}</span><span class="chip ${look}">${word}</span>${open} ${e(action.doseText ?? '')}${depends}${population}${level}</div>`;
}

/**
 * Whether a drug needs a row: genes ask for something, would ask for it without the drugs taken now, or something else in this person speaks
 * against it, so that "no change by genes" beside its name would mislead.
 */
export function needsRow(action: DrugAction): boolean {
  const alone = actionByGenotypeAlone(action.because);
  return (
    ACTING.has(action.action) ||
    (alone !== null && ACTING.has(alone as DrugActionKind)) ||
    sortReasons(action.because).person.length > 0
  );
}

/**
 * Why "no change" is not settled for a drug of which nothing else is said: genes not fully read, or of the guideline without a result. Empty
 * where it is settled, where a guideline asks for something, and where none says anything.
 */
export function unsettledBy(actions: readonly DrugAction[]): readonly string[] {
  const said = actions.filter((action) => action.action !== 'untested');
  if (said.some(needsRow) || said.every((action) => action.action === 'no-recommendation')) return [];
  return openReasons(said);
}

/** What is said of a drug; drugs of which the same is said share a row. */
function drugCells(actions: readonly DrugAction[]): string {
  const { genes, person, care } = sortReasons(unique(actions.flatMap((action) => action.because)));
  const alone = genes.filter((reason) => reason.startsWith('by genotype alone'));
  const why = genes.filter((reason) => !alone.slice(1).includes(reason));
  const genesOf = (action: DrugAction) =>
    actions.some(
      (other) =>
        other !== action &&
        other.guideline === action.guideline &&
        other.genes.join() !== action.genes.join(),
    )
      ? action.genes.join(', ')
      : '';
  const instead = unique(actions.flatMap((action) => action.alternatives)).slice(0, 4);
  const own =
    person.length > 0
      ? `<div class="cell"><span class="chip avoid">This person</span> ${e(person.join('; '))}</div>`
      : '';
  const fits =
    instead.length > 0
      ? `${e(instead.join(', '))}${care.map((text) => `<div class="why">${e(text)}</div>`).join('')}`
      : actions.some((action) => OUT.has(action.action))
        ? '<span class="meta">none of its kind fits this person</span>'
        : '';
  return `<td>${actions.map((action) => cell(action, genesOf(action))).join('')}${own}<div class="why">${e(why.join('; '))}</div></td><td class="instead">${fits}</td>`;
}

function groupSection(title: string, drugs: readonly string[], profile: GenomicProfile): string {
  const rows = new Map<string, string[]>();
  const plain: string[] = [];
  const unsettled: Said[] = [];
  const silent: string[] = [];
  const refused: Said[] = [];
  for (const drug of drugs) {
    const actions = profile.drugs.filter((action) => action.drug === drug && action.action !== 'untested');
    if (actions.length === 0) continue;
    const open = unsettledBy(actions);
    if (actions.some(needsRow)) {
      const cells = drugCells(actions);
      rows.set(cells, [...(rows.get(cells) ?? []), drug]);
      refused.push(...actions.flatMap((action) => sortReasons(action.because).refused));
    } else if (actions.every((action) => action.action === 'no-recommendation')) silent.push(drug);
    else if (open.length > 0) unsettled.push([drug, open.join(', ')]);
    else plain.push(drug);
  }
  if (rows.size === 0 && plain.length + unsettled.length + silent.length === 0) return '';
  const body = [...rows].map(([cells, names]) => `<tr><td>${names.map(e).join('<br>')}</td>${cells}</tr>`);
  const table =
    rows.size > 0
      ? `<div class="scroll"><table class="drugs"><thead><tr><th>Drug</th><th>What the guidelines say</th><th>Instead, checked for this person</th></tr></thead><tbody>${body.join('')}</tbody></table></div>`
      : '';
  const line = (text: string, said: readonly string[], by = ', ') =>
    said.length > 0 ? `<p class="meta">${text} ${e(said.join(by))}.</p>` : '';
  const provisional = '<span class="chip open">Provisional</span>';
  return `<h3>${e(title)}</h3>${table}${line('Looked at in their place and not offered:', sayOnce(refused, 'sentence'), '; ')}${line('No change by genes:', plain)}${line(
    `${provisional} No change by what was read, which is not all that counts (see Genes):`,
    sayOnce(unsettled, 'sentence'),
    '; ',
  )}${line('No advice from genes:', silent)}`;
}

/** Every drug with what the guidelines say of it, by what it is for. */
export function drugSections(profile: GenomicProfile): string {
  return GROUPS.map(([title, drugs]) =>
    groupSection(
      title,
      drugs.split(' ').map((drug) => drug.replace('_', ' ')),
      profile,
    ),
  ).join('');
}

interface Glance {
  readonly drugs: string[];
  readonly instead: readonly string[];
}

/** Drugs with one kind of action, those with the same cause and the same way out together. */
function glanceList(profile: GenomicProfile, drugs: readonly string[], out: boolean): string {
  const entries = new Map<string, Glance>();
  for (const drug of drugs) {
    const acting = profile.drugs.filter((a) => a.drug === drug && ACTING.has(a.action));
    // Where nothing but second-hand guidance asks for it, the list says so as the table does.
    const by = acting.every((a) => a.verified === false) ? unique(acting.map(guidanceName)) : [];
    const causes = [...unique(acting.flatMap((a) => a.basis ?? a.genes)), ...by].join(', ');
    const instead = out ? unique(acting.flatMap((a) => a.alternatives)).slice(0, 3) : [];
    const key = `${causes}|${instead.join()}`;
    const entry = entries.get(key) ?? { drugs: [], instead };
    entry.drugs.push(drug);
    entries.set(key, entry);
  }
  const items = [...entries].map(([key, { drugs: names, instead }]) => {
    const way = instead.length > 0 ? `<div class="instead">instead ${e(instead.join(', '))}</div>` : '';
    return `<li><b>${e(names.join(', '))}</b> <span class="meta">${e(key.split('|')[0] ?? '')}</span>${way}</li>`;
  });
  return items.length > 0
    ? `<ul class="plain">${items.join('')}</ul>`
    : '<p class="meta">none by the genes read</p>';
}

/** What changes, before anything else: what to leave, what to dose otherwise, what to watch. */
export function atAGlance(profile: GenomicProfile): string {
  const kinds = new Map<string, Set<DrugActionKind>>();
  for (const { drug, action } of profile.drugs) {
    if (ACTING.has(action)) kinds.set(drug, (kinds.get(drug) ?? new Set()).add(action));
  }
  const place = (drug: string) =>
    GROUPS.findIndex(([, drugs]) => drugs.split(' ').includes(drug.replace(' ', '_')));
  const pick = (fits: (kinds: ReadonlySet<DrugActionKind>) => boolean) =>
    [...kinds]
      .filter(([, own]) => fits(own))
      .map(([drug]) => drug)
      .sort((a, b) => place(a) - place(b));
  const leaves = (own: ReadonlySet<DrugActionKind>) => [...own].some((kind) => OUT.has(kind));
  const doses = (own: ReadonlySet<DrugActionKind>) => !leaves(own) && [...own].some((kind) => DOSE.has(kind));
  const column = (look: string, title: string, drugs: readonly string[], out = false) =>
    `<section><h3><span class="chip ${look}">${title}</span> ${drugs.length}</h3>${glanceList(profile, drugs, out)}</section>`;
  return `<div class="glance">${column('avoid', 'Leave or replace', pick(leaves), true)}${column('change', 'Another dose', pick(doses))}${column(
    'watch',
    'Watch',
    pick((own) => !leaves(own) && !doses(own)),
  )}</div>`;
}
