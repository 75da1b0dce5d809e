import type { DecisionAid } from '@foramen/care';
import { ahead } from '../frame/figures.ts';

export type Language = 'en' | 'es';
type Goal = DecisionAid['values'][number]['goal'];
type Outcome = DecisionAid['options'][number]['icons'][number]['outcome'];

interface Words {
  readonly forYou: string;
  /** The day on which it was judged: a sheet of paper outlives its advice. */
  readonly asOf: string;
  readonly whatWeFound: string;
  readonly commonWithoutPain: (age: number | null) => string;
  readonly goodToKnow: string;
  readonly yourChoice: string;
  readonly options: string;
  readonly inWeeks: (weeks: number) => string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly between: (low: number, high: number) => string;
  readonly earlyLater: string;
  readonly matters: string;
  readonly mattersHelp: string;
  readonly goal: Readonly<Record<Goal, string>>;
  readonly notAsked: string;
  readonly fits: string;
  readonly notSaved: string;
  readonly save: string;
  readonly saved: string;
  readonly failed: string;
  readonly ownWords: string;
  readonly questions: string;
  readonly how: string;
  readonly print: string;
  readonly gate: string;
  /** Nothing hurts: nothing to choose. */
  readonly well: string;
  readonly notYet: string;
  readonly why: string;
  readonly page: string;
}

/** What the pages for patients say around the statements of `care/`: short words, one idea a sentence. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    forYou: 'What this means for you',
    asOf: 'As of',
    whatWeFound: 'What your scan shows',
    commonWithoutPain: (age) =>
      age === null
        ? 'How many of 100 people without pain have this too'
        : `How many of 100 people of about ${age} without pain have this too`,
    goodToKnow: 'Good to know',
    yourChoice: 'Your choice',
    options: 'What each option may bring',
    inWeeks: (weeks) => `after ${ahead(weeks)}`,
    outcome: {
      better: 'have 2 points less pain or more (of 10)',
      harm: 'are harmed',
      reoperation: 'need surgery again',
    },
    between: (low, high) => (low === high ? '' : `It may be from ${low} to ${high}.`),
    earlyLater: 'Have surgery now, or wait?',
    matters: 'What matters to you?',
    mattersHelp: '0 does not matter. 10 matters most. The list below changes as you move them.',
    goal: {
      painRelief: 'Less pain',
      function: 'Do daily things',
      work: 'Go back to work',
      avoidSurgery: 'No surgery',
      avoidOpioids: 'No opioid pills',
      speed: 'Get better fast',
      lowRisk: 'Low risk',
      lowCost: 'Low cost',
    },
    notAsked: 'not asked yet',
    fits: 'Fits what you said, best first',
    notSaved: 'These marks are not saved.',
    save: 'Save to the record',
    saved: 'Saved. The plan is being made anew.',
    failed: 'This was not saved. Try again.',
    ownWords: 'In your own words',
    questions: 'How this aid meets the international standard (IPDAS)',
    how: 'How sure is this?',
    print: 'Print',
    gate: 'This is not a time to choose. You need to be seen first.',
    well: 'You told us that nothing hurts. There is nothing to choose now.',
    notYet: 'There is no plan yet. First fill in the form.',
    why: 'Why?',
    page: 'Decision aid',
  },
  es: {
    forYou: 'Qué quiere decir para usted',
    asOf: 'A fecha de',
    whatWeFound: 'Qué muestra su imagen',
    commonWithoutPain: (age) =>
      age === null
        ? 'Cuántas de 100 personas sin dolor también lo tienen'
        : `Cuántas de 100 personas de unos ${age} años sin dolor también lo tienen`,
    goodToKnow: 'Bueno saber',
    yourChoice: 'Su decisión',
    options: 'Qué puede dar cada opción',
    inWeeks: (weeks) => `tras ${ahead(weeks, 'es')}`,
    outcome: {
      better: 'tienen 2 puntos menos de dolor o más (de 10)',
      harm: 'sufren un daño',
      reoperation: 'se operan otra vez',
    },
    between: (low, high) => (low === high ? '' : `Puede ser de ${low} a ${high}.`),
    earlyLater: '¿Operar pronto o más tarde?',
    matters: '¿Qué le importa a usted?',
    mattersHelp: '0 no importa. 10 importa mucho. La lista cambia cuando usted los mueve.',
    goal: {
      painRelief: 'Menos dolor',
      function: 'Hacer la vida diaria',
      work: 'Volver al trabajo',
      avoidSurgery: 'Sin operación',
      avoidOpioids: 'Sin opioides',
      speed: 'Mejorar rápido',
      lowRisk: 'Poco riesgo',
      lowCost: 'Poco gasto',
    },
    notAsked: 'aún sin preguntar',
    fits: 'Encaja con lo que dijo, lo mejor primero',
    notSaved: 'Estas marcas no se guardan.',
    save: 'Guardar en la historia',
    saved: 'Guardado. El plan se hace de nuevo.',
    failed: 'No se guardó. Pruebe otra vez.',
    ownWords: 'Con sus palabras',
    questions: 'Cómo cumple esta ayuda la norma internacional (IPDAS)',
    how: '¿Qué tan seguro es?',
    print: 'Imprimir',
    gate: 'No es momento de elegir. Primero le tienen que ver.',
    well: 'Nos dijo que nada le duele. Ahora no hay nada que elegir.',
    notYet: 'Aún no hay plan. Primero rellene el cuestionario.',
    why: '¿Por qué?',
    page: 'Ayuda para decidir',
  },
};
