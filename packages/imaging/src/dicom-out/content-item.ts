import { type DataSet, dataSet, decimalString } from '@foramen/dicom';
import { type Concept, conceptItem } from './coded-concept.ts';

/** Content items of a structured report (PS3.3 C.17.3), as sequence items. */

export type Relation =
  | 'CONTAINS'
  | 'HAS OBS CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS PROPERTIES'
  | 'INFERRED FROM'
  | 'SELECTED FROM'
  | 'HAS ACQ CONTEXT';

export function container(
  relation: Relation | null,
  name: Concept,
  content: readonly DataSet[],
  template?: string,
): DataSet {
  return dataSet({
    RelationshipType: relation ?? undefined,
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: conceptItem(name),
    ContinuityOfContent: 'SEPARATE',
    ContentTemplateSequence:
      template === undefined ? undefined : dataSet({ MappingResource: 'DCMR', TemplateIdentifier: template }),
    ContentSequence: content.length > 0 ? content : undefined,
  });
}

export function codeItem(
  relation: Relation,
  name: Concept,
  value: Concept,
  content: readonly DataSet[] = [],
): DataSet {
  return dataSet({
    RelationshipType: relation,
    ValueType: 'CODE',
    ConceptNameCodeSequence: conceptItem(name),
    ConceptCodeSequence: conceptItem(value),
    ContentSequence: content.length > 0 ? content : undefined,
  });
}

export function textItem(relation: Relation, name: Concept, value: string): DataSet {
  return dataSet({
    RelationshipType: relation,
    ValueType: 'TEXT',
    ConceptNameCodeSequence: conceptItem(name),
    TextValue: value,
  });
}

export function uidItem(relation: Relation, name: Concept, uid: string): DataSet {
  return dataSet({
    RelationshipType: relation,
    ValueType: 'UIDREF',
    ConceptNameCodeSequence: conceptItem(name),
    UID: uid,
  });
}

export function numberItem(
  name: Concept,
  value: number,
  unit: Concept,
  content: readonly DataSet[] = [],
  relation: Relation = 'CONTAINS',
): DataSet {
  return dataSet({
    RelationshipType: relation,
    ValueType: 'NUM',
    ConceptNameCodeSequence: conceptItem(name),
    MeasuredValueSequence: dataSet({
      MeasurementUnitsCodeSequence: conceptItem(unit),
      NumericValue: decimalString(Number(value.toPrecision(6))),
    }),
    ContentSequence: content.length > 0 ? content : undefined,
  });
}

interface ImageReference {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly frame?: number;
  readonly segment?: number;
}

/** An image reference; `name` is null inside an image library, where it has none. */
export function imageItem(relation: Relation, name: Concept | null, image: ImageReference): DataSet {
  const reference = dataSet({
    ReferencedSOPClassUID: image.sopClassUid,
    ReferencedSOPInstanceUID: image.sopInstanceUid,
    ReferencedFrameNumber: image.frame,
    ReferencedSegmentNumber: image.segment,
  });
  return dataSet({
    RelationshipType: relation,
    ValueType: 'IMAGE',
    ConceptNameCodeSequence: name ? conceptItem(name) : undefined,
    ReferencedSOPSequence: reference,
  });
}
