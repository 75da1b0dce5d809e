/** The imaging room: files to volumes, findings out of volumes, DICOM objects out of findings. */

export * from './read/read-spine.ts';
export * from './read/series.ts';
export * from './segmentation/model.ts';
export * from './segmentation/network.ts';
export * from './volumes/series.ts';
