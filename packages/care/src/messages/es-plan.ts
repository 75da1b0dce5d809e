import type { Message } from './catalogue.ts';
import { ES_CHECKS } from './es-checks.ts';
import { ES_SAFETY } from './es-safety.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

export const ES_PLAN: Readonly<Record<string, Message>> = {
  ...ES_CHECKS,
  ...ES_SAFETY,
  'option.effect': m(
    '{option}: frente a {comparator}, {outcome} a {weeks|0} semanas difiere en {effect|1} {unit} ({lo|1} a {hi|1}).',
    '{option}: frente a {comparator}, {outcome} cambia unos {effect|1} {unit}. El signo menos dice que baja.',
  ),
  'option.effect-confounded': m(
    '{option}: solo comparación abierta o según tratado; frente a {comparator}, {outcome} a {weeks|0} semanas difiere en {effect|1} {unit} ({lo|1} a {hi|1}), acercado a ningún efecto.',
    '{option}: frente a {comparator}, {outcome} puede cambiar unos {effect|1} {unit}. El signo menos dice que baja. No es seguro.',
  ),
  'option.no-effect-figure': m(
    '{option}: sin cifra comparable para este problema; se muestra con el curso natural.',
    '{option}: los estudios no dan un número claro.',
  ),
  'option.responders': m(
    '{option}: el {treated|pct} frente al {control|pct} con {comparator} tuvo {what} a las {weeks|0} semanas; no hay cifra de la media.',
    '{option}: mejora el {treated|pct} de las personas. Con {comparator}, el {control|pct}.',
  ),
  'option.waiting': m(
    'Curso natural: {outcome} pasaría de {from|1} a {to|1} {unit} en {weeks|0} semanas ({lo|1} a {hi|1}).',
    'Solo con el tiempo, {outcome} puede ir de {from|1} a {to|1} de {max|0}.',
  ),
  'option.indication': m(
    'Problemas que trata {option}: {p|pct} de la creencia.',
    'La opción {option} trata su problema con un {p|pct}.',
  ),
  'option.rank': m(
    'Puesto {rank|0} según los objetivos declarados.',
    'Es el número {rank|0} para sus metas.',
  ),
  'option.early-later': m(
    'Cirugía: alivio más rápido y el mismo estado al año en los ensayos; operar más tarde también sirve. No hay ventana que se cierre salvo déficit progresivo.',
    'Operar ayuda antes. Al año la gente está casi igual con o sin cirugía. También se puede operar más tarde.',
  ),
  'option.anti-inflammatory': m(
    'Rasgos inflamatorios ({features}): las opciones antiinflamatorias tienen mecanismo, con evidencia débil de mayor efecto.',
    'Hay señales de inflamación. Esto puede actuar en ella.',
  ),
  'option.opioid-sparing': m(
    'Alto riesgo de opioides: esta opción los evita.',
    'Con esto no hacen falta opioides.',
  ),
  'option.miss': m('{option} en {level}: {fit}', '{option}: su equipo verá si encaja con su cuerpo.'),
  'option.miss-measured': m(
    '{option} en {level}: {way} {room}; lo más cercano: {hazard}, a {mm|1} mm del eje (margen {within|1} mm), en decúbito en estas imágenes.',
    '{option}: en su imagen, el camino {room}. Su equipo lo verá.',
  ),
  'option.reoperation': m(
    'Reoperación tras {option}: {p|pct} a las {weeks|0} semanas.',
    'De toda la gente, el {p|pct} se opera otra vez.',
  ),
  'plan.gate': m(
    'Primero triaje: {who}. Las opciones electivas esperan.',
    'Primero le tienen que ver. Luego hablamos de opciones.',
  ),
  'plan.ask-goals': m(
    'No constan objetivos: las opciones van sin orden. Preguntar qué importa más.',
    'Díganos qué le importa más. Así ordenamos las opciones.',
  ),
  'plan.top': m(
    'La mejor para los objetivos declarados: {option}.',
    'Para sus metas, lo que mejor encaja es {option}.',
  ),
  'plan.first-line': m('Primera línea para todos: {option}.', 'Un buen primer paso para todos es {option}.'),
  'plan.ask-fact': m('Preguntar o medir antes: {what}.', 'Hace falta saber más: {what}.'),
  'plan.no-image-treatment': m(
    'No se tratan hallazgos sin síntomas que coincidan.',
    'Un cambio en la imagen no se trata si no duele.',
  ),
  'plan.top-tied': m(
    'Las mejores para los objetivos declarados, con igual valor: {options}.',
    'Para sus metas, estas van igual de bien. {options|list}.',
  ),
  'option.tied': m(
    'Igual valor que {options}: ni los objetivos ni los ensayos las distinguen.',
    'Hay más opciones que van igual de bien con lo que usted quiere.',
  ),
  'option.stepped': m(
    'Detrás de {after}, sea cual sea el valor: en una persona así ese paso va antes.',
    'Antes de esto, es mejor que pruebe con lo que sigue: {after}.',
  ),
  'limit.no-imaging': m('No hay imagen.', 'No tenemos una imagen de su espalda.'),
  'limit.no-intake': m('No constan síntomas ni antecedentes.', 'Aún no sabemos cómo se siente.'),
  'plan.first-line-early': m(
    'En las primeras semanas va primero el cuidado sin cirugía, sea cual sea el orden: {options}. Casi siempre cede.',
    'Casi siempre mejora solo. Empiece con esto. {options|list}.',
  ),
  'plan.elsewhere': m(
    'La primera causa está fuera de la columna ({condition}, {p|pct}): primero {who}. Lo que sigue para la espalda no la trata.',
    'Puede que su dolor no venga de la espalda. Puede ser {condition}. Vea primero a: {who}.',
  ),
  'plan.pause-sport': m(
    'Es posible una fractura por estrés del arco: pausa del deporte que duele (arquearse, saltar) hasta aclararlo; RM con supresión grasa y cortes sagitales finos por los arcos.',
    'Un hueso pequeño de su espalda puede estar dañado por el deporte. Deje el deporte que duele hasta que le vean. Una resonancia lo puede mostrar.',
  ),
  'medication.hold-heart': m(
    '{drug} antes de {procedure} (riesgo de sangrado {bleedingClass}): no se suspende, ni se hace nada electivo, sin el cardiólogo (stent, infarto o válvula mecánica). La pausa habitual, {hours|span} antes y {restart|span} después, no vale aquí por sí sola. {note}',
    'Usted toma {drug} por el corazón. No lo deje por su cuenta. Decide su médico del corazón.',
  ),
  'option.no-room': m(
    'Va después de {after}: ninguna vía medida de este abordaje tiene sitio en ese nivel.',
    'En su imagen hay poco sitio para esta vía. Por eso va antes otra: {after}.',
  ),
  'check.tried-without-gain.caution': m(
    'Ya se probó sin mejora: primero, qué sería distinto esta vez.',
    'Ya lo probó y no le ayudó. Pregunte qué sería nuevo esta vez.',
  ),
  'plan.cord': m(
    'Signos de primera motoneurona: imagen cervical y dorsal, no solo lumbar.',
    'Hay que ver también su cuello y la parte alta de la espalda.',
  ),
  'plan.reassess': m('Revisar en {weeks|weeks}.', 'Le vemos otra vez en {weeks|weeks}.'),
  'plan.safety-net': m(
    'Volver de inmediato si hay anestesia en silla de montar, pérdida de control de vejiga o intestino, debilidad nueva o mayor, o fiebre.',
    'Vuelva ya si no siente entre las piernas, si no controla la orina o las heces, o si una pierna pierde fuerza.',
  ),
  'plan.decide-together': m(
    'Apoyo a la decisión: deciden el clínico y el paciente.',
    'Usted y su médico deciden juntos.',
  ),
  'plan.explain-cause': m(
    'Lo más probable: {condition} ({p|pct}).',
    'Lo más probable es {condition}: un {p|pct}.',
  ),
  'plan.unsure-cause': m(
    'Ninguna causa supera a las demás juntas; primera: {condition} ({p|pct}).',
    'Aún no estamos seguros. La primera idea es {condition}.',
  ),
  'medication.gene': m(
    '{drug}: {action} ({genes}). {detail}',
    'Sus genes dicen cómo usar {drug}. Lo que dicen es: {action}.',
  ),
  'medication.hold': m(
    '{drug} antes de {procedure} (riesgo de sangrado {bleedingClass}): se propone parar {hours|span} antes y reanudar {restart|span} después; confirma quien prescribe {drug}. {note}',
    'Usted toma {drug}. No lo deje por su cuenta. Sus médicos le dirán cuándo.',
  ),
  'medication.hold-continue': m(
    '{drug} antes de {procedure} (riesgo de sangrado {bleedingClass}): se suele continuar; confirma quien lo prescribe.',
    'Usted toma {drug}. Es casi seguro que puede seguir con ello. Si no, se lo dirán sus médicos.',
  ),
  'medication.hold-unknown': m(
    '{drug}: sin intervalo en la base; preguntar a quien lo prescribe antes de cualquier procedimiento.',
    'Usted toma {drug}. Antes de un pinchazo o de operar, sus médicos lo van a hablar.',
  ),
  'medication.upgrade': m(
    'Riesgo de sangrado subido un grado: {reason}.',
    'Usted sangra con más facilidad. Sus médicos irán con cuidado.',
  ),
  'medication.opioid-benzodiazepine': m(
    'Opioide y benzodiacepina juntos ({opioid}, {drug}): evitar, ofrecer naloxona, bajar despacio, nunca de golpe.',
    '{opioid} y {drug} juntos son un riesgo. Hable con su médico. No los deje de golpe.',
  ),
  'medication.mme': m(
    '{drug}: {mme|0} miligramos equivalentes de morfina al día; hacer una pausa y revalorar antes de llegar a {limit|0}.',
    'Su dosis de opioide es {mme|0} al día. Su médico la verá.',
  ),
  'medication.mme-part': m(
    '{drug}: {mme|0} miligramos equivalentes de morfina al día sin {uncounted}, cuya dosis o conversión no se sabe; hacer una pausa y revalorar antes de llegar a {limit|0}.',
    'Su dosis de opioide es {mme|0} al día o más: falta contar {uncounted}. Su médico la verá.',
  ),
  'voi.plan-changes': m(
    '{unknown}: la respuesta cambiaría la primera opción en el {p|pct} de las respuestas simuladas.',
    'Saber esto puede cambiar su plan: {unknown}.',
  ),
  'voi.no-change': m(
    '{unknown}: ninguna respuesta simulada cambia la primera opción.',
    '{unknown}: ahora no hace falta para su plan.',
  ),
  'counterfactual.change': m(
    'Con otro dato ({what}: {value}), el consejo sería: {then}.',
    'Con otro dato ({what}: {value}), el consejo sería: {then|list}.',
  ),
  'trigger.statement': m('{when}: {then}.', '{when}: {then}.'),
  'limit.decision-support': m(
    'Apoyo a la decisión: sin validar en este centro hasta su recalibración.',
    'Esto ayuda a decidir. No decide.',
  ),
  'plan.ask-start': m(
    'Estratificar en el primer contacto (STarT Back): bajo riesgo, apoyo simple; alto, atención combinada.',
    'Unas pocas preguntas nos dicen cuánta ayuda le hace falta.',
  ),
  'imaging.not-yet': m(
    'No procede imagen ahora: sin señales de alarma ni déficit progresivo, ni infiltración o cirugía en juego tras un tiempo de tratamiento.',
    'Ahora no le hace falta una imagen. No cambia su cuidado.',
  ),
  'medication.taper': m(
    '{drug} en dolor crónico: revisar el beneficio; si se deja, bajar despacio, nunca de golpe.',
    'No deje {drug} de golpe. Su médico le ayuda a tomar menos, paso a paso.',
  ),
  'plan.comparators-differ': m(
    'Las primeras opciones se probaron frente a comparadores distintos ({classes}): el orden entre ellas es menos seguro.',
    'No se probaron una al lado de otra. El orden no es seguro.',
  ),
  'hypothesis.no-symptoms': m(
    'No constan síntomas: no hay nada que un hallazgo tenga que explicar.',
    'Usted está bien. No hay nada que explicar.',
  ),
  'trigger.cauda-equina': m(
    'Nueva anestesia en silla de montar, disfunción de vejiga, intestino o sexual, o ambas piernas: RM urgente y valoración quirúrgica el mismo día.',
    'No siente entre las piernas, o no controla la orina o las heces: vaya ya al hospital.',
  ),
  'trigger.motor': m(
    'Debilidad nueva o mayor, pie caído: valoración quirúrgica urgente.',
    'Una pierna pierde fuerza o se le cae el pie: llame ya.',
  ),
  'trigger.infection': m(
    'Fiebre con más lumbalgia: valoración el mismo día.',
    'Tiene fiebre y más dolor: que le vean el mismo día.',
  ),
  'trigger.sciatica': m(
    'Dolor de pierna aún grave tras seis semanas con imagen concordante: hablar de infiltración o discectomía; operar más tarde también sirve.',
    'La pierna aún duele mucho a las seis semanas: hable de una inyección o de operar.',
  ),
  'trigger.axial': m(
    'Sin cambio relevante tras seis semanas de primera línea: programa físico y psicológico.',
    'No mejora a las seis semanas: pida más ayuda para moverse y llevarlo bien.',
  ),
  'trigger.better': m(
    'Dolor a la mitad o menos: dejar fármacos, seguir activo, sin más procedimientos.',
    'Le duele la mitad o menos: deje las pastillas y siga en marcha.',
  ),
  'trigger.worse': m(
    'Dolor o discapacidad peor, al menos en el cambio mínimo que importa, en dos informes seguidos: explorar otra vez y repetir las señales de alarma.',
    'Va a peor dos veces seguidas: que le vean otra vez.',
  ),
  'check.roots-not-read.missing': m(
    'Este estudio no tiene un plano que muestre las raíces: no se conoce la concordancia; decide un plano axial.',
    'Esta imagen no muestra el nervio. Hace falta otra vista.',
  ),
};
