import type { Intake, Problem } from '@foramen/spine';

interface Rule {
  /** Paths of the answers that do not fit together, below `intake.`. */
  readonly paths: readonly string[];
  readonly holds: (intake: Intake) => string | undefined;
}

const rule = (paths: readonly string[], holds: (intake: Intake) => string | undefined): Rule => ({
  paths,
  holds,
});

const LEG = /thigh|leg|calf|foot|toe|sole|knee/;
const legRegions = (intake: Intake) => (intake.symptoms?.regions ?? []).filter((r) => LEG.test(r.region));

const weakest = (intake: Intake): number | undefined => {
  const values = [intake.examination?.motorLeft, intake.examination?.motorRight]
    .flatMap((m) => Object.values(m ?? {}))
    .filter((v): v is number => typeof v === 'number');
  return values.length === 0 ? undefined : Math.min(...values);
};

/** Whoever walks this far is not stopped by the legs; the stenosis trials took "unlimited" from a mile or two (SPORT, ZCQ). */
const UNHINDERED_M = 10000;

/** Answers that cannot both be true. Both are kept; what rests on them is withheld. */
const RULES: readonly Rule[] = [
  rule(['symptoms.pain', 'symptoms.backPainNrs'], ({ symptoms: s }) =>
    s?.pain === 'none' && (s.backPainNrs ?? 0) > 0
      ? `no pain is stated, with back pain ${s.backPainNrs} of 10`
      : undefined,
  ),
  rule(['symptoms.pain', 'symptoms.legPainNrs'], ({ symptoms: s }) =>
    s?.pain === 'none' && (s.legPainNrs ?? 0) > 0
      ? `no pain is stated, with leg pain ${s.legPainNrs} of 10`
      : undefined,
  ),
  rule(['symptoms.pain', 'symptoms.regions'], ({ symptoms: s }) =>
    s?.pain === 'none' && (s.regions ?? []).length > 0
      ? 'no pain is stated, with painful regions'
      : undefined,
  ),
  rule(['symptoms.pain', 'symptoms.backPainNrs', 'symptoms.legPainNrs'], ({ symptoms: s }) =>
    s?.pain === 'present' && s.backPainNrs === 0 && s.legPainNrs === 0 && (s.regions ?? []).length === 0
      ? 'pain is stated as present, with both scores 0'
      : undefined,
  ),
  rule(['symptoms.legPainNrs', 'symptoms.regions'], (intake) =>
    intake.symptoms?.legPainNrs === 0 && legRegions(intake).some((r) => (r.nrs ?? 1) > 0)
      ? 'leg pain is 0 of 10, with a painful leg region'
      : undefined,
  ),
  rule(['symptoms.legPainSide', 'symptoms.regions'], (intake) => {
    const side = intake.symptoms?.legPainSide;
    if (side !== 'left' && side !== 'right') return undefined;
    const other = side === 'left' ? 'right' : 'left';
    const regions = legRegions(intake);
    return regions.length > 0 && regions.every((r) => r.side === other)
      ? `leg pain is on the ${side}, with leg regions only on the ${other}`
      : undefined;
  }),
  rule(['symptoms.bilateralLegSymptoms', 'symptoms.legPainSide'], ({ symptoms: s }) =>
    s?.bilateralLegSymptoms === 'no' && s.legPainSide === 'bilateral'
      ? 'leg pain on both sides, with "not both legs"'
      : undefined,
  ),
  rule(['symptoms.bladderDysfunction', 'symptoms.urinaryRetention'], ({ symptoms: s }) =>
    s?.bladderDysfunction === 'no' && s.urinaryRetention === 'yes'
      ? 'retention of urine, with normal bladder function'
      : undefined,
  ),
  rule(['symptoms.urinaryRetention', 'examination.postVoidResidualMl'], ({ symptoms: s, examination: e }) =>
    s?.urinaryRetention === 'no' && (e?.postVoidResidualMl ?? 0) > 200
      ? `no retention is stated, with ${e?.postVoidResidualMl} ml left after voiding`
      : undefined,
  ),
  rule(['symptoms.saddleNumbness', 'symptoms.numbness'], ({ symptoms: s }) =>
    s?.saddleNumbness === 'no' && (s.numbness ?? []).some((n) => n.region === 'perineum')
      ? 'no saddle numbness is stated, with a numb perineum'
      : undefined,
  ),
  rule(['symptoms.saddleNumbness', 'examination.perianalSensation'], ({ symptoms: s, examination: e }) =>
    s?.saddleNumbness === 'no' && (e?.perianalSensation === 'reduced' || e?.perianalSensation === 'absent')
      ? 'no saddle numbness is stated, with reduced perianal sensation found'
      : undefined,
  ),
  rule(['symptoms.weaknessReported', 'symptoms.weaknessProgressive'], ({ symptoms: s }) =>
    s?.weaknessReported === 'no' && s.weaknessProgressive === 'yes'
      ? 'weakness that grows, with no weakness'
      : undefined,
  ),
  rule(['symptoms.weaknessReported', 'examination.motorLeft', 'examination.motorRight'], (intake) => {
    const power = weakest(intake);
    return intake.symptoms?.weaknessReported === 'no' && power !== undefined && power <= 3
      ? `no weakness is stated, with muscle power ${power} of 5`
      : undefined;
  }),
  rule(['symptoms.reliefSitting', 'symptoms.worseSitting'], ({ symptoms: s }) =>
    s?.reliefSitting === 'yes' && s.worseSitting === 'yes'
      ? 'sitting both relieves and worsens the pain'
      : undefined,
  ),
  rule(['symptoms.claudication', 'symptoms.walkingDistanceM'], ({ symptoms: s }) =>
    s?.claudication === 'yes' && (s.walkingDistanceM ?? 0) >= UNHINDERED_M
      ? `legs that stop the walk, with a walking distance of ${s.walkingDistanceM} m`
      : undefined,
  ),
  rule(['symptoms.onset', 'history.recentTrauma'], ({ symptoms: s, history: h }) =>
    s?.onset === 'injury' && h?.recentTrauma === 'none'
      ? 'the pain began with an injury, with no injury stated'
      : undefined,
  ),
  rule(['person.sex', 'history.pregnancy'], ({ person: p, history: h }) =>
    h?.pregnancy === 'yes' && p?.sex === 'male' ? 'pregnancy in a man' : undefined,
  ),
  rule(['person.ageYears', 'history.pregnancy'], ({ person: p, history: h }) =>
    h?.pregnancy === 'yes' && p?.ageYears !== undefined && (p.ageYears > 60 || p.ageYears < 10)
      ? `pregnancy at ${p.ageYears} years`
      : undefined,
  ),
  rule(['person.ageYears', 'symptoms.durationWeeks'], ({ person: p, symptoms: s }) =>
    p?.ageYears !== undefined && s?.durationWeeks !== undefined && s.durationWeeks > (p.ageYears + 1) * 52.2
      ? `symptoms for ${s.durationWeeks} weeks at ${p.ageYears} years of age`
      : undefined,
  ),
  rule(['examination.pedalPulses', 'examination.ankleBrachialIndex'], ({ examination: e }) =>
    e?.pedalPulses === 'normal' && e.ankleBrachialIndex !== undefined && e.ankleBrachialIndex < 0.5
      ? `normal foot pulses, with an ankle-brachial index of ${e.ankleBrachialIndex}`
      : undefined,
  ),
];

