/** The reports: one self-contained page each. */

export { type ClinicalReportParts, renderClinicalReport } from './clinical-report.ts';
export { outline, type ReportPicture, sliceFigure } from './slice-picture.ts';
