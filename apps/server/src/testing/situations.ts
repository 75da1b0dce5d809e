import type { Consent, PatientFacts } from '../policy/evaluate.ts';

/** Everything a patient can be to somebody, as far as the policy looks: the last dimension of the tested matrix. */
function facts(
  relationships: readonly ('care-team' | 'proxy' | 'self' | 'break-glass')[],
  consent: Partial<Record<'treatment' | 'genome' | 'research' | 'proxy', Consent>> = {},
  deidentified = false,
): PatientFacts {
  return {
    relationships: new Set(relationships),
    consent: {
      treatment: 'not-recorded',
      genome: 'not-recorded',
      research: 'not-recorded',
      proxy: 'not-recorded',
      ...consent,
    },
    deidentified,
  };
}

export const SITUATIONS = {
  'nobody in particular': null,
  stranger: facts([]),
  team: facts(['care-team']),
  'team, refused': facts(['care-team'], { treatment: 'deny' }),
  'team, genome closed': facts(['care-team'], { genome: 'deny' }),
  opened: facts(['break-glass']),
  'opened, refused': facts(['break-glass'], { treatment: 'deny' }),
  'opened, genome closed': facts(['break-glass'], { genome: 'deny' }),
  self: facts(['self']),
  'self, genome closed': facts(['self'], { genome: 'deny' }),
  'proxy, not appointed': facts(['proxy']),
  proxy: facts(['proxy'], { proxy: 'permit' }),
  'proxy, withdrawn': facts(['proxy'], { proxy: 'deny' }),
  'de-identified': facts([], {}, true),
  'de-identified, research': facts([], { research: 'permit' }, true),
  'de-identified, research and genome': facts([], { research: 'permit', genome: 'permit' }, true),
  'named, research': facts([], { research: 'permit', genome: 'permit' }),
} as const satisfies Readonly<Record<string, PatientFacts | null>>;
export type Situation = keyof typeof SITUATIONS;
