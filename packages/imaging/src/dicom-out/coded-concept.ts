import { type DataSet, dataSet } from '@foramen/dicom';

/** A coded concept (PS3.3, 8.8). */
export interface Concept {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** Scheme of the product's own concepts: scales and measures for which DICOM and SNOMED CT define no code. */
export const OWN_SCHEME = '99FORAMEN';

export const sct = (value: string, meaning: string): Concept => ({ value, scheme: 'SCT', meaning });
export const dcm = (value: string, meaning: string): Concept => ({ value, scheme: 'DCM', meaning });
export const own = (value: string, meaning: string): Concept => ({ value, scheme: OWN_SCHEME, meaning });

/** The code as a sequence item. Meanings are cut to LO's 64 characters. */
export function conceptItem(concept: Concept): DataSet {
  return dataSet({
    CodeValue: concept.value.slice(0, 16),
    CodingSchemeDesignator: concept.scheme,
    CodeMeaning: concept.meaning.slice(0, 64),
  });
}
