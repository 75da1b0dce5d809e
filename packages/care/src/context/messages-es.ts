import type { Message, Term } from '../messages/catalogue.ts';

export const CONTEXT_ES: Readonly<Record<string, Message>> = {
  'context.usual': {
    clinician:
      '{level}: {finding} (certeza {q|pct}). Habitual a esta edad: lo tiene el {p|pct} de las personas de {age|0} años sin dolor.',
    patient:
      '{level}: {finding}. Es normal a su edad: también lo tiene el {p|pct} de las personas de su edad sin dolor.',
  },
  'context.share': {
    clinician:
      '{level}: {finding} (certeza {q|pct}). Lo tiene el {p|pct} de las personas de {age|0} años sin dolor.',
    patient: '{level}: {finding}. También lo tiene el {p|pct} de las personas de su edad sin dolor.',
  },
  'context.any-age': {
    clinician:
      '{level}: {finding} (certeza {q|pct}). Lo tiene el {p|pct} de los adultos sin dolor; no hay cifra por edad.',
    patient: '{level}: {finding}. También lo tiene el {p|pct} de las personas sin dolor.',
  },
  'context.age-unknown': {
    clinician:
      '{level}: {finding} (certeza {q|pct}). Su frecuencia sin dolor depende de la edad, que no se conoce.',
    patient: '{level}: {finding}. Díganos su edad para ver si es frecuente.',
  },
  'context.no-figure': {
    clinician: '{level}: {finding} (certeza {q|pct}). No hay cifra de su frecuencia a esta edad sin dolor.',
    patient: '{level}: {finding}. No sabemos si es frecuente a su edad.',
  },
  'context.muscle-fat': {
    clinician:
      '{level}: {finding}, {q|pct} de grasa en el lado más graso. Personas sanas de {age|0} años: {p|pct} de media, de {low|pct} a {high|pct}.',
    patient:
      '{level}: {finding} tiene alrededor del {q|pct} de grasa. En personas sanas de su edad es cerca del {p|pct}, y lo suyo está dentro de lo que se ve.',
  },
  'context.muscle-fat-above': {
    clinician:
      '{level}: {finding}, {q|pct} de grasa en el lado más graso, más que en personas sanas de {age|0} años ({p|pct} de media, de {low|pct} a {high|pct}).',
    patient:
      '{level}: {finding} tiene alrededor del {q|pct} de grasa. En personas sanas de su edad es cerca del {p|pct}. El ejercicio fortalece el músculo.',
  },
};

export const CONTEXT_ES_TERMS: Readonly<Record<string, Term>> = {
  'finding.disc-degeneration': { clinician: 'degeneración discal', patient: 'un disco gastado' },
  'finding.signal-loss': { clinician: 'pérdida de señal discal', patient: 'un disco que ha perdido agua' },
  'finding.height-loss': { clinician: 'pérdida de altura discal', patient: 'un disco más fino' },
  'finding.bulge': { clinician: 'abombamiento discal', patient: 'un disco abombado' },
  'finding.protrusion': { clinician: 'protrusión discal', patient: 'un disco que sobresale un poco' },
  'finding.extrusion': { clinician: 'extrusión discal', patient: 'un disco que se ha salido' },
  'finding.annular-fissure': { clinician: 'fisura anular', patient: 'una pequeña fisura del disco' },
  'finding.facet-degeneration': {
    clinician: 'degeneración facetaria',
    patient: 'articulaciones pequeñas gastadas',
  },
  'finding.spondylolisthesis': { clinician: 'espondilolistesis', patient: 'un hueso un poco desplazado' },
  'finding.modic-any': { clinician: 'cambio Modic', patient: 'un cambio en el hueso junto al disco' },
  'finding.severe-central-stenosis': { clinician: 'estenosis central grave', patient: 'un canal estrecho' },
  'finding.multifidus': { clinician: 'multífido', patient: 'el músculo profundo de la espalda' },
  'finding.erector-spinae': {
    clinician: 'erector de la columna',
    patient: 'el músculo largo de la espalda',
  },
};
