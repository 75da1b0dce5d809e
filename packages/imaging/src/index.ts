/** The imaging room: files to volumes, findings out of volumes, DICOM objects out of findings. */

export * from './comparison/align.ts';
export * from './comparison/compare.ts';
export * from './comparison/detectable-change.ts';
export * from './comparison/matched-slice.ts';
export { type Pairing, pairDiscs } from './comparison/pairing.ts';
export * from './corridors/corridor.ts';
export { type CrestHeight, crestHeight } from './corridors/iliac-crest.ts';
export { type CorridorOverlay, corridorOverlay } from './corridors/overlay.ts';
export {
  type CorridorOnSlice,
  corridorOnSlice,
  type DrawnDistance,
  sliceOfTarget,
} from './corridors/slice-drawing.ts';
export { type Concept, conceptItem } from './dicom-out/coded-concept.ts';
export { importLabelMap, type LabelScheme } from './dicom-out/label-import.ts';
export type { ObjectStamp } from './dicom-out/object-source.ts';
export { writeReaderReport } from './dicom-out/reader-report.ts';
export { type ReportObject, writeReport } from './dicom-out/report-object.ts';
export { type SegmentationObject, writeSegmentation } from './dicom-out/segmentation-object.ts';
export {
  labelsOnSeries,
  type ReadSegment,
  type ReadSegmentation,
  readSegmentation,
} from './dicom-out/segmentation-reader.ts';
export {
  DISC_CODE,
  type LabelledStructure,
  labelOfConcept,
  STRUCTURES,
  VERTEBRA_CODE,
} from './dicom-out/structure-codes.ts';
export { labelOfName } from './dicom-out/structure-names.ts';
export * from './grades/grader-model.ts';
export { channelOf, picturesFor } from './nnunet/pictures-for.ts';
export { type NnunetPlan, readNnunetPlan } from './nnunet/plan.ts';
export { type RunSiteModel, runSiteModel, type SiteModelOptions } from './nnunet/site-model.ts';
export {
  assumedStep,
  assumedStepMm,
  sliceStretches,
  stackedByName,
  stackPictures,
} from './read/picture-stack.ts';
export * from './read/read-spine.ts';
export * from './read/series.ts';
export * from './segmentation/model.ts';
export * from './segmentation/network.ts';
export * from './validation/agreement.ts';
export * from './validation/overlap.ts';
export { type LabelFile, writeLabelFile } from './volumes/label-files.ts';
export { metaDataFile } from './volumes/metaimage.ts';
export { writeNiftiLabels } from './volumes/nifti.ts';
export { ASSUMED_SPACING, writePngLabels } from './volumes/png.ts';
export { type ReadInputOptions, readInput } from './volumes/read-input.ts';
export * from './volumes/series.ts';
