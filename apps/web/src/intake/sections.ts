import { WORDS } from '../aid/aid-words.ts';
import { EXAMINATION } from './examination.ts';
import { choice, type Field, label, NOT_SURE, number, option, type Section, SIDES, yesNo } from './fields.ts';
import { HISTORY } from './health.ts';
import { SUBSTANCES } from './substances.ts';

const goal = (path: string, name: keyof (typeof WORDS)['en']['goal']): Field => ({
  kind: 'scale',
  path: `goals.weights.${path}`,
  label: label(WORDS.en.goal[name], WORDS.es.goal[name]),
  ends: [label('does not matter', 'no me importa'), label('matters most', 'lo más importante')],
});

const WARNING_SIGNS: Section = {
  id: 'signs',
  title: label('Signs that must not wait', 'Señales que no pueden esperar'),
  hint: label(
    'Say no as well: a question left open is asked again.',
    'Marque también los «no»: lo que quede abierto se volverá a preguntar.',
  ),
  fields: [
    yesNo(
      'symptoms.saddleNumbness',
      'Is it numb between your legs, or around your back passage?',
      '¿Tiene dormida la zona entre las piernas o alrededor del ano?',
    ),
    yesNo(
      'symptoms.bladderDysfunction',
      'Do you leak urine, or has the way you pass it changed?',
      '¿Se le escapa la orina, o ha cambiado su forma de orinar?',
    ),
    yesNo(
      'symptoms.urinaryRetention',
      'Is it hard to start passing urine, or can you not feel when your bladder is full?',
      '¿Le cuesta empezar a orinar, o no nota la vejiga llena?',
    ),
    yesNo(
      'symptoms.bowelDysfunction',
      'Have you lost control of your bowels?',
      '¿Ha perdido el control del intestino?',
    ),
    yesNo(
      'symptoms.sexualDysfunction',
      'Is there a new loss of feeling or function in sex?',
      '¿Ha perdido sensación o función sexual hace poco?',
    ),
    yesNo(
      'symptoms.bilateralLegSymptoms',
      'Is there pain, numbness or weakness in both legs?',
      '¿Tiene dolor, adormecimiento o debilidad en las dos piernas?',
    ),
    yesNo('symptoms.weaknessReported', 'Is a leg or foot weak?', '¿Tiene débil una pierna o un pie?'),
    yesNo('symptoms.weaknessProgressive', 'Is the weakness getting worse?', '¿La debilidad va a más?'),
    yesNo(
      'symptoms.fever',
      'Do you have a fever, chills or sweats?',
      '¿Tiene fiebre, frío con temblor o suda mucho?',
    ),
    yesNo('symptoms.weightLoss', 'Have you lost weight without trying?', '¿Ha perdido peso sin querer?'),
    choice(
      'history.recentTrauma',
      'Was there a fall or a blow before the pain began?',
      '¿Hubo una caída o un golpe antes del dolor?',
      [
        option('none', 'No', 'No'),
        option('minor', 'A small one', 'Pequeño'),
        option('severe', 'A bad one', 'Fuerte'),
        NOT_SURE,
      ],
    ),
  ],
};

