import { record } from '@foramen/evidence';
import { drugNameIn, type PatientCase, type Statement } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { decisionAid } from '../aid/decision-aid.ts';
import { education } from '../aid/education.ts';
import { assess } from '../assess.ts';
import { namedHarms } from '../forecast/harms.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import { ENGLISH } from '../messages/en.ts';
import { SPANISH } from '../messages/es.ts';
import { OPTIONS } from '../plan/options.ts';
import { plan } from '../plan/plan.ts';
import { explain, explainStep, explainTerm, explainTrigger } from './explain.ts';
import { factWords } from './fact-words.ts';
import {
  englishSyllables,
  fernandezHuerta,
  fleschKincaidGrade,
  inflesz,
  spanishSyllables,
} from './readability.ts';
import { allStatements, traceNumbers } from './trace.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map((m) => m[1]!).sort();
const patientTexts = (c: Catalogue, filler: string): [string, string][] =>
  Object.entries(c.messages).map(([key, m]) => [
    key,
    (m.patient ?? m.clinician).replace(/\{\w+(\|\w+)?\}/g, filler),
  ]);

const sciatica: PatientCase = {
  schema: 'foramen.case/1',
  patientId: 'p',
  now: '2026-11-22T00:00:00Z',
  priorFindings: [],
  genome: null,
  scores: [{ instrument: 'ODI', score: 48, max: 100 }],
  signals: [],
  problems: [],
  findings: null,
  intake: {
    setting: 'specialist',
    person: { ageYears: 42, occupationLoad: 'moderate' },
    symptoms: {
      legPainNrs: 8,
      backPainNrs: 3,
      durationWeeks: 10,
      regions: [{ region: 'lateral-leg', side: 'right' }],
    },
    history: { smoking: 'current' },
    goals: { weights: { painRelief: 8, avoidSurgery: 4 } },
  },
};

describe('message catalogues', () => {
  it('have every message and term in both languages, with the same placeholders', () => {
    for (const [key, m] of Object.entries(ENGLISH.messages)) {
      const other = SPANISH.messages[key];
      expect(other, key).toBeDefined();
      expect(placeholders(other!.clinician), key).toEqual(placeholders(m.clinician));
      for (const name of placeholders(other!.patient ?? ''))
        expect(placeholders(m.clinician).concat(placeholders(m.patient ?? '')), key).toContain(name);
    }
    for (const key of Object.keys(ENGLISH.terms)) expect(SPANISH.terms[key], key).toBeDefined();
    expect(Object.keys(SPANISH.terms).sort()).toEqual(Object.keys(ENGLISH.terms).sort());
    expect(Object.keys(SPANISH.facts).sort()).toEqual(Object.keys(ENGLISH.facts).sort());
    expect(Object.keys(SPANISH.messages).sort()).toEqual(Object.keys(ENGLISH.messages).sort());
  });

  it('speak to the patient at grade six or below in English (Flesch-Kincaid), message by message', () => {
    const hard = patientTexts(ENGLISH, 'one').filter(([, text]) => fleschKincaidGrade(text) > 6);
    expect(hard).toEqual([]);
  });

  it('speak to the patient in easy Spanish (Fernandez-Huerta 70 or more), message by message', () => {
    const hard = patientTexts(SPANISH, 'uno').filter(([, text]) => fernandezHuerta(text) < 70);
    expect(hard).toEqual([]);
    // INFLESZ: 65 and up is "quite easy".
    expect(patientTexts(SPANISH, 'uno').filter(([, text]) => inflesz(text) < 65)).toEqual([]);
  });
});

describe('names of drugs', () => {
  // Names that are long and common: whatever a patient takes, the words about it stay easy.
  const DRUGS = [
    'ibuprofen',
    'acenocoumarol',
    'amitriptyline',
    'dihydrocodeine',
    'hydroxychloroquine',
    'bendroflumethiazide',
    'methylprednisolone',
    'succinylcholine',
    'oxcarbazepine',
    'dexamethasone',
    'levothyroxine',
  ];
  it('leave every message about a drug at grade six, in English and in Spanish', () => {
    const hard = [ENGLISH, SPANISH].flatMap((c) =>
      Object.values(c.messages).flatMap((m) => {
        const template = m.patient ?? m.clinician;
        return /\{(?:drug|other|opioid)\}/.test(template)
          ? DRUGS.map((drug) =>
              template
                .replaceAll('{drug}', drugNameIn(drug, c.language))
                .replace(/\{(?:other|opioid)\}/g, drugNameIn('sertraline', c.language))
                .replace(/\{\w+(?:\|\w+)?\}/g, 'uno'),
            ).filter((text) =>
              c.language === 'en'
                ? fleschKincaidGrade(text) > 6
                : fernandezHuerta(text) < 70 || inflesz(text) < 65,
            )
          : [];
      }),
    );
    expect(hard).toEqual([]);
  });
});

