import { parameter, recordOf } from '@foramen/evidence';
import { isGrade, type Reason } from '@foramen/spine';
import { actsOnSurface } from '@foramen/spine/drug-names';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { type Judged, judge, quiet } from './judged.ts';
import { anyWeakness } from './motor.ts';
import { fromPostTest, posterior, riskFactor, type Update } from './probability.ts';
import {
  affirmed,
  ageIn,
  hitReason,
  orFacts,
  pastHistory,
  type Sign,
  type TriageInput,
  takes,
} from './signs.ts';
import { speaksOfSelf } from './whose-symptom.ts';

const STEROIDS = /prednis|dexametha|methylpred|hydrocortison|deflazacort|betamethason/;
const BREATHED = /nasal|inhal|puffer|spray|\bdrops|gotas/;
/** Below this a course of steroids is no long one (three months, as bone guidelines count it). */
const LONG_DAYS = 90;

/** Steroids by mouth on the list of drugs, but for a course that is known to be short. */
function longTaken(input: TriageInput): readonly Seen<string>[] {
  const medications = input.patient.intake?.medications ?? [];
  const day = Date.parse(input.patient.now.slice(0, 10));
  return takes(input, STEROIDS).filter((fact) => {
    const entry = medications[Number(/\[(\d+)\]/.exec(fact.path)?.[1])];
    const since = entry?.started === undefined ? Number.NaN : (day - Date.parse(entry.started)) / 86_400_000;
    return !actsOnSurface(fact.value) && !BREATHED.test(fact.value.toLowerCase()) && !(since < LONG_DAYS);
  });
}

/** Told as of these hours. */
const TODAY =
  /\b(?:just (?:now |this minute )?(?:came|fell|had|been|went|hit|landed|got)|today|tonight|this (?:morning|afternoon|evening)|(?:an?|one|two|half an|\d) hours? ago|minutes ago|hoy|ahora mismo|esta (?:manana|tarde|noche)|hace (?:un rato|unas? horas?|minutos)|acaba de)\b/;

/** Told as old, where nobody gave an age. */
const ELDER =
  /\b(?:elderly|frail|nursing home|care home|gran|granny|grandma|grandmother|grandpa|grandad|grandfather|nan|abuel[oa]|ancian[oa]|residencia)\b/;
const BONE_DRUGS = /alendron|risedron|zoledron|ibandron|denosumab|teriparatide|romosozumab/;

/** Vertebrae that look crushed on the image: Genant grade 2 or more at better than even odds. */
function wedgedVertebrae(input: TriageInput): readonly Seen<unknown>[] {
  const vertebrae = input.patient.findings?.vertebrae ?? [];
  return vertebrae.flatMap((v, i) => {
    if (!isGrade(v.genant)) return [];
    const p = (v.genant.p[2] ?? 0) + (v.genant.p[3] ?? 0);
    return p >= 0.5
      ? [{ value: `${v.vertebra} Genant ${v.genant.grade}`, path: `findings.vertebrae[${i}].genant` }]
      : [];
  });
}

/**
 * Vertebral fracture. One weak flag alone (older age, a minor fall) does not trigger urgent imaging; a strong one
 * (prolonged steroids, severe trauma, a fall on thin bones) or a combination does. A minor blow to sound young bone is no flag.
 */
