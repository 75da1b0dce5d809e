import '../testing/patience.ts';
import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { freePort } from '../testing/ports.ts';
import { readPeers } from './peers.ts';

/** A modality of other people's making: dcmtk and Orthanc tell of no procedure steps, and give up no C-GET. */
const installed = spawnSync('python3', ['-c', 'import pynetdicom']).status === 0;
if (!installed) console.warn('skipped: pynetdicom is not installed (python3-pynetdicom, or pip)');

const COUNT = 12;
let here: DicomSite;
let port: number;
let reportPort: number;
beforeAll(async () => {
  if (!installed) return;
  reportPort = await freePort();
  here = await dicomSite({ quietSeconds: 3_600 });
  const opened = await here.node({ peers: readPeers(`SCANNER=127.0.0.1:${reportPort}`), idleMs: 60_000 });
  port = opened.port;
  await opened.node.reportCommitments();
});
afterAll(() => here?.close());

describe.runIf(installed)('a modality by pynetdicom', () => {
  it('tells of its step, is told what is kept, and may give up a C-GET midway', async () => {
    const paths = Array.from({ length: COUNT }, (_, instance) => {
      const path = join(here.dir, `${instance}.dcm`);
      writeFileSync(path, testObject({ study: 'modality', patient: 'MOD', instance, side: 64 }).bytes);
      return path;
    });
    const program = join(import.meta.dirname, '..', 'testing', 'modality.py');
    const { stdout } = await promisify(execFile)('python3', [
      program,
      String(port),
      String(reportPort),
      ...paths,
    ]);
    const said = JSON.parse(stdout) as Record<string, unknown> & { cancelled: [number, number, number] };
    const { cancelled, ...rest } = said;
    expect(rest).toEqual({ begun: 0, stored: 0, ended: 0, last: 0, asked: 0, reports: [[1, COUNT]] });
    const [status, taken, left] = cancelled;
    expect(status).toBe(0xfe00);
    expect(taken).toBeLessThan(COUNT);
    expect(taken + left).toBe(COUNT);
    await here.inbox.settled();
    expect(await here.storedOf('modality')).toHaveLength(COUNT);
    // Complete by its step, and by the commitment that came after: read once.
    expect(await here.jobsOf('modality')).toHaveLength(1);
  });
});
