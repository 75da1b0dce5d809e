import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

export const ES_AID: Readonly<Record<string, Message>> = {
  'aid.decision': m(
    'Decisión: qué opción para {condition}.',
    'Usted puede elegir. Hay más de un buen modo de tratar esto: {condition}.',
  ),
  'aid.no-treatment': m('No tratar y esperar son opciones.', 'Esperar es también una opción.'),
  'aid.better': m(
    '{option}: {n|0} de {of|0} personas tienen al menos dos puntos menos de {outcome} a las {weeks|0} semanas ({lo|0} a {hi|0}).',
    '{option}: {n|0} de {of|0} personas tienen al menos dos puntos menos de dolor a las {weeks|0} semanas.',
  ),
  'aid.harm': m(
    '{option}: {n|0} de {of|0} tienen un daño ({lo|0} a {hi|0}).',
    '{option}: {n|0} de {of|0} personas tienen un problema por ello.',
  ),
  'aid.harms-named': m('Daños contados de {option}: {harms}.', 'Lo que puede ir mal: {harms}.'),
  'aid.reoperation': m(
    '{option}: {n|0} de {of|0} se reoperan en {weeks|0} semanas ({lo|0} a {hi|0}).',
    '{option}: {n|0} de {of|0} personas se operan otra vez.',
  ),
  'aid.unknown': m(
    '{option}: sin cifra de daño que mostrar.',
    '{option}: no hay un buen número de los riesgos.',
  ),
  'aid.early-later.speed': m(
    'Cirugía precoz: recuperación mediana {early|0} semanas; espera con cirugía si hace falta: {later|0} semanas.',
    'Con cirugía pronto, la mitad está bien a las {early|0} semanas. Si se espera, a las {later|0} semanas.',
  ),
  'aid.early-later.end': m(
    'Recuperados al año: {n|0} de {of|0} en ambos grupos.',
    'Al año {n|0} de {of|0} personas están bien. Es igual en los dos grupos.',
  ),
  'aid.early-later.avoid': m(
    'De los que esperaron, {n|0} de {of|0} se operaron en el año.',
    'De los que esperan, {n|0} de {of|0} se operan en un año. Al resto no le hace falta.',
  ),
  'aid.early-later.stenosis': m(
    'Canal estrecho: {n|0} de {of|0} con estenosis leve o moderada evolucionan bien sin cirugía; un deterioro rápido es raro, y la operación puede esperar.',
    '{n|0} de {of|0} personas van bien sin operarse. Es raro ir a peor muy deprisa. Hay tiempo para elegir.',
  ),
  'aid.early-later.late': m(
    'La cirugía tras cuatro meses o más aún baja el dolor de pierna {effect|1} de 10 puntos ({lo|1} a {hi|1}).',
    'Operar aún ayuda si se espera unos meses. El dolor baja unos {effect|1} de 10 puntos más.',
  ),
  'aid.uncertainty': m(
    'Los pronósticos explican como mucho el {p|pct} de las diferencias.',
    'Nadie puede decir qué le va a pasar. Estos números son de grupos.',
  ),
  'aid.own-words': m(
    'Con sus palabras: qué importa, qué preocupa, qué falta.',
    'Díganos con sus palabras: ¿Qué le importa más? ¿Qué le da miedo? ¿Qué más quiere saber?',
  ),
  'education.stay-active': m(
    'Mantenerse activo; la cama retrasa la mejoría.',
    'Siga en marcha. Ande un poco más cada día. La cama le quita fuerza.',
  ),
  'education.hurt-harm': m(
    'El dolor no es daño: moverse es seguro.',
    'El dolor no es daño. Su espalda es fuerte. Puede moverse.',
  ),
  'education.scan': m(
    'Los hallazgos de imagen son frecuentes sin dolor.',
    'Casi todos tienen cambios en la imagen. A muchos no les duele.',
  ),
  'education.herniation': m(
    'Las hernias se reducen en el {p|pct} sin cirugía.',
    'Una hernia a menudo baja sola. Pasa en el {p|pct} de la gente.',
  ),
  'education.stenosis': m(
    'Estenosis leve o moderada: el {p|pct} va bien; el deterioro rápido es raro.',
    'Un canal estrecho casi nunca va a peor de golpe. Va bien en el {p|pct}.',
  ),
  'education.drugs': m(
    'Los fármacos alivian poco; dosis mínima y poco tiempo.',
    'Las pastillas ayudan poco. Tome lo menos que pueda y poco tiempo.',
  ),
  'education.work': m(
    'Volver pronto a la actividad y al trabajo.',
    'Vuelva pronto a su trabajo. No hace falta estar sin dolor.',
  ),
  'education.smoking': m(
    'Dejar de fumar ayuda; la reherniación es más frecuente en fumadores.',
    'Deje de fumar si puede. Su espalda sana mejor. Le ayudamos.',
  ),
  'education.mood': m(
    'El ánimo y el sueño cambian el dolor; tratarlos ayuda.',
    'El mal ánimo y el mal sueño dan más dolor. Díganoslo. Le ayudamos.',
  ),
  'education.opioids': m(
    'Opioides: poco o ningún beneficio en lumbalgia y riesgos reales.',
    'Los opioides ayudan poco a la espalda. Pueden ser un peligro.',
  ),
};
