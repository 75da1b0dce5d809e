import { drugName, namesDrug } from './drug-name.ts';
import { LOWERS_SODIUM, MEDICINES, type Medicine, type PatientContext } from './medicines.ts';
import { activeModulators } from './phenoconversion.ts';

const ANTICOAGULANT =
  /\b(warfarin|acenocoumarol|phenprocoumon|apixaban|rivaroxaban|edoxaban|dabigatran|\w*heparin|enoxaparin)\b/;
const ANTIPLATELET = /\b(clopidogrel|prasugrel|ticagrelor)\b/;
const MAO_INHIBITOR =
  /\b(phenelzine|tranylcypromine|isocarboxazid|moclobemide|linezolid|selegiline|rasagiline|methylene blue)\b/;
/** They bind the enzyme for good: two weeks pass until enough of it is made anew (labels). */
const LASTING_MAO_INHIBITOR = /\b(phenelzine|tranylcypromine|isocarboxazid|selegiline|rasagiline)\b/;
const MAO_DAYS = 14;
const NSAID = new RegExp(
  `\\b(aspirin|indomethacin|etoricoxib|(?:dex)?ketoprofen|nabumetone|sulindac|aceclofenac|${MEDICINES.filter(
    (m) => m.class === 'nsaid',
  )
    .map((m) => m.drug)
    .join('|')})\\b`,
);
const BENZODIAZEPINE =
  /\b(\w+azepam|alprazolam|midazolam|triazolam|clobazam|chlordiazepoxide|zolpidem|zopiclone)\b/;
const FULL_AGONIST = /\b(morphine|hydromorphone|oxycodone|hydrocodone|fentanyl|methadone|tapentadol)\b/;
const GABAPENTINOID = /\b(gabapentin|pregabalin)\b/;
const SLOWS_BREATHING =
  /\b(morphine|hydromorphone|oxycodone|hydrocodone|fentanyl|methadone|tapentadol|codeine|tramadol|buprenorphine|\w+azepam|alprazolam|midazolam|triazolam|clobazam|chlordiazepoxide|zolpidem|zopiclone)\b/;
const BUPRENORPHINE = /\b(buprenorphine)\b/;
const OPIOID_BLOCKER = /\b(naltrexone|nalmefene)\b/;
const LONG_QT =
  /\b(amiodarone|sotalol|dofetilide|quinidine|haloperidol|droperidol|methadone|citalopram|escitalopram|ondansetron|erythromycin|clarithromycin|moxifloxacin|hydroxychloroquine|domperidone)\b/;
const CYP1A2_INHIBITOR = /\b(fluvoxamine|ciprofloxacin|enoxacin)\b/;
/** Drugs with a narrow margin, or that must be activated, by CYP2D6. */
const NEEDS_CYP2D6 = /\b(tamoxifen|flecainide|propafenone|thioridazine|pimozide|eliglustat)\b/;
const STRONG_INDUCER = /\b(rifampicin|carbamazepine|phenytoin|phenobarbital|primidone|st johns wort)\b/;
const STRONG_CYP3A4_INHIBITOR =
  /\b(ketoconazole|itraconazole|posaconazole|voriconazole|clarithromycin|ritonavir|cobicistat)\b/;

/** The first drug among those taken that raises serotonin. */
function serotonergicTaken(taken: readonly string[]): string | undefined {
  return (
    MEDICINES.find((m) => m.serotonergic && taken.some((name) => namesDrug(name, m.drug)))?.drug ??
    taken
      .map(
        (name) =>
          /\b(fluoxetine|desvenlafaxine|levomilnacipran|vilazodone|trazodone|nefazodone|pethidine|st johns wort)\b/.exec(
            name,
          )?.[1],
      )
      .find(Boolean)
  );
}

/** They raise serotonin less: together with care (FDA 2006 for triptans; labels). */
const MILDLY_SEROTONERGIC =
  /\b(\w+triptan|buspirone|dextromethorphan|lithium|lisdexamfetamine|(?:dex)?amphetamine)\b/;

const REUPTAKE_INHIBITOR =
  /\b(duloxetine|venlafaxine|desvenlafaxine|milnacipran|levomilnacipran|sertraline|citalopram|escitalopram|fluoxetine|paroxetine|fluvoxamine|vortioxetine|vilazodone)\b/;
const RENIN_BLOCKER = /\b((?!april)\w+pril|\w+sartan)\b/;
const DIURETIC =
  /\b(\w*thiazide|indapamide|chlort(?:h?)alidone|metolazone|furosemide|torasemide|bumetanide|spironolactone)\b/;
const STEROID = /\b(prednisone|prednisolone|methylprednisolone|deflazacort|dexamethasone)\b/;
const DOPAMINE = /\b(levodopa|pramipexole|ropinirole|rotigotine)\b/;
const DOPAMINE_BLOCKERS: ReadonlySet<string> = new Set(['metoclopramide', 'droperidol']);
/** Boxed warnings of their labels name inhibitors and inducers of CYP3A4. */
const CYP3A4_OPIOIDS: ReadonlySet<string> = new Set([
  'oxycodone',
  'hydrocodone',
  'fentanyl',
  'methadone',
  'buprenorphine',
]);
const LOSES_SODIUM = /\b(\w*thiazide|indapamide|chlort(?:h?)alidone|metolazone|desmopressin)\b/;

