/** What a card of the patient's page says: a heading and one or two plain sentences. */
interface CardWords {
  readonly title: string;
  readonly text: string;
}

export type CardKind = 'avoid' | 'change' | 'same' | 'part' | 'open';

/** The patient's page in one language: short words, short sentences, about grade 6. */
export interface PatientWords {
  /** BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly forWhom: string;
  readonly genes: string;
  readonly doNotChange: string;
  readonly doNotChangeMore: string;
  readonly surgery: string;
  readonly surgeryMore: string;
  readonly slowed: string;
  readonly slowedMore: string;
  readonly cards: Readonly<Record<CardKind, CardWords>>;
  readonly cannotTell: string;
  readonly cannotTellList: readonly string[];
  readonly doNow: string;
  readonly doNowList: readonly string[];
  readonly footer: string;
  /** What the groups of medicines are for, in the order of the page. */
  readonly uses: readonly string[];
}

export const PATIENT_EN: PatientWords = {
  language: 'en',
  title: 'Your genes and your medicines',
  forWhom: 'For',
  genes:
    'Your genes are like a set of notes in your body. Some of them tell your body how to use medicines. This page shows what your test found.',
  doNotChange: 'Do not start, stop or change a medicine because of this page.',
  doNotChangeMore: 'Show it to your doctor or pharmacist. They will help you choose.',
  surgery: 'Tell every doctor before you have surgery.',
  surgeryMore:
    'Some sleep medicines can make your body get much too hot. This can be very dangerous. There are other ones that do not do this. Your family should be checked too.',
  slowed: 'A medicine you take now changes how your body works on others.',
  slowedMore:
    'It slows down a helper in your liver. Because of this, some pain pills may not work for you, or may be too strong. Do not stop any medicine on your own. Ask your doctor first.',
  cards: {
    avoid: {
      title: 'Talk first',
      text: 'These may not work well for you, or may harm you. There are often other choices. Ask before you take one.',
    },
    change: {
      title: 'A different dose may be best',
      text: 'You may be able to take these. You may need more or less than other people, or more check-ups.',
    },
    same: {
      title: 'No change from your genes',
      text: 'Your test gives no reason to change these. Other things still matter, such as your age, your kidneys and your other medicines.',
    },
    part: {
      title: 'No change so far',
      text: 'We found no reason to change these. But some of the genes were not tested, or could not be read in full. So we are not sure. A fuller test could show more.',
    },
    open: {
      title: 'We do not know yet',
      text: 'The genes for these were not tested, could not be read, or do not tell enough. That does not mean these are fine. It means we do not know.',
    },
  },
  cannotTell: 'What this test cannot tell you',
  cannotTellList: [
    'It cannot tell how much pain you will have, or if your back will heal.',
    'It cannot tell if you will become addicted to a medicine. No gene test can do that well.',
    'It does not find every change in your genes.',
    'If we found nothing on surgery medicines, you can still react badly to one. Tell your doctor if you or your family had trouble with them.',
  ],
  doNow: 'What to do now',
  doNowList: [
    'Keep this page. Your genes stay the same all your life.',
    'Show it to each doctor, dentist and pharmacist.',
    'Tell them all the medicines you take, even ones from the shop.',
    'Your parents, children, brothers and sisters may share some of these genes. You choose if you want to tell them.',
  ],
  footer: 'This page helps you and your doctor talk. It does not take the place of your doctor.',
  uses: [
    'Strong pain pills (opioids)',
    'Pain and swelling pills',
    'Nerve pain and mood pills',
    'Medicines for surgery',
    'Medicines for upset stomach',
    'Blood thinners',
  ],
};

export const PATIENT_ES: PatientWords = {
  language: 'es',
  title: 'Sus genes y sus medicinas',
  forWhom: 'Para',
  genes:
    'Sus genes son como notas dentro del cuerpo. Unas le dicen al cuerpo cómo usar las medicinas. En esta hoja está lo que vio su prueba.',
  doNotChange: 'No empiece, deje ni cambie una medicina por esta hoja.',
  doNotChangeMore: 'Lleve la hoja a su médico o a su farmacia. Le van a ayudar a elegir.',
  surgery: 'Antes de que le operen, avise a todos sus médicos.',
  surgeryMore:
    'Hay medicinas para dormir que pueden subir mucho el calor del cuerpo. Es un gran peligro. Hay otras que no lo hacen. Su familia también debe hacerse la prueba.',
  slowed: 'Una medicina que toma ahora cambia lo que hacen otras.',
  slowedMore:
    'Frena el trabajo del hígado. Por eso, unas pastillas para el dolor pueden no hacerle nada, o hacerle demasiado. No deje una medicina por su cuenta. Hable antes con su médico.',
  cards: {
    avoid: {
      title: 'Pregunte antes',
      text: 'Estas pueden no irle bien, o hacerle daño. Casi siempre hay otras. Pregunte antes de tomar una.',
    },
    change: {
      title: 'Quizá otra dosis',
      text: 'Puede que estas le sirvan. Quizá tome más o menos que los demás, o le vean más a menudo.',
    },
    same: {
      title: 'Sin cambio por sus genes',
      text: 'Su prueba no da motivo para cambiar estas. Cuentan más cosas: su edad, sus riñones y lo demás que toma.',
    },
    part: {
      title: 'Por ahora, sin cambio',
      text: 'No vimos motivo para cambiar estas. Pero no se miraron todos los genes, o no se leyeron del todo. Otra prueba más larga puede decir más.',
    },
    open: {
      title: 'Aún no se sabe',
      text: 'Los genes de estas no se miraron, no se leyeron o no dicen lo que hace falta. Eso no quiere decir que le vayan bien. Quiere decir que no se sabe.',
    },
  },
  cannotTell: 'Lo que esta prueba no dice',
  cannotTellList: [
    'No dice cuánto le va a doler, ni si su espalda va a sanar.',
    'No dice si se va a enganchar a una medicina. No hay prueba de genes que lo diga bien.',
    'No ve todos los cambios de sus genes.',
    'Si no se vio nada en las medicinas para operar, aún puede sentarle mal una. Diga si a usted o a su familia les fue mal con ellas.',
  ],
  doNow: 'Qué hacer ahora',
  doNowList: [
    'Guarde esta hoja. Sus genes no cambian en toda la vida.',
    'Lleve la hoja a cada médico, al dentista y a la farmacia.',
    'Diga todo lo que toma, también lo que compra por su cuenta.',
    'Sus padres, hijos y hermanos pueden tener los mismos genes. Usted elige si se lo cuenta.',
  ],
  footer: 'Esta hoja es para hablar con su médico. No hace las veces de su médico.',
  uses: [
    'Pastillas fuertes para el dolor (opioides)',
    'Pastillas para el dolor y la hinchazón',
    'Pastillas para los nervios y el ánimo',
    'Medicinas para operar',
    'Medicinas para el estómago',
    'Medicinas para que la sangre no se espese',
  ],
};

const BY_LANGUAGE: ReadonlyMap<string, PatientWords> = new Map(
  [PATIENT_EN, PATIENT_ES].map((words) => [words.language, words]),
);

/** Languages the patient's page is written in. */
export const PATIENT_LANGUAGES: readonly string[] = [...BY_LANGUAGE.keys()];

/** The words of a language by its tag (`es-MX` is read as `es`); English where there are none. */
export function patientWords(language: string): PatientWords {
  return BY_LANGUAGE.get(language.toLowerCase().split('-')[0] ?? '') ?? PATIENT_EN;
}
