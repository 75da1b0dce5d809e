/** The reports: one self-contained page each. */

export { type ClinicalReportParts, renderClinicalReport } from './clinical-report.ts';
export { valueText, withReaderMarks } from './reader-marks.ts';
export { outline, type ReportPicture } from './slice-picture.ts';
export {
  type GradeScore,
  type LevelStructureScore,
  type MeasureScore,
  type PictureScore,
  renderValidation,
  type StructureScore,
  type ValidatedStructure,
  type ValidationResult,
} from './validation.ts';