const PAIN: Section = {
  id: 'pain',
  title: label('Your pain', 'Su dolor'),
  fields: [
    choice('symptoms.pain', 'Do you have pain?', '¿Tiene dolor?', [
      option('present', 'Yes', 'Sí'),
      option('none', 'No', 'No'),
    ]),
    {
      kind: 'scale',
      path: 'symptoms.backPainNrs',
      label: label('Back pain, last week', 'Dolor de espalda, última semana'),
      ends: [label('no pain', 'sin dolor'), label('the worst', 'el peor')],
    },
    {
      kind: 'scale',
      path: 'symptoms.legPainNrs',
      label: label('Leg pain, last week', 'Dolor de pierna, última semana'),
      ends: [label('no pain', 'sin dolor'), label('the worst', 'el peor')],
    },
    choice('symptoms.legPainSide', 'Which leg?', '¿Qué pierna?', [...SIDES, NOT_SURE]),
    {
      kind: 'places',
      path: 'symptoms.regions',
      also: 'symptoms.numbness',
      label: label('Where does it hurt, and where is it numb?', '¿Dónde duele y dónde está dormido?'),
    },
    number(
      'symptoms.durationWeeks',
      [0, 5200],
      'weeks',
      'For how many weeks?',
      '¿Desde hace cuántas semanas?',
    ),
    choice('symptoms.onset', 'How did it begin?', '¿Cómo empezó?', [
      option('sudden', 'At once', 'De golpe'),
      option('gradual', 'Slowly', 'Poco a poco'),
      option('injury', 'With an injury', 'Con una lesión'),
      NOT_SURE,
    ]),
    choice('symptoms.course', 'How is it going?', '¿Cómo va?', [
      option('improving', 'Better', 'Mejor'),
      option('stable', 'The same', 'Igual'),
      option('worsening', 'Worse', 'Peor'),
      option('fluctuating', 'Up and down', 'Va y viene'),
      NOT_SURE,
    ]),
    yesNo('symptoms.worseSitting', 'Worse when you sit?', '¿Peor al estar sentado?'),
    yesNo('symptoms.worseStanding', 'Worse when you stand?', '¿Peor de pie?'),
    yesNo('symptoms.worseCoughing', 'Worse when you cough or strain?', '¿Peor al toser o hacer fuerza?'),
    yesNo('symptoms.worseBendingBackward', 'Worse when you bend back?', '¿Peor al echarse hacia atrás?'),
    yesNo('symptoms.reliefSitting', 'Better when you sit down?', '¿Mejor al sentarse?'),
    yesNo(
      'symptoms.reliefBendingForward',
      'Better when you bend forward?',
      '¿Mejor si se echa hacia delante?',
    ),
    yesNo(
      'symptoms.claudication',
      'Do pain or numbness in the legs stop you when you walk?',
      '¿Debe parar al andar por dolor o adormecimiento de las piernas?',
    ),
    number('symptoms.walkingDistanceM', [0, 100000], 'm', 'How far can you walk?', '¿Cuánto puede andar?'),
    yesNo('symptoms.nightPain', 'Does it wake you at night?', '¿Le despierta por la noche?'),
    number(
      'symptoms.morningStiffnessMinutes',
      [0, 1440],
      'min',
      'How long is your back stiff in the morning?',
      '¿Cuánto tiempo tiene la espalda rígida por la mañana?',
    ),
    yesNo('symptoms.improvesWithExercise', 'Better when you move?', '¿Mejor al moverse?'),
    yesNo('symptoms.improvesWithRest', 'Better when you rest?', '¿Mejor al descansar?'),
    yesNo(
      'symptoms.alternatingButtockPain',
      'Does it move from one buttock to the other?',
      '¿Cambia de una nalga a la otra?',
    ),
    {
      kind: 'text',
      path: 'symptoms.freeText',
      max: 20000,
      long: true,
      label: label('In your own words', 'Con sus palabras'),
    },
  ],
};

