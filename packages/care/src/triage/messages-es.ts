import type { Message, Term } from '../messages/catalogue.ts';

export const TRIAGE_ES: Readonly<Record<string, Message>> = {
  'triage.urgency.emergency-within': {
    clinician: 'Emergencia: {who} en {hours|span}.',
    patient: 'Es una urgencia. Vaya ya al hospital. Deben verle en {hours|span}.',
  },
  'triage.urgency.ambulance': {
    clinician: 'Emergencia: {who} de inmediato.',
    patient: 'Es una emergencia. Llame ya a una ambulancia. No conduzca.',
  },
  'triage.urgency.urgent-within': {
    clinician: 'Urgente: {who} en {hours|span}.',
    patient: 'Deben verle pronto: en {hours|span}.',
  },
  'triage.urgency.soon-within': {
    clinician: 'Derivar ya: {who} en {hours|span}.',
    patient: 'Queremos que le vean en {hours|span}.',
  },
  'triage.urgency.routine': {
    clinician: 'Ordinario: {who}.',
    patient: 'Le pueden ver en una visita normal.',
  },
  'triage.urgency.self-care': {
    clinician: 'Autocuidado con consejos: {who}.',
    patient: 'Por ahora puede cuidarse en casa. Vuelva si empeora.',
  },
  'triage.urgency.soon': {
    clinician: 'Derivar ya: {who}.',
    patient: 'Queremos que le vean pronto.',
  },
  'triage.no-intake': {
    clinician:
      'No hay síntomas, antecedentes ni exploración: los signos de alarma no se han valorado y nada queda descartado.',
    patient: 'Aún no sabemos cómo se siente. Conteste primero las preguntas de seguridad.',
  },
  'triage.rash': {
    clinician:
      'Erupción con el dolor: busque herpes zóster antes de culpar a la columna; el antiviral sirve más en los tres primeros días.',
    patient: 'Nos habló de una erupción. Puede ser un herpes. Un médico debe verla en estos días.',
  },
  'triage.young': {
    clinician:
      'Menor de edad: el dolor de espalda que dura exige un examen (fractura de estrés del arco, infección, tumor, Scheuermann); las cifras de adultos no valen.',
    patient: 'Aún es menor de edad. Un médico debe ver pronto su espalda. Lo que sabemos es de adultos.',
  },
  'triage.safety': {
    clinician:
      'El último ítem del PHQ-9 es mayor que cero: pregunte hoy por ideas de autolesión, sea cual sea el total.',
    patient:
      'Nos ha dicho que la vida le pesa. Hoy alguien hablará con usted. Si piensa en hacerse daño, llame ya a urgencias.',
  },
  'triage.safety.told': {
    clinician:
      'Las palabras pueden hablar de autolesión o de no querer vivir: «{quote}». Pregunte hoy por la seguridad.',
    patient:
      'Nos ha dicho que la vida le pesa. Hoy alguien hablará con usted. Si piensa en hacerse daño, llame ya a urgencias.',
  },
  'triage.acute.overdose': {
    clinician:
      'Las palabras hablan de exceso de opioide o sedante: «{quote}». Respiración y pupilas ya, naloxona si respira despacio; la espalda espera.',
    patient:
      'Nos habló de una medicina fuerte que da demasiado sueño. Si respira despacio, llame ya a emergencias.',
  },
  'triage.acute.anaphylaxis': {
    clinician:
      'Las palabras hablan de una reacción alérgica grave: «{quote}». Vía aérea y adrenalina ya; la espalda espera.',
    patient: 'Nos habló de hinchazón o de falta de aire. Llame ya a emergencias.',
  },
  'triage.acute.dural-leak': {
    clinician:
      'Dolor de cabeza tras una aguja o una operación de columna, o que cambia con la postura: «{quote}». Hoy se busca una fuga de líquido, meningitis o sangrado.',
    patient: 'Nos habló de un dolor de cabeza. Un médico debe verlo hoy.',
  },
  'triage.acute.withdrawal': {
    clinician:
      'Las palabras hablan de un opioide o sedante dejado de golpe: «{quote}». Se ve hoy; se acuerda una bajada lenta, nunca un corte.',
    patient: 'Puede que su medicina fuerte se cortara muy rápido. Hable hoy con un médico.',
  },
  'triage.acute.clot': {
    clinician:
      'Las palabras pueden hablar de un coágulo en una vena de la pierna: "{quote}". Valorar trombosis venosa profunda el mismo día.',
    patient: 'Puede tener un coágulo en la pierna. Un médico debe verla hoy. No se la frote.',
  },
  'triage.acute.clot-lung': {
    clinician: 'Las palabras pueden hablar de un coágulo en el pulmón, o del corazón: "{quote}". Ambulancia.',
    patient: 'Dolor de pecho y falta de aire puede ser un coágulo o el corazón. Llame ya a una ambulancia.',
  },
  'triage.acute.neck-artery': {
    clinician:
      'Las palabras pueden hablar de una arteria rota del cuello, con signos de ojo o cerebro: "{quote}". Ambulancia.',
    patient: 'Un cuello dañado con estas señales puede ser una arteria rota. Llame ya a una ambulancia.',
  },
  'triage.acute.bleeding': {
    clinician:
      'Las palabras hablan de un sangrado, digestivo o con anticoagulantes: «{quote}». Hoy se revisan la circulación, la hemoglobina y las medicinas; se deja el antiinflamatorio.',
    patient:
      'Nos habló de un sangrado. Un médico debe verle hoy. Llame a emergencias si se marea o si no para.',
  },
  'triage.acute.adrenal': {
    clinician:
      'Las palabras hablan de un corticoide dejado de golpe y de desfallecimiento: «{quote}». Se busca ya una crisis suprarrenal; la hidrocortisona no se retrasa.',
    patient:
      'Puede que su corticoide se cortara muy rápido. Un médico debe verle hoy. Llame a emergencias si se desmaya.',
  },
  'triage.acute.serotonin': {
    clinician:
      'Las palabras pueden hablar de exceso de serotonina por medicinas juntas: «{quote}». Hoy se miran clonus, temperatura y la lista de medicinas.',
    patient: 'Puede que sus medicinas no vayan bien juntas. Un médico debe verlo hoy.',
  },
  'triage.gate': {
    clinician: 'Hay un signo de alarma: no se ordenan opciones electivas hasta que un clínico lo resuelva.',
    patient: 'Primero le tienen que ver. Lo demás se habla luego.',
  },
  'triage.text-conflict': {
    clinician:
      'La casilla dice que no, pero el texto dice «{quote}». Vale el texto hasta que alguien pregunte.',
    patient: 'Marcó que no, pero luego escribió «{quote}». Díganos cuál de las dos es la buena.',
  },
  'triage.heard-again': {
    clinician:
      'Ninguna regla decide estas palabras, pero se parecen a otras que indicaban {danger}: «{quote}». Las oyó un lector entrenado, que puede equivocarse. Preguntar hoy.',
    patient: 'Algo de lo que nos cuenta puede ser importante. Hoy le vamos a hacer más preguntas.',
  },
  'triage.early.refer-now': {
    clinician:
      'Puntuación de intervención temprana de al menos {low|0} de 6 (persistencia, irradiación, movilidad): derivar ya.',
    patient: 'Su dolor dura, se extiende o le impide moverse. Queremos que le vean pronto.',
  },
  'triage.early.soon': {
    clinician:
      'Puntuación de intervención temprana de {low|0} a {high|0} de 6 (persistencia, irradiación, movilidad): ver en las próximas semanas, con cita ordinaria.',
    patient: 'Sería bueno que le vieran en las próximas semanas.',
  },
  'triage.early.soon-exact': {
    clinician:
      'Puntuación de intervención temprana de {low|0} de 6 (persistencia, irradiación, movilidad): ver en las próximas semanas, con cita ordinaria.',
    patient: 'Sería bueno que le vieran en las próximas semanas.',
  },
  'triage.early.self-care': {
    clinician:
      'Puntuación de intervención temprana de {low|0} a {high|0} de 6 (persistencia, irradiación, movilidad): consejos y autocuidado.',
    patient: 'La mayoría de los dolores así mejoran. Siga moviéndose y vuelva si no se calma.',
  },
  'triage.early.self-care-exact': {
    clinician:
      'Puntuación de intervención temprana de {low|0} de 6 (persistencia, irradiación, movilidad): consejos y autocuidado.',
    patient: 'La mayoría de los dolores así mejoran. Siga moviéndose y vuelva si no se calma.',
  },
  'triage.early.told': {
    clinician:
      'La puntuación de intervención precoz se apoya en palabras del relato, no en respuestas: confirme cuánto dura el dolor, hasta dónde llega y qué impide.',
    patient: 'Lo hemos tomado de sus propias palabras. Díganos si las hemos entendido bien.',
  },
  'triage.early.open': {
    clinician:
      'Puntuación de intervención temprana entre {low|0} y {high|0} de 6: las preguntas abiertas deciden la prisa.',
    patient: 'Nos faltan datos para decir cuándo le ven.',
  },
  'triage.cauda-equina.raised': {
    clinician:
      'Sospecha de síndrome de cola de caballo ({p|pct} entre las personas derivadas con estos signos): resonancia urgente en {hours|span}. La ausencia de un signo no lo descarta.',
    patient:
      'Los nervios del final de la columna pueden estar apretados. Es una urgencia. Vaya ya al hospital.',
  },
  'triage.cauda-equina.possible': {
    clinician:
      'Es posible un síndrome de cola de caballo ({p|pct}): pregunte hoy por vejiga, intestino, silla de montar y sexo, otra vez donde ya se respondió. La ausencia de un signo no lo descarta.',
    patient:
      'Conteste hoy las preguntas abiertas. Si pierde sensibilidad entre las piernas o el control de la vejiga, vaya al hospital enseguida.',
  },
  'triage.cauda-equina.not-raised': {
    clinician:
      'No se refiere ningún signo de síndrome de cola de caballo ({p|pct}, la tasa basal). Esto no lo descarta: explique cuándo volver.',
    patient:
      'Hoy nada indica que los nervios del final de la columna estén apretados. Si pierde sensibilidad entre las piernas o el control de la vejiga, vaya al hospital enseguida.',
  },
  'triage.cauda-equina.not-assessed': {
    clinician:
      'El síndrome de cola de caballo no se ha valorado: hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos falta saber si siente bien entre las piernas, y cómo van la orina y las heces.',
  },
  'triage.fracture.raised': {
    clinician: 'Sospecha de fractura vertebral ({p|pct}): ver en {hours|span}.',
    patient: 'Sus respuestas pueden indicar un hueso roto en la espalda. Deben revisarle en {hours|span}.',
  },
  'triage.fracture.possible': {
    clinician: 'Es posible fractura vertebral ({p|pct}); un solo signo débil no pide imagen urgente.',
    patient: 'Hay una pequeña posibilidad de un hueso roto en la espalda. Su equipo lo tendrá en cuenta.',
  },
  'triage.fracture.not-raised': {
    clinician: 'Ningún signo de fractura vertebral en las respuestas dadas.',
    patient: 'Hoy nada indica un hueso roto en la espalda.',
  },
  'triage.fracture.not-assessed': {
    clinician: 'Fractura vertebral: sin valorar; hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos faltan datos para saber si hay un hueso roto.',
  },
  'triage.infection.raised': {
    clinician:
      'Sospecha de infección vertebral: estimada en {p|pct}, y urgente sea cual sea la cifra, pues no verla puede paralizar o matar: ver en {hours|span}.',
    patient: 'Sus respuestas pueden indicar una infección en la espalda. Deben revisarle en {hours|span}.',
  },
  'triage.infection.possible': {
    clinician: 'Es posible infección vertebral ({p|pct}); un solo signo débil no pide imagen urgente.',
    patient: 'Hay una pequeña posibilidad de una infección en la espalda. Su equipo lo tendrá en cuenta.',
  },
  'triage.infection.not-raised': {
    clinician: 'Ningún signo de infección vertebral en las respuestas dadas.',
    patient: 'Hoy nada indica una infección en la espalda.',
  },
  'triage.infection.not-assessed': {
    clinician: 'Infección vertebral: sin valorar; hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos faltan datos para ver si hay una infección.',
  },
  'triage.malignancy.raised': {
    clinician: 'Sospecha de tumor vertebral maligno ({p|pct}): ver en {hours|span}.',
    patient: 'Sus respuestas pueden indicar un tumor en la espalda. Deben revisarle en {hours|span}.',
  },
  'triage.malignancy.possible': {
    clinician: 'Es posible tumor vertebral maligno ({p|pct}); un solo signo débil no pide imagen urgente.',
    patient: 'Hay una pequeña posibilidad de un tumor en la espalda. Su equipo lo tendrá en cuenta.',
  },
  'triage.malignancy.not-raised': {
    clinician: 'Ningún signo de tumor vertebral maligno en las respuestas dadas.',
    patient: 'Hoy nada indica un tumor en la espalda.',
  },
  'triage.malignancy.not-assessed': {
    clinician:
      'Tumor vertebral maligno: sin valorar; hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos faltan datos para saber si hay un tumor.',
  },
  'triage.vascular.raised': {
    clinician:
      'Sospecha de enfermedad arterial (aneurisma o mala circulación en las piernas): ver en {hours|span}.',
    patient:
      'Sus respuestas pueden indicar un problema de los vasos sanguíneos. Deben revisarle en {hours|span}.',
  },
  'triage.vascular.possible': {
    clinician: 'Es posible enfermedad arterial (aneurisma o mala circulación en las piernas).',
    patient:
      'Hay una pequeña posibilidad de un problema de los vasos sanguíneos. Su equipo lo tendrá en cuenta.',
  },
  'triage.vascular.not-raised': {
    clinician:
      'Ningún signo de enfermedad arterial (aneurisma o mala circulación en las piernas) en las respuestas dadas.',
    patient: 'Hoy nada indica un problema de los vasos sanguíneos.',
  },
  'triage.vascular.not-assessed': {
    clinician:
      'Enfermedad arterial (aneurisma o mala circulación en las piernas): sin valorar; hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos faltan datos para saber si la sangre llega bien.',
  },
  'triage.inflammatory.raised': {
    clinician: 'Sospecha de espondiloartritis axial ({p|pct}): ver en {hours|span}.',
    patient:
      'Sus respuestas pueden indicar un tipo de artritis de la espalda. Deben revisarle en {hours|span}.',
  },
  'triage.inflammatory.possible': {
    clinician: 'Es posible espondiloartritis axial ({p|pct}).',
    patient:
      'Hay una pequeña posibilidad de un tipo de artritis de la espalda. Su equipo lo tendrá en cuenta.',
  },
  'triage.inflammatory.not-raised': {
    clinician: 'Ningún signo de espondiloartritis axial en las respuestas dadas.',
    patient: 'Hoy nada indica un tipo de artritis de la espalda.',
  },
  'triage.inflammatory.not-assessed': {
    clinician:
      'Espondiloartritis axial: sin valorar; hay preguntas abiertas y una pregunta abierta no es un no.',
    patient: 'Aún nos faltan datos para saber si es una artritis.',
  },
  'triage.progressive-deficit.raised': {
    clinician:
      'Déficit motor que avanza, es grave (como mucho movimiento contra gravedad) o con signos de primera motoneurona: cirujano en {hours|span}.',
    patient:
      'Su pierna está débil y deben revisarla en {hours|span}. Actuar pronto puede ayudar a recuperar la fuerza.',
  },
  'triage.progressive-deficit.possible': {
    clinician: 'Debilidad leve o referida: explorar la fuerza en {hours|span}; si avanza es una emergencia.',
    patient: 'Puede que su pierna esté débil. Deben revisarla en {hours|span}. Si empeora, vaya al hospital.',
  },
  'triage.progressive-deficit.not-raised': {
    clinician: 'No se refiere ni se encuentra déficit motor.',
    patient: 'Por lo que sabemos, sus piernas no están débiles.',
  },
  'triage.progressive-deficit.not-assessed': {
    clinician:
      'Déficit motor sin valorar: no se preguntó por debilidad o no se exploró la fuerza, y una pregunta abierta no es un no.',
    patient: 'Aún tenemos que saber si una pierna o un pie están débiles.',
  },
};