describe('readability formulas', () => {
  it('count syllables as a reader does', () => {
    expect(['back', 'surgery', 'little', 'people', 'operation', 'moved'].map(englishSyllables)).toEqual([
      1, 3, 2, 2, 4, 1,
    ]);
    expect(['dolor', 'cirugía', 'quiere', 'espalda', 'aún', 'guía'].map(spanishSyllables)).toEqual([
      2, 4, 2, 3, 2, 2,
    ]);
  });

  it('give the textbook values', () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45.
    expect(fleschKincaidGrade('The cat sat on the mat.')).toBeCloseTo(-1.45, 5);
    // 4 words, 1 sentence, 8 syllables: 206.84 - 120 - 4.08 = 82.76.
    expect(fernandezHuerta('El perro come mucho pan.')).toBeCloseTo(206.84 - (60 * 8) / 5 - 5.1, 5);
  });

  it('rate a hard text as hard', () => {
    expect(
      fleschKincaidGrade(
        'Degenerative spondylolisthesis necessitates individualised multidisciplinary consideration.',
      ),
    ).toBeGreaterThan(12);
  });
});

describe('explaining', () => {
  const assessment = assess(sciatica);
  const carePlan = plan(sciatica, assessment);
  const whole = (language: string): string =>
    [...carePlan.forPatient, ...education(sciatica, assessment)]
      .map((s) => explain(s, 'patient', { language }).text)
      .join(' ');

  it('keeps the whole text for the patient at grade six, with its terms filled in', () => {
    expect(fleschKincaidGrade(whole('en'))).toBeLessThanOrEqual(6);
    expect(fernandezHuerta(whole('es'))).toBeGreaterThanOrEqual(70);
    expect(inflesz(whole('es'))).toBeGreaterThanOrEqual(65);
    expect(whole('es')).not.toMatch(/\{|@/);
    expect(whole('en')).not.toMatch(/\{|@/);
  });

  it('says every statement in both levels and languages without a gap', () => {
    for (const [, s] of allStatements(assessment, carePlan)) {
      for (const language of ['en', 'es']) {
        for (const level of ['clinician', 'patient'] as const) {
          const { text, because } = explain(s, level, { language });
          expect(text, s.key).not.toMatch(/[{}@]|undefined|NaN/);
          if (level === 'clinician') expect(because.length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('walks from a statement to the place where its evidence can be read', () => {
    const chain = explain(assessment.differential[0]!.statement, 'clinician').because;
    expect(chain.some((r) => r.kind === 'evidence' && r.link !== undefined)).toBe(true);
  });

  it("says rules in the reader's language, and of a source that it stands in its own", () => {
    const assessment = assess(sciatica);
    const told = [
      ...assessment.statements,
      ...plan(sciatica, assessment).options.flatMap((o) => o.statements),
    ].flatMap((s) => explain(s, 'clinician', { language: 'es' }).because);
    for (const r of told) {
      if (r.kind === 'rule') expect(SPANISH.rules?.[r.ref], r.ref).toBe(r.text);
      if (r.kind === 'evidence')
        expect(r.text).toMatch(
          / \(en inglés\)$|^(?:Valor fijado|Calculado para|Textos generales|Fichas técnicas)/,
        );
    }
    expect(told.some((r) => r.kind === 'rule') && told.some((r) => r.kind === 'evidence')).toBe(true);
    const contradiction =
      'intake.symptoms.saddleNumbness and intake.symptoms.numbness: no saddle numbness is stated';
    expect(factWords('problems[0]', contradiction, SPANISH)).toBe(
      'respuestas que no encajan: no siente entre las piernas, zonas dormidas',
    );
  });

  it('names in the aid what may go wrong, in both languages, and nothing where nothing was counted', () => {
    const aid = decisionAid(sciatica, assessment, carePlan);
    const said = (aid?.options ?? []).map((o) => [o.id, o.harms] as const);
    const named = said.filter(([, harms]) => harms !== null);
    for (const [id, harms] of named) {
      expect(
        harms?.because.every((r) => r.kind === 'evidence' && r.id.startsWith('harm/')),
        id,
      ).toBe(true);
      for (const language of ['en', 'es'] as const)
        expect(explain(harms!, 'patient', { language }).text, id).not.toMatch(/@|\{|-event|harm\./);
    }
    expect(said.find(([id]) => id === 'waiting')?.[1]).toBeNull();
    // What is named has its word in both languages, also for options that this person is not offered.
    for (const { id } of OPTIONS)
      for (const { event } of namedHarms(id)) {
        expect(ENGLISH.terms[`harm.${event}`], event).toBeDefined();
        expect(SPANISH.terms[`harm.${event}`], event).toBeDefined();
      }
    expect(namedHarms('discectomy-open').map((h) => h.event)).toContain('dural-tear');
  });

  it('makes a decision aid with every option out of 100 and the trials on early and later surgery', () => {
    const aid = decisionAid(sciatica, assessment, carePlan);
    expect(aid?.options.map((o) => o.id)).toContain('waiting');
    for (const o of aid?.options ?? []) {
      for (const i of o.icons) {
        expect(i.n).toBeGreaterThanOrEqual(i.lo);
        expect(i.n).toBeLessThanOrEqual(i.hi);
        expect(i.hi).toBeLessThanOrEqual(100);
      }
    }
    expect(aid?.earlyLater.map((s) => s.key)).toContain('aid.early-later.end');
    expect(aid?.earlyLater[1]?.text).toContain('95 of 100');
  });

  it('finds a number that leads nowhere', () => {
    const made: Statement = {
      key: 'x',
      text: 'Works in 73 of 100.',
      strength: 'weak',
      because: [{ kind: 'rule', id: 'r', text: 'r' }],
    };
    const bad = { ...carePlan, next: [made] };
    expect(traceNumbers(sciatica, assessment, bad).map((b) => b.number)).toContain('73');
    const orphan: Statement = {
      ...made,
      text: 'Works in 73.',
      params: { p: { value: 73, from: ['effect/none'] } },
    };
    expect(traceNumbers(sciatica, assessment, { ...carePlan, next: [orphan] })[0]?.why).toMatch(/because/);
  });
});

describe('facts in words', () => {
  it('say what a field of the case is about, on which side, and what was found', () => {
    const say = (path: string, text: string) => [
      factWords(path, text, ENGLISH),
      factWords(path, text, SPANISH),
    ];
    expect(say('intake.examination.straightLegRaise.left', 'left: positive')).toEqual([
      'straight leg raise (left): positive',
      'elevación de la pierna recta (a la izquierda): positivo',
    ]);
    expect(say('intake.examination.motorRight.ankleDorsiflexion', 'ankleDorsiflexion: 3')).toEqual([
      'power of lifting the foot, 0 to 5 (right): 3',
      'fuerza al levantar el pie, 0 a 5 (a la derecha): 3',
    ]);
    expect(say('intake.examination.sensoryLossLeft[0]', 'sensoryLossLeft[0]: L5')[0]).toBe(
      'loss of feeling (left): L5',
    );
    expect(say('findings.levels[1].herniation.p', 'p: 0.8')).toEqual(['herniation: 80%', 'hernia: 80%']);
    expect(say('findings.levels[1].schizas', 'L4-L5 schizas')[1]).toBe('canal estrecho: L4-L5');
    expect(say('intake.symptoms.weaknessReported', 'weaknessReported: weaknessReported: yes')).toEqual([
      'weak leg: yes',
      'debilidad de la pierna: sí',
    ]);
    expect(say('intake.symptoms.freeText', 'in free text: "foot slaps"')[1]).toBe(
      'en sus palabras: "foot slaps"',
    );
  });

  it('leave the name of a test out where it is of another language, and keep what nobody has words for', () => {
    const path = 'intake.symptoms.regions[0].region';
    expect(factWords(path, 'leg-pain-below-knee', ENGLISH)).toBe('where it hurts: leg pain below knee');
    expect(factWords(path, 'leg-pain-below-knee', SPANISH)).toBe('dónde duele');
    expect(factWords('intake.shoeSize', 'shoeSize: 44', ENGLISH)).toBe('shoeSize: 44');
  });

  it('are translated part by part, with the names of medicines, and days are written out', () => {
    const both = (path: string, text: string): readonly string[] =>
      [ENGLISH, SPANISH].map((catalogue) => factWords(path, text, catalogue));
    expect(both('genome.drugs[2].action', 'codeine: avoid (strong)')).toEqual([
      'genes and a medicine: codeine: avoid (strong)',
      'genes y una medicina: codeína: no tomar (recomendación fuerte)',
    ]);
    expect(both('genome.drugs[2].action', 'codeine: monitor (none)')).toEqual([
      'genes and a medicine: codeine: monitor',
      'genes y una medicina: codeína: vigilar',
    ]);
    expect(both('genome.genes.CYP2D6.phenotype', 'CYP2D6 Poor Metabolizer')[1]).toBe(
      'genes: CYP2D6 metabolizador lento',
    );
    expect(
      both('findings.levels[6].measures.multifidusFatPercent.left', 'multifidus fat at T11-T12'),
    ).toEqual([
      'fat in the deep back muscle (left): T11-T12',
      'grasa en el músculo profundo de la espalda (a la izquierda): T11-T12',
    ]);
    expect(both('findings.levels[1].leeForaminal.right', 'right: grade 2')[1]).toBe(
      'salida del nervio estrecha (a la derecha): grado 2',
    );
    expect(both('intake.medications[0].stopped', 'stopped: 2026-11-03')).toEqual([
      'stopped: 3 Nov 2026',
      'dejó: 3 nov 2026',
    ]);
    // What the patient wrote stays as it was written.
    expect(factWords('intake.symptoms.freeText', 'in free text: "fell on 2026-11-03"', SPANISH)).toBe(
      'en sus palabras: "fell on 2026-11-03"',
    );
  });

  it('mark a figure of our own as such, apart from one that was recalled', () => {
    const [leading] = assess(sciatica).differential;
    const figures = explain(leading!.statement, 'clinician').because.filter((r) => r.kind === 'evidence');
    const own = figures.filter((r) => r.assumed === true);
    expect(own.map((r) => r.ref)).toContain('parameter/lr-damping-second');
    expect(own.every((r) => r.verified === false && record(r.ref).evidence === 'default')).toBe(true);
    expect(figures.some((r) => r.verified === false && r.assumed === undefined)).toBe(true);
  });
});

describe('triggers and limits', () => {
  it('are said in both languages and levels', () => {
    const made = plan(sciatica, assess(sciatica));
    for (const trigger of made.triggers) {
      expect(explainTrigger(trigger, 'clinician')).toEqual({ when: trigger.when, what: trigger.then });
      const spanish = explainTrigger(trigger, 'patient', { language: 'es' });
      expect(spanish.when.length).toBeGreaterThan(0);
      expect(spanish.what.length).toBeGreaterThan(0);
      expect(spanish.when).not.toBe(trigger.when);
    }
    // Options and their steps too, and what no catalogue has stays as it is.
    const waiting = made.options.find((option) => option.id === 'waiting')!;
    expect(explainTerm('option.waiting', 'patient', { language: 'es' })).toBe('esperar y mirar');
    for (const step of waiting.steps) {
      expect(explainStep(step, 'clinician')).toBe(step);
      expect(explainStep(step, 'patient', { language: 'es' })).not.toBe(step);
    }
    expect(explainStep('call the mayor', 'patient', { language: 'es' })).toBe('call the mayor');
    expect(explainTerm('option.none-such', 'patient')).toBeUndefined();
    const limits = made.limitStatements ?? [];
    expect(limits.map((l) => l.key)).toEqual(['limit.decision-support', 'limit.no-imaging']);
    expect(made.limits).toEqual(limits.map((l) => l.text));
    expect(explain(limits[1]!, 'clinician', { language: 'es' }).text).toBe('No hay imagen.');
  });
});