export function fracture(input: TriageInput): Judged {
  const { patient, base } = input;
  const age = ageIn(input);
  const sex = intakeFact(patient, 'person', 'sex');
  const trauma = intakeFact(patient, 'history', 'recentTrauma');
  const severeWords = affirmed(input, 'severe-trauma');
  const minorWords = affirmed(input, 'minor-trauma');
  const severe = trauma?.value === 'severe' || severeWords.length > 0;
  const minor = !severe && (trauma?.value === 'minor' || minorWords.length > 0);
  const steroids = orFacts(pastHistory(input, 'longTermSteroids', 'steroids'), longTaken(input));
  const bone = orFacts(pastHistory(input, 'osteoporosis', 'osteoporosis'), takes(input, BONE_DRUGS));
  const tender = intakeFact(patient, 'examination', 'spinalTenderness');
  const wedged = wedgedVertebrae(input);
  const named = affirmed(input, 'vertebral-fracture').map(hitReason);
  const traumaReasons: Reason[] = [
    ...(trauma !== undefined ? [because(trauma)] : []),
    ...severeWords.map(hitReason),
    ...(severeWords.length === 0 ? minorWords.map(hitReason) : []),
  ];
  const traumaSign: Sign = {
    answer: severe || minor ? true : trauma === undefined ? undefined : false,
    reasons: traumaReasons,
    doubt: trauma?.value === 'none' && severeWords.length + minorWords.length > 0,
  };
  const ageSign: Sign = { answer: age === undefined ? undefined : age.value > 64, reasons: [], doubt: false };
  const signs = { trauma: traumaSign, steroids, osteoporosis: bone, age: ageSign };

  // A spine stiffened by spondylitis breaks like a long bone, after next to nothing.
  const stiffened = input.hits.filter(
    (h) =>
      h.concept === 'spondyloarthritis' &&
      // Told as there for years it is as stiff.
      (h.assertion === 'affirmed' || h.assertion === 'old') &&
      /anky|anqui|spondylitis|espondilitis/.test(h.quote),
  );
  const told = (patient.intake?.symptoms?.freeText ?? '').toLowerCase();
  const fragile =
    stiffened.length > 0 ||
    bone.answer === true ||
    steroids.answer === true ||
    (age !== undefined && age.value > 70) ||
    (age === undefined && ELDER.test(told) && !speaksOfSelf(told));
  // A fit or an electric shock breaks young vertebrae too, by the muscles alone.
  const convulsed =
    minorWords.some((h) => /seizure|convuls|epilep|\bfit\b|electr/.test(h.quote)) &&
    affirmed(input, 'sudden-severe-pain').length > 0;
  // A knock is a flag of bone that it can break; young bone without a tender spot or a reason to be thin it leaves whole.
  const mayBeThin =
    fragile ||
    convulsed ||
    tender?.value === 'yes' ||
    wedged.length > 0 ||
    age === undefined ||
    age.value >= parameter('minor-trauma-age', base).value;
  const setting = patient.intake?.setting;
  const priorId = setting === 'emergency' ? 'base-rate/fracture-emergency' : 'base-rate/fracture-primary';
  const prior = recordOf('base-rate', priorId, base);
  const four = [
    sex?.value === 'female',
    age !== undefined && age.value > 70,
    severe,
    steroids.answer === true,
  ];
  const combination = four.filter(Boolean).length >= 3;
  const updates: Update[] = [];
  const reasons: Reason[] = [];
  const old = age !== undefined && age.value > 64;
  const add = (when: boolean, update: () => Update, why: readonly Reason[]): void => {
    if (!when) return;
    updates.push(update());
    reasons.push(...why);
  };
  const ageWhy = age === undefined ? [] : [because(age)];
  add(old, () => fromPostTest(base, 'post-test/fracture-age', 'base-rate/fracture-primary'), ageWhy);
  add(
    severe,
    () => fromPostTest(base, 'post-test/fracture-trauma', 'base-rate/fracture-primary'),
    traumaReasons,
  );
  add(minor && mayBeThin, () => riskFactor(base, 'weak'), [...traumaReasons, ...ageWhy]);
  add(
    steroids.answer === true,
    () => fromPostTest(base, 'post-test/fracture-steroids', 'base-rate/fracture-primary'),
    steroids.reasons,
  );
  add(bone.answer === true, () => riskFactor(base, 'weak'), bone.reasons);
  add(tender?.value === 'yes', () => riskFactor(base, 'weak'), tender === undefined ? [] : [because(tender)]);
  add(wedged.length > 0, () => riskFactor(base, 'strong'), wedged.map(because));
  add(named.length > 0, () => riskFactor(base, 'strong'), named);

  const naive = posterior(base, prior.estimate, updates);
  const rule4 = recordOf('post-test', 'post-test/fracture-combination', base);
  const p = combination ? Math.max(naive, rule4.estimate) : naive;
  const ids = [prior.id, ...updates.flatMap((u) => u.ids), ...(combination ? [rule4.id] : [])];
  if (minor) reasons.push(...stiffened.map(hitReason));
  // Thin bones and a pain that was suddenly there, with or without a blow.
  const suddenly = bone.answer === true ? affirmed(input, 'sudden-onset').map(hitReason) : [];
  reasons.push(...suddenly);
  const strong =
    suddenly.length > 0 ||
    convulsed ||
    severe ||
    named.length > 0 ||
    steroids.answer === true ||
    combination ||
    (minor && fragile);
  if (strong || (wedged.length > 0 && (fragile || minor || tender?.value === 'yes'))) {
    // A broken spine with a weak leg may be unstable.
    const weak =
      severe || combination
        ? [...anyWeakness(input), ...affirmed(input, 'leg-numbness', 'heavy-legs').map(hitReason)]
        : [];
    // A stiff spine breaks through all its columns, and a fall from a height or a crash with severe pain may have: neither is moved before a picture.
    const stiff = stiffened.length > 0 && (severe || minor);
    const fresh = severe && TODAY.test(told) && affirmed(input, 'sudden-severe-pain').length > 0;
    const unstable = weak.length > 0 || stiff || fresh;
    return judge(
      input,
      'fracture',
      {
        status: 'raised',
        p,
        ids,
        reasons: [
          ...reasons,
          ...weak,
          rule('triage/fracture-strong-flag', 'a strong flag or a combination asks for imaging'),
        ],
        urgency: unstable ? 'emergency' : 'urgent',
        hoursId: unstable ? 'parameter/hours-emergency' : 'parameter/hours-fracture',
        who: unstable ? 'emergency' : 'imaging-clinic',
        gate: true,
      },
      signs,
    );
  }
  if (updates.length > 0) {
    return judge(
      input,
      'fracture',
      {
        status: 'possible',
        p,
        ids: [...ids, ...(updates.length === 1 ? ['fact/weak-flag-alone'] : [])],
        reasons,
        urgency: wedged.length > 0 || updates.length > 1 ? 'soon' : 'self-care',
        hoursId: wedged.length > 0 || updates.length > 1 ? 'parameter/hours-soon' : null,
        who: wedged.length > 0 || updates.length > 1 ? 'imaging-clinic' : 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  const answers = [...traumaReasons, ...steroids.reasons, ...bone.reasons, ...ageWhy];
  return judge(
    input,
    'fracture',
    quiet(answers.length > 0 ? p : null, answers.length > 0 ? ids : [], answers),
    signs,
  );
}
