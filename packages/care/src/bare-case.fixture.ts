import type { DrugAction, GenomicProfile, Intake, PatientCase } from '@foramen/spine';

/** A person of whom nothing is known but these answers, taken as they stand, and, where given, what a genome says of drugs. */
export function bareCase(
  intake: Intake | null,
  drugs: readonly Partial<DrugAction>[] | null = null,
): PatientCase {
  return {
    schema: 'foramen.case/1',
    patientId: 'p',
    now: '2026-11-22T00:00:00Z',
    priorFindings: [],
    scores: [],
    signals: [],
    problems: [],
    findings: null,
    genome: drugs === null ? null : ({ genes: {}, drugs, markers: [] } as unknown as GenomicProfile),
    intake,
  };
}
