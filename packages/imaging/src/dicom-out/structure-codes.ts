import {
  DISC_LABEL,
  type DiscLevel,
  LABEL_CANAL,
  LABEL_CORD,
  LABEL_SACRUM,
  VERTEBRA_LABEL,
  type Vertebra,
} from '@foramen/spine';
import { type Concept, own, sct } from './coded-concept.ts';

/** One structure of the label map: its value there, its code, and how to draw it. */
export interface LabelledStructure {
  readonly label: number;
  readonly name: string;
  readonly concept: Concept;
  /** CIELab as DICOM's three unsigned 16-bit values (PS3.3 C.10.7.1.1). */
  readonly colour: readonly [number, number, number];
}

/** PS3.16 CID 7603. L6 occurs in transitional anatomy and has no code there. */
export const VERTEBRA_CODE: Readonly<Record<Vertebra, Concept>> = {
  T1: sct('64864005', 'T1 vertebra'),
  T2: sct('53733008', 'T2 vertebra'),
  T3: sct('1626008', 'T3 vertebra'),
  T4: sct('73071006', 'T4 vertebra'),
  T5: sct('56401006', 'T5 vertebra'),
  T6: sct('45296009', 'T6 vertebra'),
  T7: sct('62487009', 'T7 vertebra'),
  T8: sct('11068009', 'T8 vertebra'),
  T9: sct('82687006', 'T9 vertebra'),
  T10: sct('7610001', 'T10 vertebra'),
  T11: sct('12989004', 'T11 vertebra'),
  T12: sct('23215003', 'T12 vertebra'),
  L1: sct('66794005', 'L1 vertebra'),
  L2: sct('14293000', 'L2 vertebra'),
  L3: sct('36470004', 'L3 vertebra'),
  L4: sct('11994002', 'L4 vertebra'),
  L5: sct('49668003', 'L5 vertebra'),
  L6: own('L6', 'L6 vertebra'),
  S1: sct('54735007', 'Sacrum'),
};

/** PS3.16 CID 7604. */
export const DISC_CODE: Readonly<Record<DiscLevel, Concept>> = {
  'T8-T9': sct('9188009', 'T8/T9 disc'),
  'T9-T10': sct('113209001', 'T9/T10 disc'),
  'T10-T11': sct('34959001', 'T10/T11 disc'),
  'T11-T12': sct('1537001', 'T11/T12 disc'),
  'T12-L1': sct('76206002', 'T12/L1 disc'),
  'L1-L2': sct('80064006', 'L1/L2 disc'),
  'L2-L3': sct('67459009', 'L2/L3 disc'),
  'L3-L4': sct('62551000', 'L3/L4 disc'),
  'L4-L5': sct('84020006', 'L4/L5 disc'),
  'L5-L6': own('L5-L6', 'L5/L6 disc'),
  'L6-S1': own('L6-S1', 'L6/S1 disc'),
  'L5-S1': sct('715056000', 'L5/S1 disc'),
};

/** Upper thoracic discs, which the label map knows but no lumbar level names: value to code. */
const THORACIC_DISCS: readonly (readonly [number, string, string])[] = [
  [71, '37414007', 'C7/T1 disc'],
  [72, '40908007', 'T1/T2 disc'],
  [73, '6004007', 'T2/T3 disc'],
  [74, '2620004', 'T3/T4 disc'],
  [75, '82965004', 'T4/T5 disc'],
  [76, '72692000', 'T5/T6 disc'],
  [77, '74401007', 'T6/T7 disc'],
  [78, '28693002', 'T7/T8 disc'],
];

/** A disc or a vertebra whose level is not named. */
export const ANY_DISC = sct('360499006', 'Intervertebral disc');
export const ANY_VERTEBRA = sct('51282000', 'Vertebra');

const VERTEBRAL_CANAL = sct('61853006', 'Vertebral canal');
const SPINAL_CORD = sct('2748008', 'Spinal cord');
export const LUMBAR_SPINE = sct('122496007', 'Lumbar spine');

const BONE = [50000, 33500, 38000] as const;
const DISC = [45000, 30000, 22000] as const;

function structures(): readonly LabelledStructure[] {
  const out: LabelledStructure[] = [
    { label: LABEL_CORD, name: 'spinal cord', concept: SPINAL_CORD, colour: [56000, 33000, 50000] },
    { label: LABEL_CANAL, name: 'spinal canal', concept: VERTEBRAL_CANAL, colour: [52000, 24000, 30000] },
  ];
  for (const [vertebra, label] of Object.entries(VERTEBRA_LABEL) as [Vertebra, number][]) {
    const name = label === LABEL_SACRUM ? 'sacrum' : `${vertebra} vertebra`;
    out.push({ label, name, concept: VERTEBRA_CODE[vertebra], colour: BONE });
  }
  for (const [label, value, meaning] of THORACIC_DISCS) {
    out.push({ label, name: meaning, concept: sct(value, meaning), colour: DISC });
  }
  for (const [level, label] of Object.entries(DISC_LABEL) as [DiscLevel, number][]) {
    // L5-S1 and L6-S1 share one value; the ordinary name stands for it.
    if (level === 'L6-S1') continue;
    out.push({ label, name: `${level} disc`, concept: DISC_CODE[level], colour: DISC });
  }
  return out;
}

/** Every structure of the label map, by value. */
export const STRUCTURES: ReadonlyMap<number, LabelledStructure> = new Map(
  structures().map((structure) => [structure.label, structure]),
);

/**
 * The structure where levels are not named: discs and vertebrae are told apart by their label alone. What counts as the sacrum is then the lowest
 * bone in view, perhaps a vertebra that the picture's edge cuts.
 */
export function withoutLevel(structure: LabelledStructure): LabelledStructure {
  const { label, colour } = structure;
  if (colour !== DISC && colour !== BONE) return structure;
  const kind = colour === DISC ? 'disc' : 'vertebra';
  return {
    ...structure,
    name: `${kind} ${label}, level not named`,
    concept: kind === 'disc' ? ANY_DISC : ANY_VERTEBRA,
  };
}

/** Label value of a coded structure, whoever segmented it; SRT is the older designator of SNOMED. */
export function labelOfConcept(concept: Concept): number | undefined {
  for (const structure of STRUCTURES.values()) {
    if (structure.concept.value === concept.value && structure.concept.scheme === concept.scheme)
      return structure.label;
  }
  return undefined;
}
