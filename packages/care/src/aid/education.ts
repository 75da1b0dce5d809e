import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { Assessment, PatientCase, Reason, Statement } from '@foramen/spine';
import type { JudgementOptions } from '../assess.ts';
import { ageOf, because, intakeFact, rule, scoreOf } from '../facts.ts';
import { say, traced } from '../say.ts';

/** Education that fits this person, most useful first. Every text exists at grade-six level in each language. */
export function education(
  patient: PatientCase,
  assessment: Assessment,
  options: JudgementOptions = {},
): readonly Statement[] {
  const base = options.evidence ?? EVIDENCE;
  const evidence = (id: string, text: string): Reason => ({ kind: 'evidence', id, text });
  const out: Statement[] = [];
  const p = (c: string): number =>
    assessment.differential.filter((h) => h.condition === c).reduce((s, h) => s + h.p, 0);
  // Nobody in danger is told that a back is strong and that moving is safe.
  if (mustBeSeenFirst(patient, assessment)) return opioids(patient);
  out.push(say('education.stay-active', {}, 'strong', [evidence('guideline/nice-n14', 'normal activities')]));
  out.push(say('education.hurt-harm', {}, 'moderate', [evidence('guideline/nice-n4-exercise', 'exercise')]));
  if (patient.findings !== null) {
    out.push(
      say('education.scan', {}, 'strong', [
        evidence('prevalence/disc-degeneration-50', 'findings without pain'),
        { kind: 'fact', path: 'findings', text: 'imaging' },
      ]),
    );
  }
  if (p('herniation') >= 0.3) out.push(numbered('education.herniation', 'natural/regression-pooled', base));
  if (p('central-stenosis') >= 0.3)
    out.push(numbered('education.stenosis', 'natural/stenosis-favourable', base));
  out.push(say('education.drugs', {}, 'moderate', [evidence('guideline/nice-n6-nsaid', 'drugs')]));
  const load = intakeFact(patient, 'person', 'occupationLoad');
  if (load !== undefined && load.value !== 'not-working') {
    out.push(
      say('education.work', {}, 'moderate', [
        because(load),
        evidence('guideline/nice-n14', 'return to work'),
      ]),
    );
  }
  const smoking = intakeFact(patient, 'history', 'smoking');
  if (smoking?.value === 'current') {
    out.push(
      say('education.smoking', {}, 'moderate', [
        because(smoking),
        evidence('prognostic/smoking-recurrence', 'smoking and recurrence'),
      ]),
    );
  }
  const phq = scoreOf(patient, /^phq/i);
  if (phq !== undefined && phq.value >= 5) {
    out.push(say('education.mood', {}, 'moderate', [because(phq), rule('rule.mood', 'mood screen')]));
  }
  return [...out, ...opioids(patient)];
}

/** Grave enough that somebody looks before anything is said about moving: a closed gate, an emergency or urgent call, a raised flag, or a child. */
function mustBeSeenFirst(patient: PatientCase, { triage }: Assessment): boolean {
  const age = ageOf(patient);
  return (
    triage.gate ||
    triage.urgency === 'emergency' ||
    triage.urgency === 'urgent' ||
    triage.flags.some((f) => f.status === 'raised' && f.condition !== 'inflammatory') ||
    (age !== undefined && age.value < ADULT)
  );
}
const ADULT = 18;

/** What whoever takes an opioid must know, whatever else is to be said. */
function opioids(patient: PatientCase): readonly Statement[] {
  const i = (patient.intake?.medications ?? []).findIndex((m) =>
    /codeine|tramadol|oxycodone|morphine|fentanyl|tapentadol|hydrocodone/.test(m.name.toLowerCase()),
  );
  if (i < 0) return [];
  return [
    say('education.opioids', {}, 'strong', [
      { kind: 'fact', path: `intake.medications[${i}].name`, text: 'takes an opioid' },
      { kind: 'evidence', id: 'guideline/nice-n6-opioid-chronic', text: 'opioids' },
    ]),
  ];
}

function numbered(key: string, id: string, base: EvidenceBase): Statement {
  const reason: Reason = { kind: 'evidence', id, text: 'natural course' };
  return say(key, { p: traced(recordOf('natural-history', id, base).estimate, [reason]) }, 'moderate', [
    reason,
  ]);
}
