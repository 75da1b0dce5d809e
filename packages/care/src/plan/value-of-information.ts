import type { EvidenceBase } from '@foramen/evidence';
import type { LevelFindings, PatientCase, Reason, SpineFindings, ValueOfInformation } from '@foramen/spine';
import { earlierTests } from '../case/earlier-treatments.ts';
import { round, rule, withValue } from '../facts.ts';
import { axialWasRead } from '../roots/contacts.ts';
import { say, traced } from '../say.ts';
import { adviceAfter, type Decision } from './decide.ts';
import { imagingIndicated } from './imaging-timing.ts';

/** A possible answer to an unknown, how likely it is, and the case as it would then be. */
interface Answer {
  readonly p: number;
  readonly patient: PatientCase;
}
interface Unknown {
  readonly id: string;
  readonly answers: readonly Answer[];
  /** Whether an answer could move triage; then it is judged afresh. */
  readonly triage: boolean;
  readonly because: readonly Reason[];
}

const RULE = rule(
  'rule.value-of-information',
  'share of simulated answers, weighted by how likely they are, that change the leading option',
);

const EMPTY_FINDINGS: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [],
  enumeration: { confidence: 1, lumbarCount: 5, transitional: 'none', because: ['simulated answer'] },
  levels: [],
  vertebrae: [],
  limits: [],
  models: [],
};

/** The study as it would read if an axial series showed contact with the root of one hypothesis, or none at all. */
function axialAnswer(
  patient: PatientCase,
  at: Decision['view']['differential']['beliefs'][number] | null,
): PatientCase {
  const findings = patient.findings ?? EMPTY_FINDINGS;
  const level =
    at?.site.level ?? (at?.site.root === 'S1' ? 'L5-S1' : at?.site.root === 'L4' ? 'L3-L4' : 'L4-L5');
  const side = at?.site.side === 'left' || at?.site.side === 'right' ? at.site.side : undefined;
  const contact =
    at?.site.root !== undefined && side !== undefined
      ? [{ root: at.site.root, side, grade: 'compression' as const, p: 0.9 }]
      : [];
  const has = findings.levels.some((l) => l.level === level);
  const blank: LevelFindings = {
    level,
    indexFromBottom: 1,
    confidence: 1,
    measures: {},
    because: { slice: 0, box: [0, 0, 1, 1] as const, models: [] },
  };
  const levels = (has ? findings.levels : [...findings.levels, blank]).map((l) => {
    if (l.level !== level) return { ...l, rootContacts: l.rootContacts ?? [] };
    const stenosis =
      at?.condition === 'central-stenosis' ? { schizas: { grade: 3, p: [0, 0.1, 0.8, 0.1] } } : {};
    const herniation =
      at?.condition === 'herniation'
        ? { herniation: { p: 0.9 }, ...(side === undefined ? {} : { herniationSide: side }) }
        : {};
    return { ...l, ...stenosis, ...herniation, rootContacts: contact };
  });
  return { ...patient, findings: { ...findings, levels } };
}

