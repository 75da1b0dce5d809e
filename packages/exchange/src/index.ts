/** FHIR R4: mapping of results to resources. */

export * from './study-bundle.ts';
