/** HTTP, storage, jobs, identity, audit, DICOM node: the room with the I/O. */

export { createNetworkRunner, type NetworkRunner } from './analysis/network.ts';
export { analyzeStudy } from './analysis/pipeline.ts';
export { type AuditRecord, auditHash } from './audit/chain.ts';
export { type ExportVerdict, exportTrail, verifyExport } from './audit/export.ts';
export { readSeals } from './audit/seals.ts';
export { readChain, type Verdict, verifyChain } from './audit/verify.ts';
export { existingKeyring } from './blobs/keyring.ts';
export { type NodePeer, readPeers, readTls } from './dicom/peers.ts';
export { type PlannedStep, plannedSteps, type WorklistWish } from './dicom/worklist.ts';
export { ensureAccount, setPassword } from './identity/accounts.ts';
export { passwordFault } from './identity/password-rules.ts';
export { runWorker } from './jobs/worker.ts';
export { type Attached, attach, attachExisting } from './operations/attach.ts';
export { type BackupManifest, backup } from './operations/backup.ts';
export { restore } from './operations/restore.ts';
export { type BackupVerdict, verifyBackup } from './operations/verify-backup.ts';
export { ProblemError } from './problem-error.ts';
export { readSettings, type Settings } from './settings.ts';
export { MODEL_DIR, type Running, start } from './start.ts';
