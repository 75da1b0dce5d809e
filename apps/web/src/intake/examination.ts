import { NERVE_ROOTS } from '@foramen/spine';
import { choice, type Field, label, number, option, type Section, yesNo } from './fields.ts';

const SIGN = [
  option('positive', 'Positive', 'Positivo'),
  option('negative', 'Negative', 'Negativo'),
  option('unknown', 'Not sure', 'No lo sé'),
];
const REFLEX = [
  option('normal', 'Normal', 'Normal'),
  option('reduced', 'Reduced', 'Disminuido'),
  option('absent', 'Absent', 'Ausente'),
  option('brisk', 'Brisk', 'Vivo'),
  option('unknown', 'Not sure', 'No lo sé'),
];
const SENSE = [
  option('normal', 'Normal', 'Normal'),
  option('reduced', 'Reduced', 'Disminuida'),
  option('absent', 'Absent', 'Ausente'),
  option('unknown', 'Not sure', 'No lo sé'),
];
const ROOTS = NERVE_ROOTS.map((root) => option(root, root, root));

const MUSCLES = [
  ['hipFlexion', 'hip flexion (L2)', 'flexión de cadera (L2)'],
  ['kneeExtension', 'knee extension (L3)', 'extensión de rodilla (L3)'],
  ['ankleDorsiflexion', 'ankle dorsiflexion (L4, L5)', 'flexión dorsal del pie (L4, L5)'],
  ['greatToeExtension', 'great toe extension (L5)', 'extensión del dedo gordo (L5)'],
  ['hipAbduction', 'hip abduction (L5)', 'abducción de cadera (L5)'],
  ['anklePlantarflexion', 'ankle plantarflexion (S1)', 'flexión plantar (S1)'],
] as const;

/** Both sides of a sign, right first as it is seen in front of the examiner. */
const both = (path: string, en: string, es: string, options: typeof SIGN): readonly Field[] => [
  choice(`examination.${path}.right`, `${en}, right`, `${es}, derecha`, options),
  choice(`examination.${path}.left`, `${en}, left`, `${es}, izquierda`, options),
];
const power = (side: 'Right' | 'Left', en: string, es: string): readonly Field[] =>
  MUSCLES.map(([muscle, name, nombre]) =>
    number(
      `examination.motor${side}.${muscle}`,
      [0, 5],
      'MRC',
      `Power, ${en}: ${name}`,
      `Fuerza, ${es}: ${nombre}`,
    ),
  );

/** What is found on examination and measured: for clinicians, in their words. */
export const EXAMINATION: Section = {
  id: 'examination',
  title: label('Examination and results', 'Exploración y resultados'),
  clinical: true,
  fields: [
    { kind: 'date', path: 'examination.date', label: label('Examined on', 'Fecha de la exploración') },
    choice('setting', 'Seen in', 'Lugar de atención', [
      option('primary', 'Primary care', 'Atención primaria'),
      option('specialist', 'Specialist clinic', 'Consulta especializada'),
      option('emergency', 'Emergency department', 'Urgencias'),
      option('unknown', 'Not sure', 'No lo sé'),
    ]),
    ...both('straightLegRaise', 'Straight leg raise', 'Elevación de la pierna recta', SIGN),
    ...both('crossedStraightLegRaise', 'Crossed straight leg raise', 'Elevación cruzada', SIGN),
    ...both('femoralStretch', 'Femoral stretch', 'Estiramiento femoral', SIGN),
    ...power('Right', 'right', 'derecha'),
    ...power('Left', 'left', 'izquierda'),
    ...both('patellarReflex', 'Patellar reflex', 'Reflejo rotuliano', REFLEX),
    ...both('achillesReflex', 'Achilles reflex', 'Reflejo aquíleo', REFLEX),
    {
      kind: 'several',
      path: 'examination.sensoryLossRight',
      options: ROOTS,
      label: label('Reduced sensation, right', 'Sensibilidad disminuida, derecha'),
    },
    {
      kind: 'several',
      path: 'examination.sensoryLossLeft',
      options: ROOTS,
      label: label('Reduced sensation, left', 'Sensibilidad disminuida, izquierda'),
    },
    choice('examination.perianalSensation', 'Perianal sensation', 'Sensibilidad perianal', SENSE),
    choice('examination.analTone', 'Anal tone', 'Tono anal', SENSE),
    number('examination.postVoidResidualMl', [0, 5000], 'ml', 'Post-void residual', 'Residuo posmiccional'),
    number(
      'examination.sacroiliacTestsPositive',
      [0, 6],
      'of 6',
      'Sacroiliac provocation tests positive',
      'Pruebas sacroilíacas positivas',
    ),
    yesNo(
      'examination.hipInternalRotationPain',
      'Pain on internal rotation of the hip',
      'Dolor con la rotación interna de la cadera',
    ),
    choice('examination.pedalPulses', 'Pedal pulses', 'Pulsos pedios', SENSE),
    number(
      'examination.ankleBrachialIndex',
      [0, 2],
      undefined,
      'Ankle-brachial index',
      'Índice tobillo-brazo',
    ),
    yesNo('examination.wideBasedGait', 'Wide-based gait', 'Marcha con base amplia'),
    yesNo('examination.abnormalRomberg', 'Abnormal Romberg', 'Romberg anormal'),
    yesNo(
      'examination.thirtySecondExtensionPositive',
      'Thigh pain on 30 seconds of extension',
      'Dolor del muslo tras 30 segundos en extensión',
    ),
    yesNo('examination.centralisation', 'Centralisation', 'Centralización'),
    yesNo('examination.spinalTenderness', 'Spinal tenderness', 'Dolor a la presión en la columna'),
    yesNo('examination.clonusOrBabinski', 'Clonus or Babinski', 'Clonus o Babinski'),
    yesNo('examination.pulsatileAbdominalMass', 'Pulsatile abdominal mass', 'Masa abdominal pulsátil'),
    number('history.bmi', [10, 100], 'kg/m²', 'Body mass index', 'Índice de masa corporal'),
    number('history.egfr', [0, 200], 'ml/min/1.73 m²', 'Kidney function (eGFR)', 'Función renal (FGe)'),
    number('history.crpMgL', [0, 1000], 'mg/l', 'C-reactive protein', 'Proteína C reactiva'),
  ],
};
