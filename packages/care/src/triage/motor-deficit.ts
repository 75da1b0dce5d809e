import { parameter, recordOf } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, intakeFact, rule } from '../facts.ts';
import { bleedIntoCanal } from './bleed.ts';
import { type Judged, judge, quiet, type Verdict } from './judged.ts';
import { motorFindings } from './motor.ts';
import { posterior, riskFactor } from './probability.ts';
import { affirmed, hitReason, orFacts, type Sign, sign, symptom, type TriageInput } from './signs.ts';

/**
 * Motor deficit. A weakness that grows is an emergency; muscle power of MRC 3 or less is urgent; a milder or only
 * reported weakness is seen soon; upper motor neurone signs are urgent because the cause then lies above the lumbar
 * canal. A worse deficit never lowers the urgency.
 */
export function motorDeficit(input: TriageInput): Judged {
  const { patient, base } = input;
  const motor = motorFindings(patient);
  const reported = sign(
    input,
    [intakeFact(patient, 'symptoms', 'weaknessReported')],
    (v) => v === 'yes',
    'weakness',
  );
  const progressive = symptom(input, 'weaknessProgressive', 'progression');
  const cord = orFacts(
    sign(input, [intakeFact(patient, 'examination', 'clonusOrBabinski')], (v) => v === 'yes', 'cord'),
    [],
  );
  const course = intakeFact(patient, 'symptoms', 'course');
  const power: Sign = {
    answer: motor.examined.length === 0 ? undefined : motor.all.length > 0,
    reasons: motor.all.map(because),
    doubt: false,
  };
  // Without weakness there is nothing that could progress.
  const progressiveSign: Sign =
    progressive.answer === undefined && reported.answer === false && power.answer !== true
      ? { answer: false, reasons: reported.reasons, doubt: false }
      : progressive;
  const signs = { weakness: reported, progressive: progressiveSign, power };
  const prior = recordOf('base-rate', 'base-rate/cord-default', base);
  const weakReasons = [...(reported.answer === true ? reported.reasons : []), ...motor.all.map(because)];
  // A deficit that was told to grow or was measured is there; only the cap keeps it from certainty.
  const cap = parameter('red-flag-cap', base);
  // A foot that drops or a limb that does not move is told power of 3 or less, unless the examination found more.
  const told = motor.examined.length > 0 ? [] : affirmed(input, 'severe-weakness').map(hitReason);
  const severe = (motor.weakest !== undefined && motor.weakest.value <= 3) || told.length > 0;
  const worsening = course?.value === 'worsening' ? [because(course)] : [];
  const bleed = bleedIntoCanal(input, weakReasons);

  if (bleed?.sure === true) {
    return judge(
      input,
      'progressive-deficit',
      {
        status: 'raised',
        p: cap.value,
        ids: [cap.id, 'fact/motor-deficit-timing'],
        reasons: [
          ...bleed.reasons,
          rule(
            'triage/bleed-into-canal',
            'legs that fail after a needle at the spine, or with blood thinners and a sudden pain, are an emergency',
          ),
        ],
        urgency: 'emergency',
        hoursId: 'parameter/hours-emergency',
        who: 'emergency',
        gate: true,
      },
      signs,
    );
  }

  if (progressive.answer === true) {
    return judge(
      input,
      'progressive-deficit',
      {
        status: 'raised',
        p: cap.value,
        ids: [cap.id, 'fact/motor-deficit-timing'],
        reasons: [
          ...progressive.reasons,
          ...weakReasons,
          rule('triage/progressive-deficit', 'a motor deficit that grows is an emergency'),
        ],
        urgency: 'emergency',
        hoursId: 'parameter/hours-emergency',
        who: 'emergency',
        gate: true,
      },
      signs,
    );
  }
  if (severe || cord.answer === true) {
    const reasons: Reason[] = [
      ...weakReasons,
      ...told,
      ...(cord.answer === true ? cord.reasons : []),
      ...worsening,
      rule(
        'triage/motor-grade-3',
        'muscle power of MRC 3 or less, or an upper motor neurone sign, is urgent',
      ),
    ];
    // Severe weakness on both legs, or with a course that worsens, cannot be told from a growing one.
    const growing =
      (severe && worsening.length > 0 && reported.answer === true) || (severe && cord.answer === true);
    return judge(
      input,
      'progressive-deficit',
      {
        status: 'raised',
        p: cap.value,
        ids: [cap.id, 'fact/motor-deficit-timing'],
        reasons,
        urgency: growing ? 'emergency' : 'urgent',
        hoursId: growing
          ? 'parameter/hours-emergency'
          : cord.answer === true
            ? 'parameter/hours-cord'
            : 'parameter/hours-motor-deficit',
        who: growing ? 'emergency' : 'spine-surgeon',
        gate: growing,
      },
      signs,
    );
  }
  if (bleed !== undefined) {
    return judge(
      input,
      'progressive-deficit',
      {
        status: 'possible',
        p: posterior(base, prior.estimate, [riskFactor(base, 'strong')]),
        ids: [prior.id, 'parameter/lr-strong-risk-factor'],
        reasons: [
          ...bleed.reasons,
          rule('triage/bleed-into-canal', 'a sudden severe pain on blood thinners: the legs are asked about'),
        ],
        urgency: 'urgent',
        hoursId: 'parameter/hours-motor-deficit',
        who: 'spine-surgeon',
        gate: false,
      },
      signs,
    );
  }
  if (motor.all.length > 0 || reported.answer === true || reported.doubt || progressive.doubt) {
    const words = affirmed(input, 'weakness').map(hitReason);
    const verdict: Verdict = {
      status: 'possible',
      p: posterior(base, prior.estimate, [riskFactor(base, 'strong')]),
      ids: [prior.id, 'parameter/lr-strong-risk-factor', 'fact/motor-deficit-timing'],
      reasons: [...weakReasons, ...words, ...(reported.doubt ? reported.reasons : []), ...worsening],
      // Weakness told but not examined, in somebody who gets worse, is examined now rather than later.
      urgency:
        worsening.length > 0 && (motor.examined.length === 0 || motor.all.length > 0) ? 'urgent' : 'soon',
      hoursId:
        worsening.length > 0 && (motor.examined.length === 0 || motor.all.length > 0)
          ? 'parameter/hours-motor-deficit'
          : 'parameter/hours-soon',
      who: worsening.length > 0 ? 'spine-surgeon' : 'spine-clinic',
      gate: false,
    };
    return judge(input, 'progressive-deficit', verdict, signs);
  }
  const answered = [...reported.reasons, ...progressiveSign.reasons, ...motor.examined.map(because)];
  return judge(
    input,
    'progressive-deficit',
    quiet(answered.length === 0 ? null : prior.estimate, answered.length === 0 ? [] : [prior.id], answered),
    signs,
  );
}
