import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import {
  fail,
  type GenomicProfile,
  type InstrumentScore,
  type Intake,
  ok,
  type PatientCase,
  type Problem,
  type Result,
  type SetAside,
  type Signal,
  type SpineFindings,
} from '@foramen/spine';
import { scoreQuestionnaire } from '../instruments/score.ts';
import { readIntakeText } from '../triage/intake-text.ts';
import {
  ageContradiction,
  contradiction,
  contradictions,
  type RecordedPerson,
  recordContradictions,
} from './contradictions.ts';
import { dateProblems, isMoment } from './dates.ts';
import { readIntake, UNKNOWN_FIELD } from './read-intake.ts';

/** What there is on one person; each part may be missing. */
interface CaseParts {
  readonly patientId: string;
  /** The moment of judgement, ISO 8601. */
  readonly now: string;
  readonly findings?: SpineFindings | null;
  readonly priorFindings?: readonly SpineFindings[];
  readonly genome?: GenomicProfile | null;
  /** The intake document as parsed JSON, not yet validated. */
  readonly intake?: unknown;
  readonly signals?: readonly Signal[];
  /** Whom the record says that this is; the answers may be somebody else's. */
  readonly record?: RecordedPerson;
  readonly base?: EvidenceBase;
}

/**
 * Builds the case: reads the intake as far as it can be read, names contradictions, impossible values, unknown codes and
 * dates after `now`, keeps them (`problems`, `setAside`), and scores the questionnaires. Fails only when there is no case
 * to build (no id, no usable moment, an intake that is no object). A caller that must refuse impossible values looks for a
 * problem of severity `error`.
 */
export function buildCase(parts: CaseParts): Result<PatientCase> {
  const wrong: Problem[] = [];
  if (parts.patientId.trim() === '') {
    wrong.push({
      code: 'missing',
      severity: 'error',
      where: 'patientId',
      what: 'is empty',
      help: 'Give each patient an id',
    });
  }
  if (!isMoment(parts.now)) {
    wrong.push({
      code: 'unreadable',
      severity: 'error',
      where: 'now',
      what: `${parts.now} is not a date`,
      help: 'Give an ISO 8601 date',
    });
  }
  const read = parts.intake === undefined || parts.intake === null ? null : readIntake(parts.intake);
  if (read !== null && 'code' in read) wrong.push(read);
  const [first, ...rest] = wrong;
  if (first !== undefined) return fail(first, ...rest);

  const usable = read !== null && !('code' in read) ? read : null;
  const problems: Problem[] = [...(usable?.problems ?? [])];
  const setAside: readonly SetAside[] = usable?.setAside ?? [];
  const intake = usable?.intake ?? null;
  const scores: InstrumentScore[] = [];
  if (intake !== null) {
    problems.push(
      ...dateProblems(intake, parts.now),
      ...contradictions(intake),
      ...ageContradiction(intake, parts.now),
      ...(parts.record === undefined ? [] : recordContradictions(intake, parts.record, parts.now)),
    );
    problems.push(...textContradictions(intake));
    const scored = scoresOf(intake, problems, parts.base ?? EVIDENCE);
    scores.push(...scored.scores);
    problems.push(...scored.problems);
  }
  problems.push(...imagingProblems(parts));
  // Statements point at problems by their place: a field nobody knows goes last, so that it moves none of them.
  const bearing = [
    ...problems.filter((p) => p.what !== UNKNOWN_FIELD),
    ...problems.filter((p) => p.what === UNKNOWN_FIELD),
  ];
  return ok(
    {
      schema: 'foramen.case/1',
      patientId: parts.patientId,
      now: parts.now,
      findings: parts.findings ?? null,
      priorFindings: parts.priorFindings ?? [],
      genome: parts.genome ?? null,
      intake,
      scores,
      signals: parts.signals ?? [],
      problems: bearing,
      ...(setAside.length === 0 ? {} : { setAside }),
    },
    bearing,
  );
}

function scoresOf(
  intake: Intake,
  known: readonly Problem[],
  base: EvidenceBase,
): { readonly scores: readonly InstrumentScore[]; readonly problems: readonly Problem[] } {
  const sex = intake.person?.sex;
  const problems: Problem[] = [];
  const scores = (intake.questionnaires ?? []).map((q, i) => {
    const where = `intake.questionnaires[${i}]`;
    const scored = scoreQuestionnaire(q, where, { sex: sex === 'unknown' ? undefined : sex, base });
    problems.push(...scored.problems);
    const dated = known.some((p) => p.where === where && p.code === 'out-of-range');
    return dated
      ? { ...scored.score, score: null, why: 'its date lies in the future or does not exist' }
      : scored.score;
  });
  return { scores, problems };
}

/** The patient's words against the ticked "no". The words are believed by triage; here the pair is named. */
function textContradictions(intake: Intake): readonly Problem[] {
  const s = intake.symptoms;
  const pairs: [keyof NonNullable<Intake['symptoms']>, readonly string[]][] = [
    ['saddleNumbness', ['saddle']],
    ['bladderDysfunction', ['bladder']],
    ['urinaryRetention', ['retention']],
    ['bowelDysfunction', ['bowel']],
    ['sexualDysfunction', ['sexual']],
    ['weaknessReported', ['weakness']],
    ['fever', ['fever']],
    ['weightLoss', ['weight-loss']],
    ['bilateralLegSymptoms', ['bilateral']],
  ];
  const hits = readIntakeText(intake).filter((h) => h.assertion === 'affirmed');
  return pairs.flatMap(([key, concepts]): Problem[] => {
    if (s?.[key] !== 'no') return [];
    const hit = hits.find((h) => concepts.includes(h.concept));
    return hit === undefined
      ? []
      : [
          contradiction(
            [`intake.symptoms.${String(key)}`, hit.path],
            `"no" is ticked, the words say "${hit.quote}"`,
          ),
        ];
  });
}

function imagingProblems(parts: CaseParts): readonly Problem[] {
  const out: Problem[] = [];
  const today = parts.now.slice(0, 10);
  const studies = [
    ['findings', parts.findings ?? null],
    ...(parts.priorFindings ?? []).map((f, i) => [`priorFindings[${i}]`, f] as const),
  ] as const;
  for (const [path, findings] of studies) {
    const date = findings?.studyDate?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    if (date !== undefined && date.slice(0, 10) > today) {
      out.push({
        code: 'out-of-range',
        severity: 'warning',
        where: `${path}.studyDate`,
        what: `${date} lies after ${today}`,
        help: 'Check the date of the study',
      });
    }
  }
  return out;
}
