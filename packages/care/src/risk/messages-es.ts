import type { Message, Term } from '../messages/catalogue.ts';

export const RISK_ES: Readonly<Record<string, Message>> = {
  'risk.adults-only': {
    clinician: 'Riesgo de {risk}: las cifras son de adultos; no se da ninguna antes de la edad adulta.',
    patient: 'No tenemos un número para gente joven sobre esto: {risk}.',
  },
  'risk.chronic.unknown': {
    clinician: 'Riesgo de dolor crónico: no se sabe cuánto dura el dolor.',
    patient: 'Díganos desde cuándo tiene el dolor.',
  },
  'risk.chronic.no-pain': {
    clinician: 'Riesgo de dolor crónico: no hay dolor.',
    patient: 'Ahora no tiene dolor.',
  },
  'risk.chronic.already': {
    clinician:
      'El dolor dura {weeks|0} semanas: ya es crónico. Un año después el dolor medio en personas así es de unos {later|0} de 100.',
    patient:
      'Su dolor dura {weeks|0} semanas. Muchas personas así aún tienen algo de dolor un año después, pero puede mejorar.',
  },
  'risk.chronic.scored': {
    clinician:
      'STarT Back {band} ({score|0}): cerca del {p|pct} de estas personas sigue con dolor a los seis meses.',
    patient:
      'Cerca del {p|pct} de las personas con respuestas como las suyas sigue con dolor a los seis meses.',
  },
  'risk.chronic.overall': {
    clinician:
      'Cerca del {p|pct} de las personas con dolor lumbar reciente sigue con dolor a los seis meses; un STarT Back lo precisaría.',
    patient:
      'Cerca del {p|pct} de las personas con dolor nuevo sigue con dolor a los seis meses. Un cuestionario corto puede decir más.',
  },
  'risk.cpsp': {
    clinician:
      'Dolor que persiste tras cirugía lumbar: cerca del {p|pct}, contando {n|0} factores de riesgo conocidos. Los estudios varían mucho.',
    patient: 'Si se operase, cerca del {p|pct} de las personas como usted seguiría con dolor.',
  },
  'risk.opioid.unknown': {
    clinician:
      'Riesgo de trastorno por opioides sin valorar: no hay respuestas sobre consumo ni ánimo. Pregunte antes de cualquier opioide.',
    patient: 'Nos faltan datos antes de dar un calmante fuerte.',
  },
  'risk.opioid.high': {
    clinician:
      'ORT-OUD de al menos {low|0}: riesgo alto; cerca del {p|pct} desarrollaría un trastorno por opioides con tratamiento prolongado.',
    patient: 'Los calmantes fuertes (opioides) tienen un riesgo alto para usted. Hay opciones más seguras.',
  },
  'risk.opioid.low': {
    clinician:
      'ORT-OUD de como mucho {high|0}: riesgo bajo; cerca del {p|pct} desarrollaría un trastorno por opioides con tratamiento prolongado.',
    patient: 'Su riesgo con calmantes fuertes (opioides) es bajo, pero no nulo.',
  },
  'risk.opioid.ort': {
    clinician: 'ORT {score|0}: riesgo {band}.',
    patient: 'Su riesgo con calmantes fuertes es {band}.',
  },
  'risk.opioid.open': {
    clinician:
      'El ORT-OUD está entre {low|0} y {high|0}: deciden las respuestas abiertas. Pregunte antes de cualquier opioide.',
    patient: 'Nos faltan datos antes de dar un calmante fuerte.',
  },
  'risk.progression': {
    clinician:
      'Progresión de la degeneración discal: cerca del {share|pct} de las diferencias entre personas se hereda; ningún modelo da una cifra individual.',
    patient:
      'Lo rápido que envejecen los discos depende sobre todo de los genes. Nadie puede darle una cifra.',
  },
  'risk.progression.family': {
    clinician:
      'Antecedentes familiares de dolor lumbar: indicio débil solo de degeneración (el {share|pct} de las diferencias entre personas se hereda). No cambia ningún plan.',
    patient: 'El dolor lumbar en su familia dice poco de su propia espalda.',
  },
  'risk.progression.markers': {
    clinician:
      'Los marcadores genéticos de degeneración o dolor son de investigación y no cambian ningún plan; cerca del {share|pct} de las diferencias entre personas se hereda.',
    patient: 'Su prueba genética tiene marcadores que aún se investigan. No cambian su plan.',
  },
  'risk.modify.stratified-care': {
    clinician:
      'Modificable: la atención según el grupo STarT Back baja la discapacidad unos {effect|1} puntos RMDQ al año.',
    patient: 'Una atención que se ajuste a sus respuestas ayuda un poco más.',
  },
  'risk.modify.distress': {
    clinician:
      'Modificable: malestar emocional. La terapia cognitivo-conductual baja la discapacidad unas {effect|2} desviaciones típicas frente a la atención habitual.',
    patient: 'La ayuda con la preocupación o el ánimo bajo puede facilitar el día a día.',
  },
  'risk.modify.exercise': {
    clinician:
      'Modificable: actividad. El ejercicio baja el dolor unos {effect|0} puntos de 100 a los tres meses en dolor crónico.',
    patient: 'El ejercicio baja un poco el dolor en la mayoría.',
  },
  'risk.modify.catastrophizing': {
    clinician:
      'Modificable: catastrofismo (probabilidad de dolor persistente unas {ratio|1} veces mayor); trátelo antes de operar si hay tiempo.',
    patient: 'La ayuda con el miedo al dolor antes de operar puede bajar el riesgo de que siga el dolor.',
  },
  'risk.modify.preoperative-opioids': {
    clinician:
      'Modificable: opioides antes de operar (probabilidad de dolor persistente unas {ratio|1} veces mayor); reduzca despacio si es posible.',
    patient: 'Tomar menos calmante fuerte antes de operar puede ayudar. No lo deje por su cuenta.',
  },
  'risk.modify.smoking': {
    clinician:
      'Modificable: tabaco. La probabilidad de nueva hernia tras operar es unas {ratio|1} veces la de no fumadores.',
    patient: 'Si deja de fumar, es menos probable otra hernia tras operar.',
  },
  'risk.modify.lifestyle': {
    clinician:
      '{factor}: asociado a la degeneración, pero con confusión; conviene cambiarlo por salud general, no hay cifra honesta.',
    patient: '{factor}: cambiarlo es bueno para su salud. No podemos decir cuánto ayuda a su espalda.',
  },
  'risk.modify.opioid-exposure': {
    clinician:
      'Modificable: exposición a opioides. Primero opciones sin opioides; dosis mínima, revalorar, nunca suspender de golpe.',
    patient: 'Primero van otras formas de tratar el dolor. No deje el calmante fuerte por su cuenta.',
  },
  'risk.modify.sedatives': {
    clinician:
      'Modificable: un opioide con un sedante aumenta el riesgo de sobredosis; evite la combinación.',
    patient:
      'Su calmante fuerte junto con la pastilla para dormir o calmarse puede ser peligroso. Hable con su médico.',
  },
  'risk.modify.alcohol': {
    clinician:
      'Modificable: los problemas con el alcohol aumentan el riesgo con opioides; ofrezca ayuda primero.',
    patient: 'La ayuda con el alcohol hace más seguro tratar el dolor.',
  },
};

export const RISK_ES_TERMS: Readonly<Record<string, Term>> = {
  'band.low': 'bajo',
  'band.medium': 'medio',
  'band.moderate': 'moderado',
  'band.high': 'alto',
  'band.unknown': 'no conocido',
  'factor.smoking': 'tabaco',
  'factor.weight': 'peso corporal',
  'risk.chronic-pain': 'dolor crónico',
  'risk.chronic-post-surgical-pain': 'dolor tras la cirugía',
  'risk.opioid-use-disorder': 'trastorno por opioides',
  'risk.degeneration-progression': 'progresión de la degeneración',
};