export const TRIAGE_ES_TERMS: Readonly<Record<string, Term>> = {
  'heard.cauda-equina':
    'un cambio en la zona de silla, la vejiga, el intestino o el sexo, o en las dos piernas',
  'heard.progressive-deficit': 'una pierna o un pie que falla',
  'heard.fracture': 'una vértebra rota',
  'heard.infection': 'una infección de la columna',
  'heard.malignancy': 'cáncer en la columna',
  'heard.vascular': 'la aorta o las arterias de la pierna',
  'heard.self-harm': 'ideas de hacerse daño',
  'who.ambulance': 'ambulancia',
  'who.emergency': 'urgencias con resonancia y cirugía de columna de guardia',
  'who.spine-surgeon': 'cirujano de columna',
  'who.acute-medicine': 'equipo médico de agudos',
  'who.vascular': 'cirugía vascular o urgencias',
  'who.imaging-clinic': 'consulta de columna con imagen',
  'who.rheumatology': 'reumatólogo',
  'who.mental-health': 'clínico que valore la seguridad',
  'who.hip': 'consulta de cadera, con una placa de la cadera',
  'who.vascular-clinic': 'consulta de cirugía vascular',
  'who.neurology': 'neurólogo, con estudio de conducción nerviosa',
  'who.spine-clinic': 'consulta de columna',
  'who.primary-care': 'médico de cabecera o fisioterapeuta',
  'who.nobody-yet': 'médico de cabecera si no se calma',
};
