import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

export const ES_CHECKS: Readonly<Record<string, Message>> = {
  'check.indication.stop': m(
    'Los problemas que trata esta opción son poco probables aquí.',
    'Esta opción trata algo que usted casi seguro no tiene.',
  ),
  'check.infection.stop': m(
    'Fiebre: hay que descartar infección antes de cualquier procedimiento.',
    'Usted tiene fiebre. Primero hay que ver si hay una infección.',
  ),
  'check.infection-active.stop': m(
    'Infección actual: ni aguja, ni implante, ni cirugía electiva hasta tratarla.',
    'Ahora hay una infección. Hay que curar eso antes.',
  ),
  'check.infection.ask': m(
    'Infección o procedimiento reciente: descartar infección activa.',
    'Hace poco tuvo una infección o le operaron. Hay que ver si ya pasó todo.',
  ),
  'check.no-progressive-deficit.stop': m(
    'Debilidad grave o que crece: no se aconseja esperar.',
    'Su pierna tiene poca fuerza. No es bueno esperar.',
  ),
  'check.obstacles-or-failed-first-line.caution': m(
    'Se añade cuando hay obstáculos o han fallado las primeras medidas.',
    'Ayuda más si lo simple no ha servido.',
  ),
  'check.claudication-not-injected.stop': m(
    'Claudicación neurógena por estenosis central: no se aconseja infiltración epidural.',
    'No se aconseja pinchar si el canal está estrecho.',
  ),
  'check.severe-sciatica.missing': m(
    'No se sabe si hay dolor de pierna ni cuánto.',
    'Díganos cuánto le duele la pierna.',
  ),
  'check.severe-sciatica.ask': m(
    'No se sabe la intensidad del dolor de pierna; la infiltración es para ciática grave.',
    'Díganos cuánto le duele la pierna.',
  ),
  'check.severe-sciatica.stop': m(
    'Sin dolor de pierna grave: la infiltración epidural no es para lumbalgia ni dolor leve de pierna.',
    'Esta inyección es solo para mucho dolor de pierna.',
  ),
  'check.severe-sciatica.caution': m(
    'Ciática de larga duración: la evidencia es para la ciática aguda y grave.',
    'Esta inyección ayuda más en los primeros meses.',
  ),
  'check.image-for-injection.missing': m(
    'Sin imagen: no se conoce el nivel.',
    'Antes hace falta una imagen para ver el sitio.',
  ),
  'check.concordant-for-injection.missing': m(
    'Sin imagen: no se conoce la concordancia.',
    'Antes hace falta una imagen para ver si encaja con su dolor.',
  ),
  'check.concordant-for-injection.stop': m(
    'Ningún hallazgo de imagen coincide con el dolor: no hay diana.',
    'La imagen no muestra nada que explique su dolor.',
  ),
  'check.concordant-for-surgery.missing': m(
    'Sin imagen: la cirugía exige un hallazgo que coincida con dolor y signos.',
    'Antes hace falta una imagen para ver si encaja con su dolor.',
  ),
  'check.concordant-for-surgery.stop': m(
    'Ningún hallazgo coincide con los síntomas: no se opera una imagen.',
    'La imagen no explica su dolor. Operar no le ayudaría.',
  ),
  'check.concordant-for-surgery.caution': m(
    'Imagen y dolor coinciden, pero no consta ningún signo: explorar antes de operar.',
    'La imagen encaja con su dolor. Falta un examen.',
  ),
  'check.contact-doubtful.missing': m(
    'El contacto con la raíz de este dolor es posible en la imagen, pero no seguro: un lector debe confirmarlo.',
    'La imagen puede encajar con su dolor. Un médico debe verla antes.',
  ),
  'check.side-not-read.missing': m(
    'Hay una hernia, pero no se leyó el lado (sin plano axial): no se conoce la diana.',
    'La imagen no muestra de qué lado es. Hace falta otra vista.',
  ),
  'check.conservative-first.stop': m(
    'Solo {weeks|0} semanas de síntomas: primero tratamiento no quirúrgico salvo déficit progresivo.',
    'Es pronto. La mayoría mejora sin operar.',
  ),
  'check.conservative-first.missing': m(
    'No se conocen la duración ni los tratamientos previos.',
    'Díganos desde cuándo le duele.',
  ),
  'check.conservative-first.ask': m(
    'Confirmar que se ha probado tratamiento no quirúrgico el tiempo suficiente.',
    'Díganos qué ha probado ya.',
  ),
  'check.device-duration.stop': m(
    'Solo {weeks|0} semanas de dolor: opción para dolor de más de medio año.',
    'Esto es para un dolor que dura más de medio año.',
  ),
  'check.device-duration.missing': m('No se conoce la duración del dolor.', 'Díganos desde cuándo le duele.'),
  'check.failed-conservative.missing': m(
    'No consta que el ejercicio se haya probado y haya fallado.',
    'Díganos si ha hecho ejercicio para esto.',
  ),
  'check.failed-conservative.stop': m(
    'El ejercicio ayudó: no hay motivo para ir más lejos ahora.',
    'El ejercicio le ha ayudado. Ahora no hace falta más.',
  ),
  'check.rapidly-improving.stop': m(
    'Los síntomas mejoran: ahora no está indicada una operación ni una infiltración.',
    'Usted va mejor. Ya no hay que operar ni pinchar.',
  ),
  'check.back-pain-five.missing': m(
    'No se conoce la intensidad de la lumbalgia; este paso exige al menos un dolor moderado.',
    'Díganos su dolor de espalda de 0 a 10.',
  ),
  'check.back-pain-five.stop': m(
    'Lumbalgia demasiado leve para este paso.',
    'Su dolor de espalda es leve para este paso.',
  ),
  'check.not-radicular.stop': m(
    'Es más probable un dolor de raíz o de canal.',
    'Su dolor viene más bien de un nervio.',
  ),
  'check.block-not-done.stop': m('Ya se hizo un bloqueo del ramo medial.', 'Ya le hicieron esta prueba.'),
  'check.block-positive.missing': m(
    'Exige antes un bloqueo positivo del ramo medial.',
    'Antes hace falta una inyección de prueba.',
  ),
  'check.block-positive.stop': m(
    'El bloqueo del ramo medial no ayudó: no se indica radiofrecuencia.',
    'La prueba no ayudó, así que esto tampoco.',
  ),
  'check.si-tests.missing': m(
    'No constan las pruebas de provocación sacroilíaca.',
    'Antes hay que ver cómo está esa parte de la cadera.',
  ),
  'check.si-tests.stop': m('Solo {n|0} pruebas sacroilíacas positivas.', 'Las pruebas no señalan esa parte.'),
  'check.si-block-positive.missing': m(
    'Exige antes alivio con un bloqueo sacroilíaco guiado.',
    'Antes hace falta una inyección de prueba.',
  ),
  'check.si-block-positive.stop': m(
    'El bloqueo sacroilíaco no ayudó.',
    'La prueba no ayudó, así que esto tampoco.',
  ),
  'check.modic-l3-s1.missing': m(
    'No se han graduado los cambios Modic de L3 a S1 (exige T1 y T2).',
    'La imagen no dice si esto le ayudaría.',
  ),
  'check.modic-l3-s1.stop': m(
    'Sin cambio Modic 1 o Modic 2 entre L3 y S1.',
    'La imagen no muestra el cambio que esto trata.',
  ),
  'check.skeletally-mature.ask': m('No se conoce la edad.', 'Díganos su edad.'),
  'check.skeletally-mature.stop': m('Esqueleto inmaduro.', 'Usted es muy joven para esto.'),
  'check.pregnancy-xray.stop': m(
    'Embarazo: sin procedimientos con rayos X.',
    'Esto no se hace en el embarazo.',
  ),
  'check.pregnancy-xray.ask': m(
    'No se ha preguntado por embarazo; necesario antes de rayos X.',
    '¿Puede ser que espere un bebé? Díganos.',
  ),
  'check.open-label-shrinks.caution': m(
    'Los ensayos abiertos dan mucho efecto; los controlados con simulación, poco o nada. Se muestran ambos.',
    'Los primeros estudios eran muy buenos. Los mejores muestran menos.',
  ),
  'check.post-surgical-leg-pain.missing': m(
    'No consta cirugía previa; la estimulación es para dolor persistente tras cirugía.',
    'Díganos si le han operado la espalda.',
  ),
  'check.post-surgical-leg-pain.stop': m(
    'Sin dolor de pierna persistente tras cirugía: en otro caso los ensayos con placebo muestran poco beneficio.',
    'Esto es para el dolor de pierna que queda tras operar.',
  ),
  'check.psychosis.stop': m(
    'Psicosis: ahora no es candidato a un implante.',
    'Ahora esto no es seguro para usted.',
  ),
  'check.psychosis.ask': m(
    'Antecedente psiquiátrico: aclararlo antes de un implante.',
    'Antes queremos hablar de su salud mental.',
  ),
  'check.addiction.ask': m(
    'Consumo de sustancias: tratado y estable antes de un implante.',
    'Antes queremos hablar de alcohol y drogas.',
  ),
  'check.trial-stimulation.caution': m(
    'Exige una prueba con alivio de al menos la mitad antes del implante.',
    'Antes se prueba unos días.',
  ),
  'check.no-safe-number.caution': m(
    'Evidencia escasa y casi sin control: no se da efecto en números.',
    'Los estudios no dan un número seguro.',
  ),
  'check.no-previous-surgery.stop': m(
    'Cirugía previa de columna: fuera del ensayo.',
    'Esto no se probó tras operar la espalda.',
  ),
  'check.stenosis-image.missing': m(
    'No se ha graduado la estenosis en imagen.',
    'La imagen no dice si el canal está estrecho.',
  ),
  'check.stenosis-image.stop': m(
    'La imagen no muestra estenosis relevante.',
    'La imagen no muestra un canal estrecho.',
  ),
  'check.leg-symptoms.missing': m('No constan síntomas de piernas.', 'Díganos si le duelen las piernas.'),
  'check.leg-symptoms.stop': m(
    'Sin síntomas de piernas: la descompresión trata las piernas, no la imagen.',
    'Sus piernas están bien. Esta cirugía ayuda a las piernas.',
  ),
  'check.osteoporosis.ask': m(
    'Osteoporosis: medir y tratar antes de implantes.',
    'Antes hay que mirar sus huesos.',
  ),
  'check.nicotine.caution': m(
    'Fuma: más riesgo de no fusión; ofrecer ayuda para dejarlo.',
    'Fumar frena el hueso. Le ayudamos a dejarlo.',
  ),
  'check.slip-image.missing': m(
    'No se ha buscado deslizamiento en imagen.',
    'La imagen no dice si un hueso se movió.',
  ),
  'check.slip-image.stop': m(
    'Sin deslizamiento en imagen: la fusión no añade nada.',
    'Ningún hueso se movió. Unir huesos no ayudaría.',
  ),
  'check.fusion-adds-nothing.caution': m(
    'En deslizamientos leves añadir fusión no mejoró el resultado; exige inestabilidad en radiografías de pie.',
    'Unir huesos no ayudó más que solo hacer sitio.',
  ),
  'check.fusion-for-axial-pain.stop': m(
    'No se ofrece fusión por lumbalgia fuera de un ensayo; no supera a la rehabilitación.',
    'Unir huesos por dolor de espalda no es mejor que el ejercicio.',
  ),
  'check.interspinous-reoperation.caution': m(
    'Más reoperaciones que la descompresión, sin mejor resultado.',
    'Con esto más gente se opera otra vez.',
  ),
  'check.antithrombotic.ask': m(
    'Toma {drug}: la pausa se propone por riesgo de sangrado y la decide quien lo prescribe.',
    'Usted toma {drug}. No lo deje por su cuenta. Lo deciden sus médicos.',
  ),
  'check.steroid-or-contrast-allergy.stop': m(
    'Alergia a esteroide o contraste.',
    'Usted es alérgico a una parte de esto.',
  ),
  'check.diabetes-steroid.caution': m(
    'Diabetes: el esteroide sube la glucosa unos días; comprobar el control.',
    'El esteroide puede subir su azúcar unos días.',
  ),
  'check.non-particulate.caution': m(
    'L1 a L3: sin esteroide particulado y con contraste en vivo; puede haber una arteria medular.',
    'En este sitio su médico irá con más cuidado.',
  ),
  'check.gi-bleed.stop': m(
    'Úlcera o sangrado digestivo previo: evitar AINE.',
    'Usted tuvo una úlcera o sangrado. Estas pastillas no son seguras.',
  ),
  'check.kidney-nsaid.stop': m(
    'Función renal demasiado baja: evitar AINE.',
    'Sus riñones están débiles. Estas pastillas no son seguras.',
  ),
  'check.kidney-nsaid.caution': m(
    'Función renal reducida: curso corto y control.',
    'Cuide sus riñones. Tómelas poco tiempo.',
  ),
  'check.kidney-nsaid.ask': m(
    'La función renal no se conoce con seguridad: filtrado antes de un antiinflamatorio.',
    'Antes hay que mirar sus riñones.',
  ),
  'check.heart-failure.stop': m(
    'Insuficiencia cardiaca: evitar AINE.',
    'Su corazón está débil. Estas pastillas no son seguras.',
  ),
  'check.pregnancy-nsaid.stop': m('Embarazo: evitar AINE.', 'Estas pastillas no son seguras en el embarazo.'),
  'check.nsaid-allergy.stop': m('Alergia a un AINE o a la aspirina.', 'Usted es alérgico a estas pastillas.'),
  'check.nsaid-with-antithrombotic.stop': m(
    'Toma {drug}: un AINE añade riesgo de sangrado.',
    'Usted toma {drug}. Con estas pastillas es más fácil que le salga sangre.',
  ),
  'check.nsaid-with-antithrombotic.caution': m(
    'Toma {drug}: un AINE añade riesgo de sangrado; protección gástrica si se usa.',
    'Usted toma {drug}. Con estas pastillas es más fácil que le salga sangre.',
  ),
  'check.gastroprotection.caution': m(
    'Edad avanzada: añadir protección gástrica.',
    'A su edad hace falta cuidar el estómago.',
  ),
  'check.nsaid-sciatica.caution': m(
    'Sin efecto claro en la ciática en los ensayos.',
    'Ayudan más a la espalda que a la pierna.',
  ),
  'check.paracetamol-alone.stop': m(
    'No se ofrece paracetamol solo: sin efecto en la recuperación.',
    'Esta pastilla sola no ayuda a la espalda.',
  ),
  'check.chronic-only.missing': m(
    'No se conoce la duración; la evidencia es para dolor crónico.',
    'Díganos desde cuándo le duele.',
  ),
  'check.chronic-only.stop': m(
    'La evidencia es solo para dolor crónico.',
    'Esto es para un dolor que dura meses.',
  ),
  'check.maoi.stop': m('Toma un IMAO: IRSN contraindicado.', 'Esto no va con una de sus pastillas.'),
  'check.other-serotonergic.ask': m(
    'Toma {drug}: valorar toxicidad por serotonina antes de añadir un IRSN.',
    'Usted toma {drug}. Hay que ver si se pueden juntar.',
  ),
  'check.liver-disease.stop': m(
    'Enfermedad hepática grave: evitar.',
    'Su hígado está débil. Esto no es seguro.',
  ),
  'check.hypertension.stop': m('Hipertensión no controlada: evitar.', 'Su presión es muy alta para esto.'),
  'check.guidelines-differ-snri.caution': m(
    'Las guías difieren: NICE no lo ofrece para lumbalgia, ACP lo pone en segunda línea.',
    'Los expertos no están de acuerdo.',
  ),
  'check.gabapentinoid-not-offered.stop': m(
    'No se ofrecen gabapentinoides en ciática ni lumbalgia: no superan al placebo y dan más efectos adversos.',
    'Estas pastillas no ayudaron y dan molestias.',
  ),
  'check.opioid-chronic.missing': m(
    'No se conoce la duración; los opioides no son para dolor crónico.',
    'Díganos desde cuándo le duele.',
  ),
  'check.opioid-chronic.stop': m(
    'Dolor crónico: no se ofrecen opioides.',
    'Los opioides no ayudan al dolor que dura meses.',
  ),
  'check.opioid-risk.stop': m(
    'Alto riesgo de trastorno por opioides: mejor bloqueos, neuromodulación y no opioides.',
    'Los opioides no serían seguros. Hay otros modos.',
  ),
  'check.opioid-risk.ask': m(
    'No se ha valorado el riesgo de opioides.',
    'Antes de opioides hay que hacerle preguntas.',
  ),
  'check.benzodiazepine.stop': m(
    'Toma {drug}: ningún opioide con benzodiacepina.',
    'Usted toma {drug}. No es bueno que lo tome junto con un opioide.',
  ),
  'check.sleep-apnoea.caution': m(
    'Apnea del sueño: riesgo de depresión respiratoria.',
    'Al dormir deja de respirar a veces. Los opioides lo empeoran.',
  ),
  'check.opioid-after-nsaid.stop': m(
    'Primero un AINE; opioide débil solo si falla o está contraindicado.',
    'Antes van otras pastillas.',
  ),
  'check.opioid-allergy.stop': m('Alergia a un opioide.', 'Usted es alérgico a estas pastillas.'),
  'check.acute-only.missing': m(
    'No se conoce la duración; la evidencia es para dolor agudo.',
    'Díganos desde cuándo le duele.',
  ),
  'check.acute-only.stop': m('La evidencia es solo para dolor agudo.', 'Esto es solo para un dolor nuevo.'),
  'check.sciatica-no-relaxant.stop': m('No para la ciática.', 'Esto no ayuda si duele un nervio.'),
  'check.older-sedation.caution': m('Edad avanzada: sedación y caídas.', 'Puede dar sueño. Podría caerse.'),
  'check.oral-steroid-not-offered.stop': m(
    'No se ofrecen esteroides orales en ciática: sin efecto en el dolor.',
    'Estas pastillas no quitaron el dolor.',
  ),
  'check.opioid-gene.stop': m(
    'Genotipo: hay que evitar codeína y tramadol; no queda un opioide débil.',
    'Por sus genes estas pastillas no sirven o no son seguras.',
  ),
  'check.nsaid-gene.caution': m(
    'Genotipo: algunos AINE exigen menos dosis; mejor uno que el gen no toca.',
    'Por sus genes hay que elegir bien estas pastillas.',
  ),
  'check.no-intake.missing': m(
    'Sin historia ni exploración: una imagen sola no trata a nadie.',
    'Aún no sabemos cómo se siente.',
  ),
  'check.no-symptoms.stop': m(
    'Sin síntomas: no se trata un hallazgo sin síntomas.',
    'Usted está bien. Un cambio en la imagen no se trata.',
  ),
  'check.two-blocks.caution': m(
    'Consta un bloqueo positivo; NICE acepta uno, ASIPP pide dos.',
    'A veces se pide otra inyección de prueba.',
  ),
  'check.esi-repeat.caution': m(
    'Ya hubo una epidural: no repetir antes de dos meses, y solo si ayudó.',
    'Ya le pusieron esta inyección. Espere dos meses.',
  ),
};
