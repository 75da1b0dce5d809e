/** Variant files in; named alleles, phenotypes and drug actions out. Pure: bytes come in through the caller. */
export { alternativesFor, type Candidate } from './alternatives.ts';
export { isArrayText, readArrayText } from './array-text.ts';
export { type BgzfMember, cutBgzf, isBgzf, isGzip } from './bgzf.ts';
export { type CallOptions, callGene, type GeneCall } from './call-gene.ts';
export { type CohortRow, cohortRows, cohortTsv } from './cohort.ts';
export { readGuidance } from './guidance-table.ts';
export { auditLedger, evidenceLedger, type StaleEntry } from './ledger.ts';
export { type Assembly, buildLocusIndex } from './locus.ts';
export type { PatientContext } from './medicines.ts';
export { callsOf, type OutsideCall, readOutsideCalls } from './outside.ts';
export { readOutsideFhir } from './outside-fhir.ts';
export { type Medication, MODULATORS } from './phenoconversion.ts';
export { POPULATIONS, type Population, phenotypePrior } from './populations.ts';
export { callGenome, type GenomeOptions, tablesToRead } from './profile.ts';
export type { GeneSites, SiteCall } from './site.ts';
export { type IndexQuery, indexQueries, readTabix, type TabixIndex } from './tabix.ts';
export { geneTable, geneTables } from './tables.ts';
export { type VariantFile, VcfReader } from './vcf-reader.ts';
