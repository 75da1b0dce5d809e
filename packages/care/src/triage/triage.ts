import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { PatientCase, Statement, Triage, Urgency } from '@foramen/spine';
import { rule } from '../facts.ts';
import { distinct, say, traced } from '../say.ts';
import { caudaEquina } from './cauda-equina.ts';
import { type EarlyIntervention, earlyIntervention } from './early.ts';
import { fracture } from './fracture.ts';
import { infection } from './infection.ts';
import { inflammatory } from './inflammatory.ts';
import { DESTINATIONS, type Judged, moreUrgent, URGENCY_ORDER } from './judged.ts';
import { malignancy } from './malignancy.ts';
import { motorDeficit } from './motor-deficit.ts';
import { evidence, hitReason, type TriageInput, triageInput } from './signs.ts';
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
  const lead = leading(judged);
  const earlyUrgency = earlyUrgencyOf(early, patient);
  const urgency = moreUrgent(lead.urgency, earlyUrgency);
  const gate = judged.some((j) => j.gate);
  const leads =
    URGENCY_ORDER.indexOf(lead.urgency) >= URGENCY_ORDER.indexOf(earlyUrgency) &&
    lead.urgency !== 'self-care';
  const hoursId = leads ? lead.hoursId : urgency === 'soon' ? 'parameter/hours-soon' : null;
  const who = leads
    ? DESTINATIONS[lead.who]
    : DESTINATIONS[
        urgency === 'soon' ? 'spine-clinic' : urgency === 'routine' ? 'primary-care' : 'nobody-yet'
      ];
  const withinHours = hoursId === null ? null : recordOf('parameter', hoursId, base).value;
  return {
    urgency,
    who,
    withinHours,
    flags: judged.map((j) => j.flag),
    statements: [
      urgencyStatement(input, urgency, hoursId, leads ? lead : null, early),
      ...(early === null ? [] : [early.statement]),
      ...conflicts(input),
      ...(gate ? [gateStatement(judged)] : []),
    ],
    gate,
  };
}

/** The most urgent condition; of equals the one with the shortest time, then the first in order of danger. */
function leading(judged: readonly Judged[]): Judged {
  return judged.reduce((best, j) => {
    const [a, b] = [URGENCY_ORDER.indexOf(j.urgency), URGENCY_ORDER.indexOf(best.urgency)];
    return a > b || (a === b && hoursOf(j) < hoursOf(best)) ? j : best;
  });
}

function hoursOf(j: Judged): number {
  return j.hoursId === null ? Number.POSITIVE_INFINITY : recordOf('parameter', j.hoursId).value;
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
  lead: Judged | null,
  early: EarlyIntervention | null,
): Statement {
  const hours = hoursId === null ? [] : [evidence(input, hoursId)];
  const because = distinct([
    ...(lead === null ? (early?.statement.because ?? []) : lead.flag.statement.because),
    ...hours,
    ...(input.patient.intake === null
      ? [rule('triage/no-intake', 'no symptoms or examination were given')]
      : []),
    ...(lead === null && early === null && input.patient.intake !== null
      ? [rule('triage/no-pain', 'the person states that there is no pain')]
      : []),
  ]);
  if (input.patient.intake === null) return say('triage.no-intake', {}, 'insufficient', because);
  const key = hoursId === null ? `triage.urgency.${urgency}` : `triage.urgency.${urgency}-within`;
  const params =
    hoursId === null ? {} : { hours: traced(recordOf('parameter', hoursId, input.base).value, hours) };
  const who =
    lead === null
      ? urgency === 'soon'
        ? 'spine-clinic'
        : urgency === 'routine'
          ? 'primary-care'
          : 'nobody-yet'
      : lead.who;
  return say(key, { ...params, who: `@who.${who}` }, lead === null ? 'weak' : 'strong', because);
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

function gateStatement(judged: readonly Judged[]): Statement {
  return say(
    'triage.gate',
    {},
    'strong',
    judged.filter((j) => j.gate).flatMap((j) => j.flag.statement.because),
  );
}
