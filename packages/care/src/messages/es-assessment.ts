import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

export const ES_ASSESSMENT: Readonly<Record<string, Message>> = {
  'concordance.0': m(
    '{level} {side}: contacto de {mechanism} con la raíz {root} improbable o dudoso en la imagen ({p|pct}).',
    'En {level}, lado {side}, la imagen no deja claro el nervio.',
  ),
  'concordance.1': m(
    '{level} {side}: {mechanism} toca la raíz {root} en la imagen ({p|pct}), pero no consta dolor de esa raíz y lado. Solo imagen.',
    'La imagen muestra {mechanism} en {level}, lado {side}. Su dolor no encaja.',
  ),
  'concordance.2': m(
    '{level} {side}: {mechanism} en la raíz {root} ({p|pct}) coincide con el dolor de esa raíz y lado; no consta un signo.',
    'La imagen muestra {mechanism} en {level}, lado {side}. Encaja con su dolor.',
  ),
  'concordance.3': m(
    '{level} {side}: {mechanism} en la raíz {root} ({p|pct}) coincide con el dolor y con un signo de esa raíz y lado. Concordante.',
    'La imagen muestra {mechanism} en {level}, lado {side}. Encaja con su dolor y con el examen.',
  ),
  'discordance.wrong-root': m(
    'Signos de {other} en el lado {side}, pero la imagen muestra {root} en {level}: la imagen puede no ser la causa, o los niveles están mal contados.',
    'La imagen y el examen señalan dos nervios distintos. Hay que saber cuál duele.',
  ),
  'discordance.wrong-side': m(
    'Lado equivocado: la imagen muestra contacto en {level} {imageSide}, el dolor es {side}. El hallazgo no explica el dolor.',
    'La imagen muestra un cambio del lado {imageSide}. Su dolor es del lado {side}. No es la causa.',
  ),
  'discordance.stenosis-without-leg-symptoms': m(
    '{level}: estenosis central grave en imagen sin síntomas de piernas; no se trata por sí misma.',
    'El canal en {level} es estrecho, pero sus piernas están bien. No hay que tratarlo.',
  ),
  'discordance.leg-without-root': m(
    'Dolor bajo la rodilla sin contacto radicular en imagen: pensar en cadera, nervio periférico, numeración o hernia extraforaminal fuera de los cortes axiales.',
    'Le duele la pierna, pero la imagen no muestra un nervio tocado. Hay que buscar otra causa.',
  ),
  'discordance.roots-not-shown': m(
    'Dolor bajo la rodilla; este estudio no tiene un plano que muestre las raíces: ni se halla ni se descarta.',
    'Esta imagen no puede mostrar el nervio. Otra vista puede ayudar.',
  ),
  'discordance.usual-for-age': m(
    '{finding}: lo tiene el {p|pct} de las personas de {age|0} años sin dolor; por sí solo no explica los síntomas.',
    '{finding}: lo tiene el {p|pct} de la gente de su edad sin dolor.',
  ),
  'discordance.transitional': m(
    '{kind}: la raíz de un disco puede estar un nivel desplazada. Confirmar el nivel antes de cualquier procedimiento.',
    'Hay {kind}. Su equipo mirará bien el nivel.',
  ),
  'hypothesis.at': m(
    '{condition}, {place}: {p|pct} ({lo|pct} a {hi|pct}).',
    'Hay un {p|pct} de que la causa sea {condition}.',
  ),
  'hypothesis.plain': m(
    '{condition}: {p|pct} ({lo|pct} a {hi|pct}).',
    'Hay un {p|pct} de que la causa sea {condition}.',
  ),
  'next-test.plain': m(
    '{test} movería un {value|pct} de la creencia entre causas.',
    'La próxima prueba que puede ayudar es {test}.',
  ),
  'next-test.root': m(
    '{test} en {root} movería un {value|pct} de la creencia entre causas.',
    'La próxima prueba que puede ayudar es {test}.',
  ),
  'next-test.root-after': m(
    '{test} en {root} movería un {value|pct} de la creencia entre causas; antes va {before}, que responde a la misma pregunta sin aguja.',
    'Más tarde puede ayudar {test}. Antes va {before}.',
  ),
  'withheld.contradiction': m(
    'Respuestas que se contradicen: {where}. Se retiene lo que depende de ellas.',
    'Esto no puede ser a la vez: {where}. Véalo con su equipo.',
  ),
  'withheld.impossible': m(
    'Dato imposible: {where}. Se retiene lo que depende de él.',
    'Esto no puede ser así: {where}. Véalo con su equipo.',
  ),
  'withheld.unknown-answer': m(
    'Dato que no se puede leer: {where}. Se guarda y se trata como no conocido.',
    'Esto no se pudo leer: {where}. Véalo con su equipo.',
  ),
  'abstained.no-findings': m(
    'Sin imagen: niveles y lados se apoyan solo en síntomas y exploración.',
    'Aún no hay imagen. Se puede hacer un plan sin ella.',
  ),
  'abstained.no-intake': m(
    'Sin historia ni exploración: los hallazgos no se pueden unir a síntomas y no se recomienda nada solo por la imagen.',
    'No sabemos cómo se siente. Una imagen sola no hace un plan.',
  ),
  'abstained.level': m('{level} no se graduó: {why}', 'Una parte de la imagen ({level}) no se pudo leer.'),
  'abstained.gate': m(
    'Las opciones electivas no se ordenan mientras el triaje esté cerrado.',
    'Primero le tienen que ver. Lo demás viene después.',
  ),
  'abstained.no-baseline-pain': m(
    'No se pronostica el dolor: no consta su intensidad actual.',
    'Díganos su dolor de 0 a 10 para ver qué puede pasar.',
  ),
  'abstained.no-baseline-function': m(
    'No se pronostica la función: no consta ODI ni RMDQ.',
    'Llene el formulario de la vida diaria para ver qué puede pasar.',
  ),
  'abstained.no-work': m(
    'No se pronostica la vuelta al trabajo: no consta la situación laboral o no trabaja.',
    'Díganos en qué trabaja para ver qué puede pasar.',
  ),
  'abstained.at-work': m(
    'Trabaja ahora: no hay vuelta que pronosticar; solo se pronostica la baja que cuesta una operación.',
    'Usted trabaja ahora. Solo se muestra la baja tras una operación.',
  ),
  'abstained.no-figure': m(
    'No hay cifra segura de {outcome} tras {option}; solo el curso natural con más margen.',
    'Para {option} no hay aún un número seguro.',
  ),
  'abstained.facet': m(
    'Ninguna historia, exploración ni imagen localiza el dolor facetario; solo los bloqueos controlados.',
    'Solo una inyección de prueba lo puede mostrar.',
  ),
};
