/** The imaging room: files to volumes, findings out of volumes, DICOM objects out of findings. */

export * from './volumes/series.ts';
