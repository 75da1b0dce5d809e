import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

/** Checks and drug advice about safety: what must not go together, what must come first. */
export const ES_SAFETY: Readonly<Record<string, Message>> = {
  'check.early-injection.stop': m(
    'Menos de seis semanas y no intenso: primero cuidados sin cirugía; casi toda ciática cede.',
    'Es pronto y el dolor no es muy fuerte. Aún no hace falta pinchar.',
  ),
  'check.early-injection.missing': m(
    'Menos de seis semanas: primero medicinas y ejercicio; infiltrar si sigue un dolor intenso.',
    'Es pronto. Pruebe antes pastillas y ejercicio suave.',
  ),
  'check.early-injection.caution': m(
    'Menos de seis semanas: casi toda ciática cede; infiltrar es para dolor intenso que no cede.',
    'Es pronto. Casi siempre mejora. Pinchar es para un dolor muy fuerte.',
  ),
  'check.arteries-first.missing': m(
    'Pulsos pobres o índice tobillo-brazo bajo: primero las arterias, luego la columna.',
    'Primero hay que ver el riego de sus piernas.',
  ),
  'check.six-months-care.ask': m(
    'En los ensayos de fusión iban antes seis meses o más de cuidados: ver qué se ha probado y cuánto.',
    'Antes van seis meses de otros cuidados. Diga qué ha probado ya.',
  ),
  'check.pregnancy-drug.stop': m('Embarazo: no se usa.', 'No se usa en el embarazo.'),
  'check.pregnancy-drug-care.ask': m(
    'Embarazo: solo de acuerdo con quien lo lleva.',
    'Espera un bebé. Pregunte antes a su médico.',
  ),
  'check.sedation-added.caution': m(
    'Junto con {drug}: se suman la sedación y la depresión respiratoria.',
    'Si lo toma junto con {drug}, le puede dar mucho sueño y hacer que respire menos.',
  ),
  'check.nsaid-bleeding.caution': m(
    'Junto con {drug}: más sangrado digestivo; proteger el estómago.',
    'Si lo toma junto con {drug}, es más fácil que le sangre el estómago.',
  ),
  'check.opioid-serotonergic.caution': m(
    'Junto con {drug}: ni tramadol, petidina, metadona ni fentanilo (serotonina).',
    'Con {drug} hay opioides que no se pueden tomar.',
  ),
  'medication.serotonin': m(
    '{opioid} con {drug}: riesgo de síndrome serotoninérgico y convulsiones; elegir otro analgésico, sin parar de golpe.',
    '{opioid} y {drug} no van bien juntos. Hable con su médico. No los deje de golpe.',
  ),
  'medication.serotonin-pair': m(
    '{drug} con {other}: ambos suben la serotonina; ver si hacen falta los dos, vigilar temblor, sudor y fiebre, sin parar de golpe.',
    '{drug} y {other} no van bien juntos. Hable con su médico. No los deje de golpe.',
  ),
  'medication.qt': m(
    '{drug} con {other}: ambos alargan el QT; ECG, potasio y magnesio, y ver si hacen falta los dos.',
    '{drug} y {other} juntos pueden alterar el pulso. Pregunte a su médico. No los deje de golpe.',
  ),
  'medication.pair': m(
    '{drug} con {other}: {why}; revisar con quien lo prescribe.',
    'Usted toma {drug} y también {other}. No van bien los dos a la vez. Pregunte qué hacer a su médico.',
  ),
  'medication.activation-blocked': m(
    '{drug} bloquea la enzima que activa {opioid}: menos alivio; elegir un opioide que no necesite CYP2D6, o ninguno.',
    'Si toma {drug}, puede que {opioid} no le haga el efecto que debe. Pregunte qué hacer a su médico.',
  ),
  'medication.sedatives-together': m(
    '{opioid} con {drug}: juntos deprimen la respiración; dosis mínimas o no juntos, ofrecer naloxona, bajar despacio.',
    '{opioid} y {drug} juntos frenan la respiración. Hable con su médico. No los deje de golpe.',
  ),
  'medication.unsuited': m(
    '{drug}, que se toma ahora; en contra: {why}. Revisar con quien lo prescribe; no suspender de golpe.',
    '{drug} puede no irle bien por {why}. Hable pronto con su médico. No lo deje por su cuenta.',
  ),
  'medication.sleep-apnoea': m(
    '{drug} con apnea del sueño: deprime la respiración de noche; revisar, dosis mínima, tratar la apnea.',
    'Usted deja a ratos de respirar cuando duerme, y {drug} lo pone peor. Pregunte qué hacer a su médico.',
  ),
  'medication.nsaid-stop': m(
    '{drug}: no debe tomarse ahora ({why}); revisar con quien lo prescribe.',
    'Por ahora no es bueno que tome {drug}. Pregunte qué hacer a su médico.',
  ),
  'medication.nsaid-bleeding': m(
    '{drug} con {other}: más sangrado digestivo; proteger el estómago o parar.',
    'Si toma a la vez {drug} y {other}, es más fácil que le sangre el estómago. Pregunte qué hacer a su médico.',
  ),
  'medication.pregnancy': m(
    '{drug} en el embarazo: revisar con quien lo lleva; nunca parar de golpe.',
    'Usted espera un bebé y toma {drug}. Hable de ello con su médico. No lo deje de golpe.',
  ),
  'medication.mme-above': m(
    '{drug}: {mme|0} miligramos equivalentes de morfina al día, {limit|0} o más: revisar beneficio y riesgo, ofrecer naloxona, no subir.',
    'Su dosis de opioide es alta: {mme|0} al día. Su médico la verá.',
  ),
  'check.adults-only.stop': m(
    'Menor de edad: la evidencia de esta opción es de adultos; antes, valoración de columna pediátrica.',
    'Esto solo se probó en adultos. Antes debe verle un médico de jóvenes.',
  ),
  'check.adults-only.ask': m(
    'Menor de edad: la evidencia es de adultos; acuerde dosis y utilidad con pediatría.',
    'Esto se probó en adultos. Un médico de jóvenes verá si le sirve.',
  ),
  'check.pregnancy-elective.ask': m(
    'Embarazo: lo programado espera o se planea con obstetricia.',
    'En el embarazo, esto espera o se planea con quien lleva su parto.',
  ),
  'check.pacemaker.ask': m(
    'Marcapasos u otro dispositivo implantado: acuerde un plan con su consulta antes de la radiofrecuencia o la estimulación.',
    'Lleva un aparato en el cuerpo. Antes hay que hacer un plan.',
  ),
  'check.signs-of-another-root.missing': m(
    'Los signos señalan {other}, la imagen {root}: antes hay que saber qué raíz duele (bloqueo selectivo, EMG o contar de nuevo los niveles).',
    'La imagen y el examen señalan dos nervios distintos. Antes hay que saber cuál duele.',
  ),
  'check.rf-repeat.ask': m(
    'La radiofrecuencia ya ayudó: puede repetirse si alivió al menos la mitad del dolor durante tres meses o más.',
    'Esto ya le ayudó. Se puede repetir si el alivio duró meses.',
  ),
  'check.rf-repeat.stop': m(
    'La radiofrecuencia no ayudó antes: no se repite.',
    'Esto no le ayudó la otra vez.',
  ),
  'check.bleeding-disorder.missing': m(
    'Trastorno de la coagulación: se corrige antes, con hematología; sin corregir no se pincha ni se opera junto al canal.',
    'Su sangre no coagula bien. Antes debe verle el médico de la sangre.',
  ),
  'check.kidney-nsaid.missing': m(
    'Consta una enfermedad renal y no se conoce el filtrado: se mide antes de dar un antiinflamatorio.',
    'Sus riñones no están bien. Hay que hacer un análisis antes de tomar esto.',
  ),
  'check.nsaid-vessels.caution': m(
    'Enfermedad del corazón o de las arterias: un antiinflamatorio suma riesgo de infarto e ictus; dosis mínima, tiempo mínimo, o ninguno.',
    'Su corazón o sus arterias no están bien. Esta pastilla suma riesgo. Tome poca y pocos días, o no la tome.',
  ),
  'medication.not-offered': m(
    '{drug}: no se ofrece para este dolor (poco o ningún beneficio, más efectos adversos); si se toma para esto, revisar, y nunca suspender de golpe.',
    '{drug} ayuda poco en este dolor. Pregunte si aún le hace falta. No lo deje de golpe.',
  ),
  'plan.work': m(
    'De baja desde hace {weeks|weeks}: planear ya la vuelta, por etapas, con tareas más ligeras si hacen falta.',
    'Lleva tiempo sin trabajar. Planee ya cómo volver poco a poco. Eso ayuda a sanar.',
  ),
  'imaging.at-once': m(
    'Imagen: resonancia de todo el canal lumbar de inmediato, sin o con contraste.',
    'Le hace falta ya una resonancia.',
  ),
  'imaging.whole-spine': m(
    'Imagen: resonancia de toda la columna de inmediato, con contraste si se puede dar.',
    'Hace falta ya una imagen de toda la espalda.',
  ),
  'imaging.contrast': m(
    'Imagen: resonancia sin y con contraste, porque se sospecha cáncer o infección.',
    'Le hace falta una resonancia con contraste.',
  ),
  'imaging.after-surgery': m(
    'Imagen: resonancia sin y con contraste, porque la columna fue operada: distingue una hernia nueva de la cicatriz.',
    'La prueba es una resonancia con contraste. Así se ve si es la cicatriz o una hernia nueva.',
  ),
  'imaging.fracture': m(
    'Imagen: radiografía o TC; la resonancia dice de cuándo es una fractura.',
    'Le hace falta una radiografía o un TC de la espalda.',
  ),
  'imaging.plain': m('Imagen: resonancia sin contraste.', 'La prueba es una resonancia sin contraste.'),
  'imaging.device': m(
    'Dispositivo implantado: antes de la resonancia se comprueban sus condiciones; si no es posible, TC o mielo-TC.',
    'Lleva un aparato dentro del cuerpo. Dígalo antes de entrar en la resonancia.',
  ),
  'imaging.contrast-care': m(
    'Antes del contraste: {why}.',
    'Dígalo antes de que le pongan contraste: {why}.',
  ),
  'check.nsaid-triple.stop': m(
    'Bloqueo del sistema renina con diurético: un antiinflamatorio añadido puede parar los riñones.',
    'Con sus otras pastillas, esto le puede dañar los riñones.',
  ),
  'check.nsaid-with-drug.ask': m(
    'Toma {drug}: un antiinflamatorio sube su nivel; preguntar antes a quien lo prescribe.',
    'Usted toma {drug}. Con esta pastilla le haría más efecto del que debe. Pregunte antes a su médico.',
  ),
  'check.kidney-snri.stop': m(
    'Función renal demasiado baja para un IRSN.',
    'Sus riñones no van bien para tomar esto.',
  ),
  'check.local-anaesthetic-allergy.ask': m(
    'Consta alergia a un anestésico local: aclararla, y qué fármaco es seguro, antes de pinchar.',
    'Puede que no le vaya bien la anestesia local. Hay que verlo antes.',
  ),
  'check.anticoagulation-fixed.missing': m(
    'Anticoagulación que quizá no se pueda suspender (válvula, stent, trombo reciente): quien la prescribe decide antes si cabe un implante.',
    'Puede que no deba dejar lo que toma para la sangre. Antes lo dice su médico del corazón.',
  ),
  'check.painless.stop': m(
    'No duelen ni la espalda ni la pierna: lo que solo alivia el dolor no tiene aquí nada que hacer.',
    'Usted no tiene dolor. Esto no le ayudaría.',
  ),
  'check.multifidus-dysfunction.missing': m(
    'No consta disfunción del multífido (prueba de inestabilidad en prono o de elevación); el ensayo solo incluyó a esas personas.',
    'Aún no sabemos si este músculo de la espalda está débil. Solo se probó en esas personas.',
  ),
  'check.multifidus-dysfunction.ask': m(
    'El multífido tiene más grasa de lo usual para la edad; su disfunción se comprueba antes con la exploración (inestabilidad en prono o elevación).',
    'Un músculo de la espalda se ve débil en la imagen. Antes hay que probarlo.',
  ),
  'plan.medicines-first': m(
    'Ante todo, se elija lo que se elija: lo que hoy toma y no puede seguir así: {drugs} (véanse las medicinas). Ninguna se deja de golpe sin quien la recetó.',
    'Primero: algunas de sus medicinas pueden hacerle daño tal como las toma. Llame hoy a su médico o a su farmacia. No deje ninguna por su cuenta. {drugs|list}.',
  ),
  'plan.top-stepped': m(
    'Primero según los pasos del cuidado, aunque otra puntúe más para los objetivos declarados: {options}.',
    'Esto va primero: {options|list}. Otras opciones pueden irle mejor a sus metas. Van después.',
  ),
  'imaging.whole-spine-soon': m(
    'Cáncer conocido: imagen de toda la columna, en una semana.',
    'Hay que ver toda su espalda en siete días. Le harán una prueba.',
  ),
  'check.nsaid-vessels.stop': m(
    'Tras un infarto, con un stent coronario o con dos antiagregantes un AINE añade muertes y sangrados, incluso en días: no se ofrece.',
    'Tras un infarto esta pastilla puede dañar el corazón o hacerle sangrar. No es para usted.',
  ),
  'check.paracetamol-pregnancy.caution': m(
    'En el embarazo se puede tomar paracetamol, a la menor dosis que alivie; su efecto en la espalda es pequeño.',
    'Puede tomarla en el embarazo. Ayuda solo un poco.',
  ),
  'check.snri-bleeding.ask': m(
    '{drug} con un IRSN: más sangrado; se pregunta antes a quien lo recetó.',
    'Con lo que toma para la sangre puede sangrar más. Pregunte antes.',
  ),
  'check.snri-breastfeeding.ask': m(
    'Lactancia: algo pasa a la leche; se pesa antes con quien receta.',
    'Algo de esta pastilla pasa a la leche. Pregunte antes.',
  ),
  'check.older-snri.caution': m(
    'En la vejez hay más caídas, sodio bajo y confusión: la menor dosis, y sodio en las primeras semanas.',
    'A su edad esta pastilla puede marear o hacer caer. Empiece con poca dosis.',
  ),
  'check.taken-already.stop': m(
    'Ya toma {drug}: se revisan su dosis y su efecto, no se añade otra igual.',
    'Ya toma una pastilla así. Pregunte si la dosis está bien.',
  ),
  'check.taken-already.caution': m(
    'Ya toma {drug}: revise su dosis y su efecto; nunca dos iguales.',
    'Ya toma una pastilla así. No tome dos.',
  ),
  'medication.too-much': m(
    '{drug}: {mg|0} mg al día superan los {limit|0} mg que pueden tomarse{why}.',
    'Toma mucho de esto. Se llama {drug}. No es bueno. Hable hoy con su médico.',
  ),
  'plan.well': m(
    'Nada duele: no se trata nada, digan lo que digan las imágenes.',
    'Usted está bien. Ahora no necesita nada.',
  ),
};