type Find = (pattern: RegExp) => string | undefined;

/** Labels of anti-inflammatories and of antidepressants that raise serotonin warn of each other, of steroids and of blood thinners. */
function bleedingWith(drug: Medicine, find: Find): readonly string[] {
  if (drug.class === 'nsaid') {
    const other = find(REUPTAKE_INHIBITOR) ?? find(STEROID);
    const kidneys = find(RENIN_BLOCKER) ?? find(DIURETIC);
    return [
      ...(other === undefined ? [] : [`bleeding from the stomach, with ${other}`]),
      ...(kidneys === undefined ? [] : [`kidneys and blood pressure checked, with ${kidneys}`]),
    ];
  }
  if (!REUPTAKE_INHIBITOR.test(drug.drug)) return [];
  const other = find(ANTICOAGULANT) ?? find(ANTIPLATELET) ?? find(NSAID);
  return other === undefined ? [] : [`bleeding, with ${other}`];
}

/** Drugs taken that call for watching beside one that may be given. */
export function careByMedication(drug: Medicine, context: PatientContext): readonly string[] {
  const taken = (context.medications ?? [])
    .filter((m) => m.stoppedDaysAgo === undefined)
    .map((m) => drugName(m.name))
    .filter((name) => !namesDrug(name, drug.drug));
  const find = (pattern: RegExp) => taken.map((name) => pattern.exec(name)?.[1]).find(Boolean);
  const serotonin = drug.serotonergic ? find(MILDLY_SEROTONERGIC) : undefined;
  // FDA 2019: gabapentinoids and what slows breathing.
  const slows = GABAPENTINOID.test(drug.drug)
    ? find(SLOWS_BREATHING)
    : drug.class === 'opioid'
      ? find(GABAPENTINOID)
      : undefined;
  const opioid = drug.class === 'opioid' ? find(FULL_AGONIST) : undefined;
  // Labels: low sodium comes sooner in those who take a diuretic.
  const sodium = LOWERS_SODIUM.has(drug.drug) ? find(LOSES_SODIUM) : undefined;
  return [
    ...bleedingWith(drug, find),
    ...(sodium === undefined ? [] : [`blood sodium checked, with ${sodium}`]),
    ...(opioid === undefined ? [] : [`a second opioid beside ${opioid}`]),
    ...(serotonin === undefined ? [] : [`serotonin, with ${serotonin}`]),
    ...(slows === undefined ? [] : [`breathing, with ${slows}`]),
  ];
}

/** Whether somebody watches the breathing after each dose. */
export type Setting = 'at home' | 'monitored';

/**
 * What an opioid needs around an operation beside the drugs already taken. There the two are not kept apart at any price: the FDA's boxed
 * warning (2016) reserves the pair for those without another choice, in the smallest dose and for the shortest time, with sedation and
 * breathing watched; buprenorphine is carried on and a full agonist added (multisociety guidance on buprenorphine around operations,
 * Kohan 2021).
 */
export function opioidPrecautions(context: PatientContext): readonly string[] {
  const taken = (context.medications ?? [])
    .filter((m) => m.stoppedDaysAgo === undefined)
    .map((m) => drugName(m.name));
  const find = (pattern: RegExp) => taken.map((name) => pattern.exec(name)?.[1]).find(Boolean);
  const sedative = find(BENZODIAZEPINE);
  const partial = find(BUPRENORPHINE);
  const serotonin = serotonergicTaken(taken);
  return [
    ...(sedative === undefined
      ? []
      : [
          `${sedative} is taken: regional block and non-opioids first; opioid in the smallest dose that works, breathing and sedation monitored; do not stop ${sedative} suddenly; home with both only if nothing else serves, for the fewest days, with naloxone`,
        ]),
    ...(partial === undefined
      ? []
      : [
          `${partial} is taken: carry it on; a full agonist on top may need a higher dose, breathing monitored`,
        ]),
    ...(serotonin === undefined
      ? []
      : [`${serotonin} is taken: with fentanyl watch for serotonin toxicity; no pethidine, no tramadol`]),
  ];
}

/**
 * Drugs that would raise each other's effect or undo what the patient already takes: pairs that labels contraindicate or warn of in a box
 * (FDA opioid and benzodiazepine warning 2016; Beers 2023; CredibleMeds list of known risk for QT; labels of tizanidine, duloxetine,
 * ticagrelor, apixaban, rivaroxaban and of opioids that CYP3A4 clears).
 */