/** Every pair of answers that cannot both be true. */
export function contradictions(intake: Intake): readonly Problem[] {
  const found = RULES.flatMap(({ paths, holds }): Problem[] => {
    const what = holds(intake);
    return what === undefined
      ? []
      : [
          contradiction(
            paths.map((p) => `intake.${p}`),
            what,
          ),
        ];
  });
  const courses = (intake.medications ?? []).flatMap((m, i): Problem[] =>
    m.started !== undefined && m.stopped !== undefined && m.stopped < m.started
      ? [
          contradiction(
            [`intake.medications[${i}].started`, `intake.medications[${i}].stopped`],
            `${m.name} was stopped before it was started`,
          ),
        ]
      : [],
  );
  return [...found, ...courses];
}

export function contradiction(paths: readonly string[], what: string): Problem {
  return {
    code: 'contradiction',
    severity: 'warning',
    where: paths.join(' and '),
    what,
    help: 'Ask again; what rests on these answers is withheld',
  };
}

/** Whole years between a birth date and the day of `now`. */
const yearsAt = (birth: string, now: string): number =>
  Number(now.slice(0, 4)) - Number(birth.slice(0, 4)) - (now.slice(5, 10) < birth.slice(5, 10) ? 1 : 0);

/** Who a record says that somebody is. */
export interface RecordedPerson {
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly sex: 'female' | 'male' | 'unknown';
}

/** Answers that are of somebody else than the record says: age and sex then rest on neither. */
export function recordContradictions(
  intake: Intake,
  record: RecordedPerson,
  now: string,
): readonly Problem[] {
  const out: Problem[] = [];
  const { ageYears, birthDate, sex } = intake.person ?? {};
  const stated = ageYears ?? (birthDate === undefined ? undefined : yearsAt(birthDate, now));
  const recorded = record.birthDate === null ? undefined : yearsAt(record.birthDate, now);
  if (stated !== undefined && recorded !== undefined && Math.abs(recorded - Math.floor(stated)) > 1)
    out.push(
      contradiction(
        [ageYears === undefined ? 'intake.person.birthDate' : 'intake.person.ageYears'],
        `the answers are of somebody of ${Math.floor(stated)}, the record is of somebody of ${recorded}: are they of the same person?`,
      ),
    );
  if ((sex === 'female' || sex === 'male') && record.sex !== 'unknown' && sex !== record.sex)
    out.push(
      contradiction(
        ['intake.person.sex'],
        `the answers say ${sex}, the record ${record.sex}: are they of the same person?`,
      ),
    );
  return out;
}

/** Stated age against birth date, at `now`. */
export function ageContradiction(intake: Intake, now: string): readonly Problem[] {
  const stated = intake.person?.ageYears;
  const birth = intake.person?.birthDate;
  if (stated === undefined || birth === undefined || birth > now.slice(0, 10)) return [];
  const years = yearsAt(birth, now);
  return Math.abs(years - Math.floor(stated)) > 1
    ? [
        contradiction(
          ['intake.person.ageYears', 'intake.person.birthDate'],
          `age ${stated} is stated, the birth date makes ${years}`,
        ),
      ]
    : [];
}
