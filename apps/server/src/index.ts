/** HTTP, storage, jobs, identity, audit, DICOM node: the room with the I/O. */

export { createNetworkRunner, type NetworkRunner } from './analysis/network.ts';
export { analyzeStudy } from './analysis/pipeline.ts';
export { runWorker } from './jobs/worker.ts';
export { ProblemError } from './problem-error.ts';
export { readSettings, type Settings } from './settings.ts';
export { MODEL_DIR, type Running, start } from './start.ts';
