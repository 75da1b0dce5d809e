import { z } from 'zod';
import { DISC_LEVELS, NERVE_ROOTS } from './level.ts';

/**
 * The intake file (`foramen analyze --intake`). Every field is optional: what is absent is unknown, never "no".
 * Schema version 1; a file may say so in `schema`. Unknown keys are kept and reported, not dropped.
 */
const yesNo = z.enum(['yes', 'no', 'unknown']);
const side = z.enum(['left', 'right', 'bilateral', 'midline', 'unknown']);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const nrs = z.number().min(0).max(10);
/** Medical Research Council muscle power, 0 to 5. */
const mrc = z.number().min(0).max(5);

const PAIN_REGIONS = [
  'low-back',
  'buttock',
  'groin',
  'anterior-thigh',
  'medial-thigh',
  'lateral-thigh',
  'posterior-thigh',
  'knee',
  'medial-leg',
  'lateral-leg',
  'posterior-calf',
  'dorsum-foot',
  'great-toe',
  'lateral-foot',
  'sole',
  'perineum',
] as const;
export type PainRegion = (typeof PAIN_REGIONS)[number];
const painRegionSchema = z.enum(PAIN_REGIONS);

const symptoms = z.looseObject({
  /** "none" states that the patient has no pain; absent means not asked. */
  pain: z.enum(['none', 'present']).optional(),
  backPainNrs: nrs.optional(),
  legPainNrs: nrs.optional(),
  legPainSide: side.optional(),
  /** Regions of pain, with side where it has one. */
  regions: z
    .array(z.looseObject({ region: painRegionSchema, side: side.optional(), nrs: nrs.optional() }))
    .optional(),
  durationWeeks: z.number().min(0).max(5200).optional(),
  onset: z.enum(['sudden', 'gradual', 'injury', 'unknown']).optional(),
  course: z.enum(['improving', 'stable', 'worsening', 'fluctuating', 'unknown']).optional(),
  numbness: z.array(z.looseObject({ region: painRegionSchema, side: side.optional() })).optional(),
  weaknessReported: yesNo.optional(),
  weaknessProgressive: yesNo.optional(),
  claudication: yesNo.optional(),
  walkingDistanceM: z.number().min(0).max(100000).optional(),
  reliefSitting: yesNo.optional(),
  reliefBendingForward: yesNo.optional(),
  worseStanding: yesNo.optional(),
  worseBendingBackward: yesNo.optional(),
  worseSitting: yesNo.optional(),
  worseCoughing: yesNo.optional(),
  nightPain: yesNo.optional(),
  morningStiffnessMinutes: z.number().min(0).max(1440).optional(),
  improvesWithExercise: yesNo.optional(),
  improvesWithRest: yesNo.optional(),
  alternatingButtockPain: yesNo.optional(),
  saddleNumbness: yesNo.optional(),
  bladderDysfunction: yesNo.optional(),
  urinaryRetention: yesNo.optional(),
  bowelDysfunction: yesNo.optional(),
  sexualDysfunction: yesNo.optional(),
  bilateralLegSymptoms: yesNo.optional(),
  fever: yesNo.optional(),
  weightLoss: yesNo.optional(),
  /** The patient's own words; read for red flags, never the only ground for excluding one. */
  freeText: z.string().max(20000).optional(),
});

const motor = z.looseObject({
  hipFlexion: mrc.optional(),
  kneeExtension: mrc.optional(),
  ankleDorsiflexion: mrc.optional(),
  greatToeExtension: mrc.optional(),
  hipAbduction: mrc.optional(),
  anklePlantarflexion: mrc.optional(),
});
const reflex = z.enum(['normal', 'reduced', 'absent', 'brisk', 'unknown']);

const examination = z.looseObject({
  date: isoDate.optional(),
  straightLegRaise: z
    .looseObject({
      left: z.enum(['positive', 'negative', 'unknown']).optional(),
      right: z.enum(['positive', 'negative', 'unknown']).optional(),
    })
    .optional(),
  crossedStraightLegRaise: z
    .looseObject({
      left: z.enum(['positive', 'negative', 'unknown']).optional(),
      right: z.enum(['positive', 'negative', 'unknown']).optional(),
    })
    .optional(),
  femoralStretch: z
    .looseObject({
      left: z.enum(['positive', 'negative', 'unknown']).optional(),
      right: z.enum(['positive', 'negative', 'unknown']).optional(),
    })
    .optional(),
  motorLeft: motor.optional(),
  motorRight: motor.optional(),
  patellarReflex: z.looseObject({ left: reflex.optional(), right: reflex.optional() }).optional(),
  achillesReflex: z.looseObject({ left: reflex.optional(), right: reflex.optional() }).optional(),
  /** Roots with reduced sensation, by side. */
  sensoryLossLeft: z.array(z.enum(NERVE_ROOTS)).optional(),
  sensoryLossRight: z.array(z.enum(NERVE_ROOTS)).optional(),
  perianalSensation: z.enum(['normal', 'reduced', 'absent', 'unknown']).optional(),
  analTone: z.enum(['normal', 'reduced', 'absent', 'unknown']).optional(),
  postVoidResidualMl: z.number().min(0).max(5000).optional(),
  sacroiliacTestsPositive: z.number().int().min(0).max(6).optional(),
  hipInternalRotationPain: yesNo.optional(),
  pedalPulses: z.enum(['normal', 'reduced', 'absent', 'unknown']).optional(),
  ankleBrachialIndex: z.number().min(0).max(2).optional(),
  wideBasedGait: yesNo.optional(),
  abnormalRomberg: yesNo.optional(),
  thirtySecondExtensionPositive: yesNo.optional(),
  centralisation: yesNo.optional(),
  spinalTenderness: yesNo.optional(),
  clonusOrBabinski: yesNo.optional(),
  pulsatileAbdominalMass: yesNo.optional(),
});

