import type { PatientCase, Statement } from '@foramen/spine';
import { rule } from '../facts.ts';
import { say } from '../say.ts';

/** What a plan for this case cannot claim, as statements, so that every reader gets it in their own language. */
export function limitsOf(patient: PatientCase): readonly Statement[] {
  const absent = (key: string, path: string): Statement =>
    say(key, {}, 'strong', [{ kind: 'fact', path, text: 'not given' }]);
  return [
    say('limit.decision-support', {}, 'strong', [
      rule('rule.decision-support', 'a clinician and the patient decide'),
    ]),
    ...(patient.intake === null ? [absent('limit.no-intake', 'intake')] : []),
    ...(patient.findings === null ? [absent('limit.no-imaging', 'findings')] : []),
  ];
}
