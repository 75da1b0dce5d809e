import type { Language } from './fields.ts';

interface Words {
  readonly page: string;
  readonly sections: string;
  readonly clear: string;
  readonly remove: string;
  readonly saving: string;
  readonly savedAt: (time: string) => string;
  readonly notSaved: string;
  readonly again: string;
  readonly nothingYet: string;
  readonly send: string;
  readonly discard: string;
  readonly discarded: string;
  readonly draftFrom: (when: string) => string;
  readonly cannotBe: string;
  readonly wrongCount: (n: number) => string;
  readonly soFar: string;
  readonly openQuestions: (n: number) => string;
  readonly emergency: string;
  readonly region: string;
  readonly pain: string;
  readonly numb: string;
  readonly left: string;
  readonly right: string;
  readonly middle: string;
  readonly addQuestionnaire: string;
  readonly item: (n: number) => string;
  readonly from: (low: number, high: number) => string;
  readonly otherwise: string;
  readonly total: string;
  readonly taken: string;
  readonly noScore: string;
  readonly of: string;
  readonly meanwhile: string;
  readonly theirs: string;
  readonly yours: string;
  readonly sendMine: string;
  readonly takeTheirs: string;
  readonly open: string;
  readonly otherWindow: string;
  readonly otherDiffers: string;
  readonly otherSays: string;
  readonly takeIt: string;
  readonly allRight: string;
}

/** What the form says around its questions. */
export const INTAKE_WORDS: Readonly<Record<Language, Words>> = {
  en: {
    page: 'Intake',
    sections: 'Parts of the form',
    clear: 'Clear',
    remove: 'Remove',
    saving: 'Saving…',
    savedAt: (time) => `Kept at ${time}, not sent yet`,
    notSaved: 'Not kept yet:',
    again: 'Try again',
    nothingYet: 'Nothing changed yet',
    send: 'Send and judge anew',
    discard: 'Drop the changes',
    discarded: 'Dropped. These are the answers sent last.',
    draftFrom: (when) => `You began this ${when}. It has not been sent.`,
    cannotBe: 'This cannot be.',
    wrongCount: (n) =>
      n === 1 ? 'One answer cannot be as it stands.' : `${n} answers cannot be as they stand.`,
    soFar: 'As answered so far',
    openQuestions: (n) => (n === 1 ? 'one question open' : `${n} questions open`),
    emergency: 'If this is you, get help now: do not wait to finish this form.',
    region: 'Place',
    pain: 'hurts',
    numb: 'numb',
    left: 'left',
    right: 'right',
    middle: 'middle',
    addQuestionnaire: 'Add a questionnaire',
    item: (n) => `Item ${n}`,
    from: (low, high) => `Give a number from ${low} to ${high}.`,
    otherwise: 'Please answer it again.',
    total: 'Total made elsewhere',
    taken: 'Filled in on',
    noScore: 'no score yet',
    of: 'of',
    meanwhile: 'Somebody else sent answers meanwhile. They differ here:',
    theirs: 'sent meanwhile',
    yours: 'yours',
    sendMine: 'Send mine',
    takeTheirs: 'Start again from theirs',
    open: 'not answered',
    otherWindow: 'This form is open in another window too. Its answers were added here.',
    otherDiffers: 'Here the two differ. Yours stands unless you take the other:',
    otherSays: 'other window',
    takeIt: 'Take it',
    allRight: 'All right',
  },
  es: {
    page: 'Cuestionario',
    sections: 'Partes del formulario',
    clear: 'Borrar',
    remove: 'Quitar',
    saving: 'Guardando…',
    savedAt: (time) => `Guardado a las ${time}, aún sin enviar`,
    notSaved: 'Aún sin guardar:',
    again: 'Probar otra vez',
    nothingYet: 'Aún sin cambios',
    send: 'Enviar y valorar de nuevo',
    discard: 'Descartar los cambios',
    discarded: 'Descartado. Estas son las últimas respuestas enviadas.',
    draftFrom: (when) => `Empezó esto el ${when}. No se ha enviado.`,
    cannotBe: 'Esto no puede ser.',
    wrongCount: (n) => (n === 1 ? 'Una respuesta no puede ser así.' : `${n} respuestas no pueden ser así.`),
    soFar: 'Con lo respondido hasta ahora',
    openQuestions: (n) => (n === 1 ? 'una pregunta abierta' : `${n} preguntas abiertas`),
    emergency: 'Si es su caso, pida ayuda ya: no espere a terminar.',
    region: 'Lugar',
    pain: 'duele',
    numb: 'dormido',
    left: 'izquierda',
    right: 'derecha',
    middle: 'centro',
    addQuestionnaire: 'Añadir un cuestionario',
    item: (n) => `Pregunta ${n}`,
    from: (low, high) => `Ponga un número de ${low} a ${high}.`,
    otherwise: 'Responda otra vez, por favor.',
    total: 'Total calculado aparte',
    taken: 'Fecha',
    noScore: 'sin puntuación aún',
    of: 'de',
    meanwhile: 'Otra persona envió respuestas mientras tanto. Difieren aquí:',
    theirs: 'enviado mientras tanto',
    yours: 'lo suyo',
    sendMine: 'Enviar lo mío',
    takeTheirs: 'Empezar de nuevo con lo suyo',
    open: 'sin respuesta',
    otherWindow: 'Este formulario está abierto también en otra ventana. Sus respuestas se han añadido aquí.',
    otherDiffers: 'Aquí no coinciden. Queda lo suyo, si no toma lo otro:',
    otherSays: 'otra ventana',
    takeIt: 'Tomarlo',
    allRight: 'De acuerdo',
  },
};
