import type { RedFlag } from '@foramen/spine';

/** A red-flag question in the patient's words. */
export interface Question {
  /** Name of the sign it answers. */
  readonly sign: string;
  /** Where the answer goes in the case. */
  readonly path: string;
  /** Without its answer the condition cannot be called "not raised". */
  readonly key: boolean;
  readonly en: string;
  readonly es: string;
}

const q = (sign: string, path: string, key: boolean, en: string, es: string): Question => ({
  sign,
  path: `intake.${path}`,
  key,
  en,
  es,
});

/** Signs that are asked only in some people; their silence leaves nothing open. */
export const ABSENT_QUESTIONS: ReadonlySet<string> = new Set();

const QUESTIONS: Readonly<Record<RedFlag['condition'], readonly Question[]>> = {
  'cauda-equina': [
    q(
      'saddle',
      'symptoms.saddleNumbness',
      true,
      'Any numbness or change of feeling between the legs, around the genitals or back passage?',
      '¿Ha perdido sensibilidad entre las piernas, en los genitales o alrededor del ano?',
    ),
    q(
      'bladder',
      'symptoms.bladderDysfunction',
      true,
      'Any new change in how you pass urine, or loss of control?',
      '¿Ha notado algún cambio nuevo al orinar o pérdida de control?',
    ),
    q(
      'retention',
      'symptoms.urinaryRetention',
      true,
      'Is it hard to start passing urine, or can you not feel when your bladder is full?',
      '¿Le cuesta empezar a orinar, o no nota cuándo tiene la vejiga llena?',
    ),
    q(
      'bowel',
      'symptoms.bowelDysfunction',
      true,
      'Any new loss of bowel control, or no feeling when you open your bowels?',
      '¿Ha perdido el control del intestino o no siente al evacuar?',
    ),
    q(
      'sexual',
      'symptoms.sexualDysfunction',
      true,
      'Any new change in sexual function or feeling?',
      '¿Ha notado algún cambio nuevo en la función o la sensibilidad sexual?',
    ),
    q(
      'bilateral',
      'symptoms.bilateralLegSymptoms',
      true,
      'Is there pain, numbness or weakness in both legs?',
      '¿Tiene dolor, adormecimiento o debilidad en las dos piernas?',
    ),
  ],
  'progressive-deficit': [
    q(
      'weakness',
      'symptoms.weaknessReported',
      true,
      'Is a leg or foot weak?',
      '¿Tiene debilidad en una pierna o un pie?',
    ),
    q(
      'progressive',
      'symptoms.weaknessProgressive',
      true,
      'Is the weakness getting worse?',
      '¿La debilidad va a más?',
    ),
    q(
      'power',
      'examination.motorLeft',
      false,
      'Muscle power of both legs has not been examined.',
      'No se ha explorado la fuerza de las dos piernas.',
    ),
  ],
  fracture: [
    q(
      'trauma',
      'history.recentTrauma',
      true,
      'Was there a fall or injury before the pain began?',
      '¿Hubo una caída o un golpe antes del dolor?',
    ),
    q(
      'steroids',
      'history.longTermSteroids',
      true,
      'Have you taken steroid tablets for months or longer?',
      '¿Ha tomado corticoides durante meses o más?',
    ),
    q(
      'osteoporosis',
      'history.osteoporosis',
      true,
      'Has anyone told you that your bones are thin (osteoporosis)?',
      '¿Le han dicho que tiene los huesos débiles (osteoporosis)?',
    ),
    q('age', 'person.ageYears', false, 'Age is not known.', 'No se conoce la edad.'),
  ],
  infection: [
    q(
      'fever',
      'symptoms.fever',
      true,
      'Any fever, chills or sweats?',
      '¿Ha tenido fiebre, escalofríos o sudores?',
    ),
    q(
      'source',
      'history.recentInfectionOrProcedure',
      true,
      'Any recent infection, operation or injection?',
      '¿Ha tenido hace poco una infección, operación o inyección?',
    ),
    q(
      'drugs',
      'history.intravenousDrugUse',
      true,
      'Have you ever injected drugs?',
      '¿Se ha inyectado drogas alguna vez?',
    ),
    q(
      'immune',
      'history.immunosuppression',
      true,
      'Is your immune system weakened by illness or medicine?',
      '¿Tiene las defensas bajas por una enfermedad o un medicamento?',
    ),
  ],
  malignancy: [
    q('cancer', 'history.cancer', true, 'Have you ever had cancer?', '¿Ha tenido cáncer alguna vez?'),
    q(
      'weight',
      'symptoms.weightLoss',
      true,
      'Have you lost weight without trying?',
      '¿Ha perdido peso sin proponérselo?',
    ),
    q(
      'night',
      'symptoms.nightPain',
      false,
      'Does the pain wake you at night?',
      '¿El dolor le despierta por la noche?',
    ),
  ],
  vascular: [
    q(
      'mass',
      'examination.pulsatileAbdominalMass',
      false,
      'The abdomen has not been examined for a pulsating mass.',
      'No se ha explorado si hay una masa pulsátil en el abdomen.',
    ),
    q(
      'disease',
      'history.vascularDisease',
      true,
      'Any disease of the arteries or the aorta?',
      '¿Tiene alguna enfermedad de las arterias o la aorta?',
    ),
    q(
      'pulses',
      'examination.pedalPulses',
      false,
      'Foot pulses have not been examined.',
      'No se han explorado los pulsos de los pies.',
    ),
  ],
  inflammatory: [
    q(
      'stiffness',
      'symptoms.morningStiffnessMinutes',
      true,
      'How many minutes is your back stiff in the morning?',
      '¿Cuántos minutos tiene rígida la espalda por la mañana?',
    ),
    q(
      'exercise',
      'symptoms.improvesWithExercise',
      true,
      'Does the pain get better when you move?',
      '¿Mejora el dolor cuando se mueve?',
    ),
    q(
      'rest',
      'symptoms.improvesWithRest',
      false,
      'Does the pain get better when you rest?',
      '¿Mejora el dolor cuando descansa?',
    ),
    q(
      'night',
      'symptoms.nightPain',
      true,
      'Does the pain wake you at night?',
      '¿El dolor le despierta por la noche?',
    ),
    q(
      'alternating',
      'symptoms.alternatingButtockPain',
      false,
      'Does the pain change from one buttock to the other?',
      '¿El dolor cambia de una nalga a la otra?',
    ),
  ],
};

export function questionsOf(condition: RedFlag['condition']): readonly Question[] {
  return QUESTIONS[condition];
}

/** Every red-flag question once, for a form; in the order of danger. */
export const RED_FLAG_QUESTIONS: readonly Question[] = Object.values(QUESTIONS)
  .flat()
  .filter((question, i, all) => all.findIndex((o) => o.path === question.path) === i);