function unknowns(d: Decision): readonly Unknown[] {
  const { patient } = d.view;
  const out: Unknown[] = [];
  const set = (path: string, value: unknown): PatientCase => withValue(patient, path, value);
  const open = (path: string): Reason => ({ kind: 'fact', path, text: 'not known' });
  const symptoms = patient.intake?.symptoms;
  const history = patient.intake?.history;

  const axial =
    axialWasRead(patient.findings) ||
    (patient.findings?.levels.some((l) => l.rootContacts !== undefined) ?? false);
  if (
    !axial &&
    patient.intake !== null &&
    (patient.findings !== null || imagingIndicated(d.view) !== false)
  ) {
    const likely = d.view.differential.beliefs.filter(
      (b) =>
        ['herniation', 'central-stenosis', 'foraminal-stenosis', 'lateral-recess-stenosis'].includes(
          b.condition,
        ) && b.p >= 0.05,
    );
    const shown = likely.slice(0, 3);
    const rest = Math.max(0, 1 - shown.reduce((s, b) => s + b.p, 0));
    out.push({
      id: patient.findings === null ? 'mri' : 'axial-mri',
      triage: false,
      because: [open('findings.series')],
      answers: [
        ...shown.map((b) => ({ p: b.p, patient: axialAnswer(patient, b) })),
        { p: rest, patient: axialAnswer(patient, null) },
      ],
    });
  }
  if (patient.intake === null) return out;
  if (patient.genome === null) {
    const gene = (drug: string, action: 'avoid' | 'reduce' | 'standard') => ({
      drug,
      genes: ['CYP2D6'],
      action,
      strength: 'strong' as const,
      because: [],
      alternatives: [],
      sources: [],
    });
    const with_ = (action: 'avoid' | 'standard') =>
      ({
        ...patient,
        genome: {
          sample: 'simulated',
          assembly: 'GRCh38',
          genes: {},
          drugs: ['codeine', 'tramadol'].map((n) => gene(n, action)),
          markers: [],
        },
      }) satisfies PatientCase;
    // About one person in ten is a poor or ultrarapid metaboliser of CYP2D6.
    out.push({
      id: 'genotype',
      triage: false,
      because: [open('genome')],
      answers: [
        { p: 0.1, patient: with_('avoid') },
        { p: 0.9, patient: with_('standard') },
      ],
    });
  }
  const score = (
    id: string,
    instrument: string,
    max: number,
    values: readonly (readonly [number, number])[],
  ): void => {
    out.push({
      id,
      triage: false,
      because: [open('scores')],
      answers: values.map(([p, value]) => ({
        p,
        patient: { ...patient, scores: [...patient.scores, { instrument, score: value, max }] },
      })),
    });
  };
  const has = (pattern: RegExp): boolean =>
    patient.scores.some((s) => s.score !== null && pattern.test(s.instrument));
  if (!has(/^phq/i))
    score('phq', 'PHQ-9', 27, [
      [0.3, 14],
      [0.7, 4],
    ]);
  if (!has(/^ort/i) && history?.substanceUse === undefined)
    score('ort', 'ORT-OUD', 9, [
      [0.15, 4],
      [0.85, 1],
    ]);
  if (d.view.odi === undefined)
    score('odi', 'ODI', 100, [
      [0.3, 20],
      [0.4, 40],
      [0.3, 60],
    ]);
  const ask = (
    id: string,
    path: string,
    values: readonly (readonly [number, unknown])[],
    where = path,
  ): void => {
    out.push({
      id,
      triage: false,
      because: [open(where)],
      answers: values.map(([p, v]) => ({ p, patient: set(path, v) })),
    });
  };
  if (symptoms?.durationWeeks === undefined)
    ask('duration', 'intake.symptoms.durationWeeks', [
      [0.3, 3],
      [0.3, 10],
      [0.4, 40],
    ]);
  if (symptoms?.legPainNrs === undefined && d.view.legPain?.value !== false) {
    ask('leg-pain', 'intake.symptoms.legPainNrs', [
      [0.4, 2],
      [0.3, 5],
      [0.3, 8],
    ]);
  }
  if (history?.egfr === undefined)
    ask('egfr', 'intake.history.egfr', [
      [0.03, 25],
      [0.97, 85],
    ]);
  if (history?.priorTreatments === undefined) {
    ask('prior-treatment', 'intake.history.priorTreatments', [
      [0.5, [{ treatment: 'exercise', weeks: 12, outcome: 'same' }]],
      [0.5, [{ treatment: 'exercise', weeks: 12, outcome: 'better' }]],
    ]);
  }
  const root = d.view.differential.beliefs.find(
    (b) => b.condition === 'herniation' && b.site.root !== undefined,
  );
  const done = earlierTests(patient).some((t) => t.test === 'electromyography');
  if (!done && root !== undefined && root.p >= 0.05) {
    const side = root.site.side === 'right' ? 'motorRight' : 'motorLeft';
    // With both legs alike the reason names neither.
    const alike = d.view.differential.beliefs.some(
      (b) =>
        b.condition === 'herniation' &&
        b.site.root === root.site.root &&
        b.site.level === root.site.level &&
        b.site.side !== root.site.side &&
        Math.abs(b.p - root.p) < 1e-12,
    );
    const where = alike ? 'intake.examination' : undefined;
    const muscle =
      root.site.root === 'S1'
        ? 'anklePlantarflexion'
        : root.site.root === 'L5'
          ? 'greatToeExtension'
          : 'kneeExtension';
    // A positive EMG speaks for the root as a motor sign of that root does.
    const skin = side === 'motorRight' ? 'sensoryLossRight' : 'sensoryLossLeft';
    if (patient.intake.examination?.[side]?.[muscle] !== undefined) {
      // Power is known already: the test then speaks as a sensory sign of that root does.
      if (patient.intake.examination[skin] === undefined) {
        const hit = 0.6 * d.view.p.herniation;
        ask(
          'emg',
          `intake.examination.${skin}`,
          [
            [hit, [root.site.root]],
            [1 - hit, []],
          ],
          where,
        );
      }
    } else {
      const path = `intake.examination.${side}.${muscle}`;
      ask(
        'emg',
        path,
        [
          [0.6 * d.view.p.herniation, 4],
          [1 - 0.6 * d.view.p.herniation, 5],
        ],
        where,
      );
    }
  }
  return out;
}

/** An option that is ruled out until somebody has looked. */
const WANTS_IMAGE =
  /^check\.(?:image-for-injection|concordant-for-\w+|roots-not-read|side-not-read|stenosis-image|slip-image|modic-l3-s1)\.missing$/;

/** What the answer to each unknown would most likely change, largest first. Simulated, nothing looked up. */
export function valueOfInformation(d: Decision, base: EvidenceBase): readonly ValueOfInformation[] {
  if (d.triage.gate) return [];
  const wantsImage = d.appraised.some((a) => a.verdicts.some((v) => WANTS_IMAGE.test(v.key)));
  return (
    unknowns(d)
      .map((u): ValueOfInformation => {
        const total = u.answers.reduce((s, a) => s + a.p, 0);
        const changed = u.answers.reduce(
          (s, a) => (a.p > 0 && adviceAfter(d, a.patient, base, u.triage) !== d.advice ? s + a.p : s),
          0,
        );
        const p = total > 0 ? round(changed / total, 3) : 0;
        const reasons = [...u.because, ...d.view.differential.priors, RULE];
        return {
          unknown: u.id,
          probabilityPlanChanges: p,
          statement: say(
            p > 0 ? 'voi.plan-changes' : 'voi.no-change',
            { unknown: `@unknown.${u.id}`, ...(p > 0 ? { p: traced(p, reasons) } : {}) },
            'weak',
            reasons,
          ),
        };
      })
      // Whatever is ruled out for want of a picture hangs on the picture, though the simulated ones did not bring it to the top.
      .filter((v) => v.probabilityPlanChanges > 0 || !(wantsImage && /mri$/.test(v.unknown)))
      .sort((a, b) => b.probabilityPlanChanges - a.probabilityPlanChanges || (a.unknown < b.unknown ? -1 : 1))
  );
}