const history = z.looseObject({
  cancer: yesNo.optional(),
  osteoporosis: yesNo.optional(),
  longTermSteroids: yesNo.optional(),
  recentTrauma: z.enum(['none', 'minor', 'severe', 'unknown']).optional(),
  immunosuppression: yesNo.optional(),
  intravenousDrugUse: yesNo.optional(),
  recentInfectionOrProcedure: yesNo.optional(),
  diabetes: yesNo.optional(),
  vascularDisease: yesNo.optional(),
  smoking: z.enum(['never', 'former', 'current', 'unknown']).optional(),
  /** Day of the last cigarette of somebody who has stopped. */
  smokingStopped: isoDate.optional(),
  bmi: z.number().min(10).max(100).optional(),
  egfr: z.number().min(0).max(200).optional(),
  crpMgL: z.number().min(0).max(1000).optional(),
  pregnancy: yesNo.optional(),
  familyBackPain: yesNo.optional(),
  familyMalignantHyperthermia: yesNo.optional(),
  previousSpineSurgery: z
    .array(
      z.looseObject({
        procedure: z.string().max(200),
        level: z.enum(DISC_LEVELS).optional(),
        date: isoDate.optional(),
        outcome: z.enum(['better', 'same', 'worse', 'unknown']).optional(),
      }),
    )
    .optional(),
  priorTreatments: z
    .array(
      z.looseObject({
        treatment: z.string().max(200),
        weeks: z.number().min(0).max(5200).optional(),
        outcome: z.enum(['better', 'same', 'worse', 'unknown']).optional(),
      }),
    )
    .optional(),
  substanceUse: z
    .looseObject({
      personalAlcohol: yesNo.optional(),
      personalIllegal: yesNo.optional(),
      personalPrescription: yesNo.optional(),
      familyAlcohol: yesNo.optional(),
      familyIllegal: yesNo.optional(),
      familyPrescription: yesNo.optional(),
    })
    .optional(),
  psychiatric: z
    .looseObject({ depression: yesNo.optional(), addOcdBipolarSchizophrenia: yesNo.optional() })
    .optional(),
  ulcerOrGiBleed: yesNo.optional(),
  heartFailure: yesNo.optional(),
  sleepApnoea: yesNo.optional(),
  breastfeeding: yesNo.optional(),
  /** Chronic liver disease; with cirrhosis by Child-Pugh class: A mild, B moderate, C severe. */
  liverDisease: z.enum(['none', 'mild', 'moderate', 'severe', 'unknown']).optional(),
  seizures: yesNo.optional(),
  /** A long QT interval that was measured (QTc from 480 ms) or runs in the person. */
  longQt: yesNo.optional(),
  conditions: z.array(z.string().max(200)).optional(),
});

const medication = z.looseObject({
  name: z.string().min(1).max(200),
  doseMg: z.number().min(0).max(100000).optional(),
  perDay: z.number().min(0).max(48).optional(),
  started: isoDate.optional(),
  stopped: isoDate.optional(),
  indication: z.string().max(200).optional(),
});

/** What matters to the patient; weights are elicited, never assumed. */
const goals = z.looseObject({
  statements: z.array(z.string().max(500)).optional(),
  /** 0 (does not matter) to 10 (matters most). */
  weights: z
    .looseObject({
      painRelief: nrs.optional(),
      function: nrs.optional(),
      work: nrs.optional(),
      avoidSurgery: nrs.optional(),
      avoidOpioids: nrs.optional(),
      speed: nrs.optional(),
      lowRisk: nrs.optional(),
      lowCost: nrs.optional(),
    })
    .optional(),
});

/** Item answers, or a total made elsewhere; totals computed by us come from items. */
const questionnaire = z.looseObject({
  instrument: z.string().min(1).max(60),
  date: isoDate.optional(),
  /** Item answers in the instrument's order; null is a missing item. */
  items: z.array(z.number().nullable()).optional(),
  total: z.number().optional(),
});

export const intakeSchema = z.looseObject({
  schema: z.literal('foramen.intake/1').optional(),
  date: isoDate.optional(),
  /** Where the person is seen; sets the base rates of the differential. Absent is unknown, and both are weighed. */
  setting: z.enum(['primary', 'specialist', 'emergency', 'unknown']).optional(),
  person: z
    .looseObject({
      ageYears: z.number().min(0).max(120).optional(),
      birthDate: isoDate.optional(),
      sex: z.enum(['female', 'male', 'unknown']).optional(),
      ancestry: z.enum(['EUR', 'AFR', 'AMR', 'EAS', 'SAS', 'unknown']).optional(),
      occupationLoad: z.enum(['light', 'moderate', 'heavy', 'not-working', 'unknown']).optional(),
      offWorkWeeks: z.number().min(0).max(5200).optional(),
      language: z.string().max(20).optional(),
    })
    .optional(),
  symptoms: symptoms.optional(),
  examination: examination.optional(),
  history: history.optional(),
  medications: z.array(medication).optional(),
  allergies: z.array(z.string().min(1).max(200)).optional(),
  goals: goals.optional(),
  questionnaires: z.array(questionnaire).optional(),
});

export type Intake = z.infer<typeof intakeSchema>;
export type IntakeQuestionnaire = z.infer<typeof questionnaire>;
