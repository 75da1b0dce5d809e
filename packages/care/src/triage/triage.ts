import { because as cite, EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { PatientCase, Statement, Triage, Urgency } from '@foramen/spine';
import { ageOf, because, intakeFact, isWithheld, rule } from '../facts.ts';
import { distinct, say, traced } from '../say.ts';
import { type Acute, acuteDangers } from './acute.ts';
import { caudaEquina } from './cauda-equina.ts';
import { type EarlyIntervention, earlyIntervention } from './early.ts';
import { fracture } from './fracture.ts';
import { infection } from './infection.ts';
import { inflammatory } from './inflammatory.ts';
import { DESTINATIONS, type Destination, type Judged, moreUrgent, URGENCY_ORDER } from './judged.ts';
import { malignancy } from './malignancy.ts';
import { motorDeficit } from './motor-deficit.ts';
import { heardOf, heardReason } from './raised-by-hearing.ts';
import { affirmed, evidence, hedged, hitReason, type TriageInput, triageInput } from './signs.ts';
import { vascular } from './vascular.ts';

const EARLY_URGENCY: Readonly<Record<EarlyIntervention['band'], Urgency>> = {
  'refer-now': 'soon',
  soon: 'routine',
  'self-care': 'self-care',
};

/**
 * Red flags first: seven conditions weighed, then how early the rest should be seen. Pure; the same case gives the same
 * bytes. What was not asked stays open in `ask` and never counts as no; absence of signs never clears cauda equina.
 * Sources: section headings of each condition's own file and the evidence ids in every statement.
 */
export function triage(patient: PatientCase, base: EvidenceBase = EVIDENCE): Triage {
  const input = triageInput(patient, base);
  const judged = [
    caudaEquina(input),
    motorDeficit(input),
    fracture(input),
    infection(input),
    malignancy(input),
    vascular(input),
    inflammatory(input),
  ];
  const early = patient.intake === null ? null : earlyIntervention(input);
  const lead = leading(judged, base);
  const earlyUrgency = earlyUrgencyOf(early, patient);
  const safety = selfHarmItem(patient, base) ?? selfHarmTold(input);
  const acute = [...acuteDangers(input), ...shingles(input)];
  const other = otherReasons(input);
  const others: readonly Urgency[] = [
    earlyUrgency,
    safety === null ? 'self-care' : 'urgent',
    ...acute.map((a) => a.urgency),
    other.length > 0 ? 'soon' : 'self-care',
  ];
  const urgency = others.reduce(moreUrgent, lead.urgency);
  const gate = judged.some((j) => j.gate) || acute.some((a) => a.gate);
  const ambulance = acute.find((a) => a.urgency === 'emergency');
  const leads = ambulance === undefined && lead.urgency === urgency && lead.urgency !== 'self-care';
  const beside = ambulance ?? (leads ? null : (aboutSafety(safety) ?? acute[0] ?? null));
  const hoursId =
    beside?.hoursId ??
    shorter(
      leads ? lead.hoursId : null,
      (earlyUrgency === urgency || other.length > 0) && urgency === 'soon' ? 'parameter/hours-soon' : null,
      base,
    );
  const destination: Destination = leads
    ? lead.who
    : beside !== null
      ? beside.who
      : urgency === 'soon'
        ? 'spine-clinic'
        : urgency === 'routine'
          ? 'primary-care'
          : 'nobody-yet';
  const withinHours = hoursId === null ? null : recordOf('parameter', hoursId, base).value;
  return {
    urgency,
    who: DESTINATIONS[destination],
    withinHours,
    flags: judged.map((j) => j.flag),
    statements: [
      urgencyStatement(
        input,
        urgency,
        hoursId,
        destination,
        leads ? lead : null,
        beside?.statement ?? null,
        early,
        other,
      ),
      ...other,
      ...acute.map((a) => a.statement),
      ...(safety === null ? [] : [safety]),
      ...heardAgainStatements(input, judged),
      ...(early === null ? [] : [early.statement]),
      ...(early?.told === true ? [toldStatement(early)] : []),
      ...conflicts(input),
      ...(gate ? [gateStatement(judged, acute)] : []),
    ],
    gate,
  };
}

/** The most urgent condition; of equals the one with the shortest time, then the first in order of danger. */
function leading(judged: readonly Judged[], base: EvidenceBase): Judged {
  return judged.reduce((best, j) => {
    const [a, b] = [URGENCY_ORDER.indexOf(j.urgency), URGENCY_ORDER.indexOf(best.urgency)];
    return a > b || (a === b && hoursOf(j, base) < hoursOf(best, base)) ? j : best;
  });
}

function hoursOf(j: Judged, base: EvidenceBase): number {
  return j.hoursId === null ? Number.POSITIVE_INFINITY : recordOf('parameter', j.hoursId, base).value;
}

/** Self-care is advised only when nothing open could say otherwise. */
function earlyUrgencyOf(early: EarlyIntervention | null, patient: PatientCase): Urgency {
  if (early === null) return patient.intake === null ? 'routine' : 'self-care';
  if (early.band === 'self-care' && early.open) return 'routine';
  return EARLY_URGENCY[early.band];
}

function urgencyStatement(
  input: TriageInput,
  urgency: Urgency,
  hoursId: string | null,
  destination: Destination,
  lead: Judged | null,
  beside: Statement | null,
  early: EarlyIntervention | null,
  other: readonly Statement[],
): Statement {
  const { intake } = input.patient;
  const hours = hoursId === null ? [] : [evidence(input, hoursId)];
  const because = distinct([
    ...(lead?.flag.statement.because ??
      beside?.because ??
      other[0]?.because ??
      early?.statement.because ??
      []),
    ...hours,
    ...(intake === null ? [rule('triage/no-intake', 'no symptoms or examination were given')] : []),
    ...(lead === null && beside === null && early === null && intake !== null
      ? [rule('triage/no-pain', 'the person states that there is no pain')]
      : []),
  ]);
  if (lead === null && beside === null && (intake === null || nothingTold(intake)))
    return say('triage.no-intake', {}, 'insufficient', because);
  const key =
    destination === 'ambulance'
      ? 'triage.urgency.ambulance'
      : hoursId === null
        ? `triage.urgency.${urgency}`
        : `triage.urgency.${urgency}-within`;
  const params =
    hoursId === null ? {} : { hours: traced(recordOf('parameter', hoursId, input.base).value, hours) };
  return say(key, { ...params, who: `@who.${destination}` }, lead === null ? 'weak' : 'strong', because);
}

/** A form without a single answer about how somebody is says no more than none. */
const nothingTold = (intake: NonNullable<PatientCase['intake']>): boolean =>
  [intake.symptoms, intake.examination, intake.history].every(
    (part) => part === undefined || Object.keys(part).length === 0,
  );

/** A rash with the pain: drugs against shingles work when they are begun within three days. */
function shingles(input: TriageInput): readonly Acute[] {
  const rash = affirmed(input, 'rash');
  if (rash.length === 0) return [];
  const statement = say('triage.rash', {}, 'moderate', [
    ...rash.map(hitReason),
    rule('triage/rash', 'a rash in the band of pain: shingles is treated best in its first days'),
  ]);
  return [
    { urgency: 'urgent', hoursId: 'parameter/hours-shingles', who: 'primary-care', gate: false, statement },
  ];
}

/** Reasons to be seen soon that are no red flag of the spine: back pain of a child. */
function otherReasons(input: TriageInput): readonly Statement[] {
  const out: Statement[] = [];
  const age = ageOf(input.patient);
  const pain = intakeFact(input.patient, 'symptoms', 'pain');
  const hurts =
    pain?.value !== 'none' &&
    (input.patient.intake?.symptoms?.backPainNrs ?? input.patient.intake?.symptoms?.legPainNrs ?? 1) > 0;
  if (age !== undefined && age.value < 18 && hurts && !isWithheld(input.patient, age.path))
    out.push(
      say('triage.young', {}, 'moderate', [
        because(age),
        rule('triage/young', 'back pain under 18 has other causes, and the evidence here is from adults'),
      ]),
    );
  return out;
}

/** Said for each condition that rests on the learned reader: the words, and that it may be wrong. */
function heardAgainStatements(input: TriageInput, judged: readonly Judged[]): readonly Statement[] {
  return judged.flatMap(({ flag }) => {
    const [heard] = heardOf(input, flag.condition);
    const rests = flag.statement.because.some((r) => r.kind === 'rule' && r.id === SECOND_HEARING);
    return heard === undefined || !rests
      ? []
      : [
          say(
            'triage.heard-again',
            { quote: heard.quote, danger: `@heard.${flag.condition}` },
            'insufficient',
            [heardReason(heard), rule(SECOND_HEARING, 'a learned reader asks; it decides nothing')],
          ),
        ];
  });
}
const SECOND_HEARING = 'triage/second-hearing';

/** What the score took from told words is said, and asked. */
const toldStatement = (early: EarlyIntervention): Statement =>
  say('triage.early.told', {}, 'insufficient', early.statement.because);

const aboutSafety = (statement: Statement | null): Acute | null =>
  statement === null
    ? null
    : { urgency: 'urgent', hoursId: SAFETY_HOURS, who: 'mental-health', gate: false, statement };

const SAFETY_HOURS = 'parameter/hours-safety';

/** Any answer above 0 to item 9 of the latest PHQ-9 is followed up the same day, whatever the total. */
function selfHarmItem(patient: PatientCase, base: EvidenceBase): Statement | null {
  let latest = -1;
  patient.scores.forEach((s, i) => {
    if (s.instrument === 'phq-9' && (latest < 0 || (s.date ?? '') >= (patient.scores[latest]?.date ?? '')))
      latest = i;
  });
  const item = patient.scores[latest]?.subscores?.item9;
  if (item === undefined || item === null || item === 0) return null;
  return say('triage.safety', {}, 'strong', [
    { kind: 'fact', path: `scores[${latest}].subscores.item9`, text: `PHQ-9 item 9: ${item}` },
    cite('instrument/phq-9', base),
    cite(SAFETY_HOURS, base),
  ]);
}

/** Thoughts of self-harm in told words, feared or somebody's whom the patient speaks for among them: asked about the same day. */
function selfHarmTold(input: TriageInput): Statement | null {
  const said = [...affirmed(input, 'self-harm'), ...hedged(input, 'self-harm')];
  const heard = said.length > 0 ? [] : heardOf(input, 'self-harm');
  const quote = said[0]?.quote ?? heard[0]?.quote;
  if (quote === undefined) return null;
  return say('triage.safety.told', { quote }, said.length > 0 ? 'strong' : 'insufficient', [
    ...said.map(hitReason),
    ...heard.map(heardReason),
    ...(heard.length > 0 ? [rule(SECOND_HEARING, 'a learned reader asks; it decides nothing')] : []),
    cite(SAFETY_HOURS, input.base),
  ]);
}

/** The id of the shorter time; null means no time. */
function shorter(a: string | null, b: string | null, base: EvidenceBase): string | null {
  if (a === null || b === null) return a ?? b;
  return recordOf('parameter', a, base).value <= recordOf('parameter', b, base).value ? a : b;
}

/** Words that raise what a ticked box denied: said aloud, and the words win. */
function conflicts(input: TriageInput): readonly Statement[] {
  const denied: [string, unknown, readonly string[]][] = [
    ['saddleNumbness', input.patient.intake?.symptoms?.saddleNumbness, ['saddle']],
    ['bladderDysfunction', input.patient.intake?.symptoms?.bladderDysfunction, ['bladder', 'retention']],
    ['bowelDysfunction', input.patient.intake?.symptoms?.bowelDysfunction, ['bowel']],
    ['sexualDysfunction', input.patient.intake?.symptoms?.sexualDysfunction, ['sexual']],
    ['weaknessReported', input.patient.intake?.symptoms?.weaknessReported, ['weakness']],
    ['weaknessProgressive', input.patient.intake?.symptoms?.weaknessProgressive, ['progression']],
    ['fever', input.patient.intake?.symptoms?.fever, ['fever']],
    ['weightLoss', input.patient.intake?.symptoms?.weightLoss, ['weight-loss']],
  ];
  return denied.flatMap(([key, value, concepts]) => {
    if (value !== 'no') return [];
    const hits = input.hits.filter((h) => h.assertion === 'affirmed' && concepts.includes(h.concept));
    const [first, ...rest] = hits;
    if (first === undefined) return [];
    return [
      say('triage.text-conflict', { quote: first.quote }, 'strong', [
        { kind: 'fact', path: `intake.symptoms.${key}`, text: `${key}: no` },
        hitReason(first),
        ...rest.map(hitReason),
      ]),
    ];
  });
}

function gateStatement(judged: readonly Judged[], acute: readonly Acute[]): Statement {
  return say('triage.gate', {}, 'strong', [
    ...judged.filter((j) => j.gate).flatMap((j) => j.flag.statement.because),
    ...acute.filter((a) => a.gate).flatMap((a) => a.statement.because),
  ]);
}
