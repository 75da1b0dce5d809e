import type { PatientCase } from '@foramen/spine';
import { folded } from '@foramen/spine/conditions';
import type { Seen } from '../facts.ts';

type Outcome = 'better' | 'same' | 'worse';

/** What earlier treatments did for this patient, by option id. */
export interface EarlierTreatment {
  readonly option: string;
  readonly outcome: Outcome | undefined;
  readonly weeks: number | undefined;
  readonly fact: Seen<string>;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/transforaminal|tfesi|nerve root (?:block|injection)/, 'esi-transforaminal'],
  [/interlaminar/, 'esi-interlaminar'],
  [/caudal/, 'esi-caudal'],
  [
    /epidural|\besi\b|(?:spinal|back|cortisone|steroid) injection|infiltracion (?:lumbar|con corticoide)/,
    'epidural-steroid',
  ],
  [
    /medial branch (?:block|injection)|facet (?:joint )?(?:block|injection)|\bmbb\b|bloqueo (?:facetario|de (?:la )?rama medial)|infiltracion facetaria/,
    'medial-branch-block',
  ],
  [
    /sacroiliac (?:joint )?(?:block|injection)|\bsij? (?:joint )?(?:block|injection)|(?:bloqueo|infiltracion) sacroiliac/,
    'si-block',
  ],
  [/sacroiliac.*(?:radiofrequency|\brf[an]?\b)|radiofrecuencia.*sacroiliac/, 'rf-sacroiliac'],
  [
    /radiofrequency|radiofrecuencia|denervation|denervacion|rhizotomy|rizotomia|\brf[an]?\b/,
    'rf-medial-branch',
  ],
  [/basivertebral|bvna/, 'basivertebral-ablation'],
  [/spinal cord stim|\bscs\b|estimulacion medular/, 'scs'],
  [
    /\bcbt\b|cognitive|cognitivo|pain management program|multidisciplin|functional restoration|unidad del dolor|rehabilitacion intensiva/,
    'cbt-rehabilitation',
  ],
  [
    /physio|exercise|physical therapy|\bpt\b|rehab|education|back school|yoga|pilates|tai chi|manual|chiropract|osteopath|fisioterapia|ejercicio|escuela de espalda|quiropract|osteopat/,
    'education-exercise',
  ],
  [
    /nsaid|ibuprofen|naprox|diclofenac|celecoxib|meloxicam|etoricoxib|anti-?inflam|antiinflam|\baines?\b/,
    'nsaid',
  ],
  [/duloxetin|snri|venlafaxin/, 'snri'],
  [/gabapentin|pregabalin/, 'gabapentinoid'],
  [/opioid|opioide|code?ina?\b|codeine|tramadol|oxycodone|oxicodona|morphine|morfina|tapentadol/, 'opioid'],
  [
    /muscle relaxant|relajante muscular|cyclobenzaprin|ciclobenzaprin|methocarbamol|metocarbamol|tizanidin/,
    'muscle-relaxant',
  ],
  [/paracetamol|acetaminophen|acetaminofen/, 'paracetamol'],
];

/** Tests that are told among the treatments, by the id under which the next tests are named. */
const TESTS: readonly (readonly [RegExp, EarlierTest['test']])[] = [
  [/root block|\bsnrb\b|bloqueo (?:selectivo|radicular|de (?:la )?raiz)/, 'selective-root-block'],
  [/\bn?emg\b|electromyogra|electromiogra/, 'electromyography'],
];
/** Blocks that are treatments of the list and tests at once. */
const BLOCKS: Readonly<Record<string, EarlierTest['test']>> = {
  'medial-branch-block': 'medial-branch-block',
  'si-block': 'sacroiliac-block',
};

/** A test made before now, with what it did to the pain where that was told. */
export interface EarlierTest {
  readonly test: 'selective-root-block' | 'electromyography' | 'medial-branch-block' | 'sacroiliac-block';
  readonly outcome: Outcome | undefined;
  readonly fact: Seen<string>;
}

type Told = NonNullable<NonNullable<NonNullable<PatientCase['intake']>['history']>['priorTreatments']>;
interface Read {
  readonly treatments: readonly EarlierTreatment[];
  readonly tests: readonly EarlierTest[];
}
const read = new WeakMap<Told, Read>();
const NONE: Read = { treatments: [], tests: [] };

/** Earlier treatments read once for a list: simulated answers share it. */
function readOnce(patient: PatientCase): Read {
  const told = patient.intake?.history?.priorTreatments;
  if (told === undefined) return NONE;
  const known = read.get(told);
  if (known !== undefined) return known;
  const treatments: EarlierTreatment[] = [];
  const tests: EarlierTest[] = [];
  told.forEach((t, i) => {
    const name = folded(t.treatment);
    const outcome = t.outcome === 'unknown' ? undefined : t.outcome;
    const fact = { value: t.treatment, path: `intake.history.priorTreatments[${i}].treatment` };
    const option = NAMES.find(([pattern]) => pattern.test(name))?.[1];
    if (option !== undefined) treatments.push({ option, outcome, weeks: t.weeks, fact });
    const test = TESTS.find(([pattern]) => pattern.test(name))?.[1] ?? BLOCKS[option ?? ''];
    if (test !== undefined) tests.push({ test, outcome, fact });
  });
  const made = { treatments, tests };
  read.set(told, made);
  return made;
}

/** Earlier treatments that are options of the plan, in the order told; names in English and Spanish. */
export const earlierTreatments = (patient: PatientCase): readonly EarlierTreatment[] =>
  readOnce(patient).treatments;

/** Tests that were made before now, in the order told. */
export const earlierTests = (patient: PatientCase): readonly EarlierTest[] => readOnce(patient).tests;

const OPERATION = /surgery|cirugia|operacion|ectom|fusion|artrodes|arthrodes|decompress|descompres/;

/** Weeks of non-surgical care: the longest stated course; the treatments' own weeks only, never the symptom duration. */
export function weeksOfCare(patient: PatientCase): Seen<number> | undefined {
  let best: Seen<number> | undefined;
  (patient.intake?.history?.priorTreatments ?? []).forEach((t, i) => {
    if (t.weeks === undefined || OPERATION.test(folded(t.treatment))) return;
    if (best === undefined || t.weeks > best.value)
      best = { value: t.weeks, path: `intake.history.priorTreatments[${i}].weeks` };
  });
  return best;
}