const PERSON: Section = {
  id: 'person',
  title: label('About you', 'Sobre usted'),
  fields: [
    { kind: 'date', path: 'date', label: label('Day of these answers', 'Fecha de estas respuestas') },
    number('person.ageYears', [0, 120], 'years', 'Age', 'Edad'),
    { kind: 'date', path: 'person.birthDate', label: label('Date of birth', 'Fecha de nacimiento') },
    choice('person.sex', 'Sex', 'Sexo', [
      option('female', 'Female', 'Mujer'),
      option('male', 'Male', 'Hombre'),
      NOT_SURE,
    ]),
    choice('person.occupationLoad', 'How heavy is your work?', '¿Cómo es de pesado su trabajo?', [
      option('light', 'Light', 'Ligero'),
      option('moderate', 'Medium', 'Medio'),
      option('heavy', 'Heavy', 'Pesado'),
      option('not-working', 'I do not work', 'No trabajo'),
      NOT_SURE,
    ]),
    number(
      'person.offWorkWeeks',
      [0, 5200],
      'weeks',
      'Weeks off work with this pain',
      'Semanas de baja por este dolor',
    ),
    choice(
      'person.ancestry',
      'Where your family comes from (used for genes alone)',
      'Origen de su familia (solo para los genes)',
      [
        option('EUR', 'Europe', 'Europa'),
        option('AFR', 'Africa', 'África'),
        option('AMR', 'Latin America', 'América Latina'),
        option('EAS', 'East Asia', 'Asia oriental'),
        option('SAS', 'South Asia', 'Asia del sur'),
        NOT_SURE,
      ],
    ),
    choice('person.language', 'Language', 'Idioma', [
      option('en', 'English', 'Inglés'),
      option('es', 'Spanish', 'Español'),
    ]),
  ],
};

const MEDICINES: Section = {
  id: 'medicines',
  title: label('Medicines', 'Medicinas'),
  fields: [
    {
      kind: 'rows',
      path: 'medications',
      label: label('What you take', 'Lo que toma'),
      add: label('Add a medicine', 'Añadir una medicina'),
      columns: [
        { kind: 'text', path: 'name', max: 200, label: label('Name', 'Nombre') },
        number('doseMg', [0, 100000], 'mg', 'Dose', 'Dosis'),
        number('perDay', [0, 48], undefined, 'Times a day', 'Veces al día'),
        { kind: 'text', path: 'indication', max: 200, label: label('For', 'Para') },
        { kind: 'date', path: 'started', label: label('Since', 'Desde') },
        { kind: 'date', path: 'stopped', label: label('Stopped', 'Hasta') },
      ],
    },
    {
      kind: 'lines',
      path: 'allergies',
      max: 200,
      label: label('Allergies, one a line', 'Alergias, una por línea'),
    },
    ...SUBSTANCES,
    yesNo('history.psychiatric.depression', 'Have you had depression?', '¿Ha tenido depresión?'),
    yesNo(
      'history.psychiatric.addOcdBipolarSchizophrenia',
      'ADHD, OCD, bipolar illness or schizophrenia?',
      '¿TDAH, TOC, trastorno bipolar o esquizofrenia?',
    ),
  ],
};

const GOALS: Section = {
  id: 'goals',
  title: label('What matters to you', 'Lo que le importa'),
  hint: label(
    'The plan is ranked by this. What you leave open is not guessed.',
    'El plan se ordena según esto. Lo que deje abierto no se supone.',
  ),
  fields: [
    {
      kind: 'lines',
      path: 'goals.statements',
      max: 500,
      label: label('What do you want to do again? One a line.', '¿Qué quiere volver a hacer? Una por línea.'),
    },
    goal('painRelief', 'painRelief'),
    goal('function', 'function'),
    goal('work', 'work'),
    goal('avoidSurgery', 'avoidSurgery'),
    goal('avoidOpioids', 'avoidOpioids'),
    goal('speed', 'speed'),
    goal('lowRisk', 'lowRisk'),
    goal('lowCost', 'lowCost'),
  ],
};

const QUESTIONNAIRES: Section = {
  id: 'questionnaires',
  title: label('Questionnaires', 'Cuestionarios'),
  hint: label(
    'The texts belong to their owners: take the items from your own copy.',
    'Los textos tienen dueño: use las preguntas de su propia copia.',
  ),
  fields: [
    { kind: 'questionnaires', path: 'questionnaires', label: label('Questionnaires', 'Cuestionarios') },
  ],
};

/** The whole form, in the order it is asked: dangers first. A test holds it against the schema of the intake, field by field. */
export const SECTIONS: readonly Section[] = [
  WARNING_SIGNS,
  PAIN,
  PERSON,
  HISTORY,
  MEDICINES,
  GOALS,
  QUESTIONNAIRES,
  EXAMINATION,
];
