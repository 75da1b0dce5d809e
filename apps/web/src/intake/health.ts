import { DISC_LEVELS } from '@foramen/spine';
import { choice, label, NOT_SURE, number, OUTCOMES, option, type Section, yesNo } from './fields.ts';

/** What the person had before: illnesses that bear on the back or on a drug, operations and treatments so far. */
export const HISTORY: Section = {
  id: 'history',
  title: label('Your health', 'Su salud'),
  fields: [
    yesNo('history.cancer', 'Have you ever had cancer?', '¿Ha tenido cáncer alguna vez?'),
    yesNo('history.osteoporosis', 'Do you have thin bones (osteoporosis)?', '¿Tiene osteoporosis?'),
    yesNo(
      'history.longTermSteroids',
      'Have you taken steroid tablets for months?',
      '¿Ha tomado corticoides durante meses?',
    ),
    yesNo(
      'history.immunosuppression',
      'Are your defences low, by illness or medicine?',
      '¿Tiene las defensas bajas?',
    ),
    yesNo('history.intravenousDrugUse', 'Have you ever injected drugs?', '¿Se ha inyectado drogas?'),
    yesNo(
      'history.recentInfectionOrProcedure',
      'Have you had an infection, surgery or a shot not long ago?',
      '¿Tuvo hace poco una infección, un pinchazo o le han operado?',
    ),
    yesNo('history.diabetes', 'Diabetes?', '¿Diabetes?'),
    yesNo(
      'history.vascularDisease',
      'Illness of the arteries or the aorta?',
      '¿Enfermedad de las arterias o la aorta?',
    ),
    yesNo('history.heartFailure', 'Weak heart (heart failure)?', '¿Insuficiencia cardíaca?'),
    yesNo(
      'history.ulcerOrGiBleed',
      'Stomach ulcer, or bleeding from it?',
      '¿Ha tenido úlcera o sangre del estómago?',
    ),
    yesNo('history.sleepApnoea', 'Do you stop breathing in your sleep?', '¿Deja de respirar al dormir?'),
    yesNo('history.pregnancy', 'Are you pregnant?', '¿Está embarazada?'),
    yesNo('history.breastfeeding', 'Do you breastfeed?', '¿Da el pecho?'),
    yesNo('history.seizures', 'Have you ever had a fit (seizure)?', '¿Ha tenido alguna vez convulsiones?'),
    yesNo(
      'history.longQt',
      'Has a heart tracing shown a long QT?',
      '¿Le han visto un QT largo en el electro?',
    ),
    choice('history.liverDisease', 'Is your liver ill?', '¿Está enfermo del hígado?', [
      option('none', 'No', 'No'),
      option('mild', 'A little', 'Un poco'),
      option('moderate', 'Scarred (cirrhosis)', 'Con cicatrices (cirrosis)'),
      option('severe', 'It fails', 'Falla'),
      NOT_SURE,
    ]),
    choice('history.smoking', 'Do you smoke?', '¿Fuma?', [
      option('never', 'Never have', 'Nunca'),
      option('former', 'I stopped', 'Lo dejé'),
      option('current', 'Yes', 'Sí'),
      NOT_SURE,
    ]),
    {
      kind: 'date',
      path: 'history.smokingStopped',
      label: label('If you stopped: your last smoke', 'Si lo dejó: el último cigarrillo'),
    },
    yesNo('history.familyBackPain', 'Back pain in the family?', '¿Dolor de espalda en la familia?'),
    yesNo(
      'history.familyMalignantHyperthermia',
      'Has anyone in your family been very ill from being put to sleep?',
      '¿Alguien de su familia se puso muy mal con la anestesia?',
    ),
    {
      kind: 'rows',
      path: 'history.previousSpineSurgery',
      label: label('Operations on your back', 'Operaciones de espalda'),
      add: label('Add an operation', 'Añadir una operación'),
      columns: [
        { kind: 'text', path: 'procedure', max: 200, label: label('What', 'Qué') },
        choice(
          'level',
          'Level',
          'Nivel',
          DISC_LEVELS.map((level) => option(level, level, level)),
        ),
        { kind: 'date', path: 'date', label: label('When', 'Cuándo') },
        choice('outcome', 'After it', 'Después', OUTCOMES),
      ],
    },
    {
      kind: 'rows',
      path: 'history.priorTreatments',
      label: label('What has been tried', 'Lo que se ha probado'),
      add: label('Add a treatment', 'Añadir un tratamiento'),
      columns: [
        { kind: 'text', path: 'treatment', max: 200, label: label('What', 'Qué') },
        number('weeks', [0, 5200], 'weeks', 'How long', 'Cuánto tiempo'),
        choice('outcome', 'After it', 'Después', OUTCOMES),
      ],
    },
    {
      kind: 'lines',
      path: 'history.conditions',
      max: 200,
      label: label('Other illnesses, one a line', 'Otras enfermedades, una por línea'),
    },
  ],
};