export function againstByMedication(
  drug: Medicine,
  context: PatientContext,
  setting: Setting = 'at home',
): string[] {
  const medications = (context.medications ?? []).filter((m) => m.stoppedDaysAgo === undefined);
  const taken = medications.map((m) => drugName(m.name)).filter((name) => !namesDrug(name, drug.drug));
  const find = (pattern: RegExp): string | undefined =>
    taken.map((name) => pattern.exec(name)?.[1]).find((name) => name !== undefined);
  const out: string[] = [];
  const say = (pattern: RegExp, why: (other: string) => string) => {
    const other = find(pattern);
    if (other !== undefined) out.push(why(other));
  };
  if (drug.cyp2d6Prodrug) {
    const inhibitor = activeModulators('CYP2D6', context.medications ?? []).find(
      (m) => m.strength !== 'weak',
    );
    if (inhibitor) out.push(`${inhibitor.drug} blocks its activation`);
  }
  if (drug.inhibitsCyp2d6) {
    const prodrug = MEDICINES.find((m) => m.cyp2d6Prodrug && taken.some((name) => namesDrug(name, m.drug)));
    if (prodrug) out.push(`would block the activation of ${prodrug.drug}`);
    say(NEEDS_CYP2D6, (other) => `would change ${other} through CYP2D6`);
  }
  if (drug.serotonergic && !(setting === 'monitored' && drug.inHospital)) {
    const other = serotonergicTaken(taken);
    if (other !== undefined) out.push(`serotonin syndrome with ${other}`);
  }
  if (drug.serotonergic || drug.class === 'antidepressant' || drug.class === 'tricyclic')
    say(MAO_INHIBITOR, () => 'MAO inhibitor');
  const lately = (context.medications ?? []).find(
    (m) =>
      m.stoppedDaysAgo !== undefined &&
      m.stoppedDaysAgo < MAO_DAYS &&
      LASTING_MAO_INHIBITOR.test(drugName(m.name)),
  );
  if (lately && (drug.serotonergic || drug.class === 'antidepressant' || drug.class === 'tricyclic'))
    out.push(`MAO inhibitor until ${lately.stoppedDaysAgo} days ago: wait ${MAO_DAYS}`);
  if (drug.class === 'nsaid') {
    say(ANTICOAGULANT, () => 'bleeding with the anticoagulant taken');
    say(ANTIPLATELET, (other) => `bleeding with ${other}`);
    say(/\b(lithium|methotrexate)\b/, (other) => `raises ${other}`);
    const [blocker, diuretic] = [find(RENIN_BLOCKER), find(DIURETIC)];
    // Kidney failure with all three: Lapi, BMJ 2013.
    if (blocker !== undefined && diuretic !== undefined) out.push(`kidneys, with ${blocker} and ${diuretic}`);
    if (setting === 'at home')
      say(NSAID, (other) => (other === 'aspirin' ? 'bleeding with aspirin' : `a second one beside ${other}`));
  }
  if (drug.class === 'platelet-inhibitor' && drug.drug !== 'clopidogrel')
    say(ANTICOAGULANT, () => 'bleeding with the anticoagulant taken');
  if (drug.drug === 'ticagrelor' || drug.class === 'anticoagulant') {
    if (drug.drug !== 'warfarin') say(STRONG_INDUCER, (other) => `${other} takes its effect away`);
    if (drug.drug !== 'warfarin') say(STRONG_CYP3A4_INHIBITOR, (other) => `${other} raises it`);
  }
  if (drug.class === 'opioid') {
    say(OPIOID_BLOCKER, (other) => `${other} blocks it`);
    if (drug.drug === 'buprenorphine') say(FULL_AGONIST, (other) => `withdrawal in somebody on ${other}`);
    if (setting === 'at home') {
      if (!drug.serotonergic) say(MAO_INHIBITOR, () => 'MAO inhibitor');
      if (CYP3A4_OPIOIDS.has(drug.drug)) {
        say(STRONG_CYP3A4_INHIBITOR, (other) => `${other} raises it`);
        say(STRONG_INDUCER, (other) => `${other} takes its effect away`);
      }
      say(BENZODIAZEPINE, (other) => `breathing, with ${other}`);
      if (drug.drug !== 'buprenorphine') say(BUPRENORPHINE, (other) => `${other} blocks it`);
    }
  }
  if (drug.class === 'spasm' && (drug.drug === 'carisoprodol' || drug.drug === 'diazepam'))
    say(FULL_AGONIST, (other) => `breathing, with ${other}`);
  if (DOPAMINE_BLOCKERS.has(drug.drug)) say(DOPAMINE, (other) => `works against ${other}`);
  if (drug.prolongsQt) say(LONG_QT, (other) => `QT time, with ${other}`);
  if (drug.cyp1a2Substrate) say(CYP1A2_INHIBITOR, (other) => `${other} raises it many times (CYP1A2)`);
  if (drug.drug === 'fluvoxamine')
    say(/\b(tizanidine|duloxetine|theophylline|clozapine)\b/, (other) => `raises ${other} (CYP1A2)`);
  if (drug.drug === 'omeprazole' || drug.drug === 'esomeprazole')
    say(/\b(clopidogrel)\b/, (other) => `hinders the activation of ${other}`);
  return out;
}
