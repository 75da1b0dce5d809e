/** Synthetic people from a seed: lumbar anatomy with exact truth, its MR appearance, and everything a clinic would hold. */

export * from './acquisition.ts';
export * from './anatomy.ts';
export * from './axial-series.ts';
export * from './axial-truth.ts';
export * from './diary.ts';
export * from './dicom-study.ts';
export * from './drawn-corridor.ts';
export type { FacetSpec } from './facet-joints.ts';
export * from './fhir-bundle.ts';
export type { FatDirection, ForamenSpec } from './foramen.ts';
export { type ForamenTruth, foramenTruth } from './foramen-truth.ts';
export * from './genotype.ts';
export * from './local-frame.ts';
export * from './mr-series.ts';
export type { ParaspinalMuscle, ParaspinalSpec } from './paraspinal.ts';
export * from './plane.ts';
export * from './prng.ts';
export * from './root-truth.ts';
export * from './sample-patients.ts';
export * from './scanner.ts';
export * from './sequence-signal.ts';
export * from './spine-spec.ts';
export type { SampleStory, ScanStory } from './stories/sample-story.ts';
export * from './tissue.ts';
export * from './training-sample.ts';
export * from './truth.ts';
export * from './water-fat.ts';
