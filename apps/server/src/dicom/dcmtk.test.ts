import '../testing/patience.ts';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeForTransfer, readDicom } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { freePort, missingPrograms, withProcess } from '../testing/ports.ts';
import { echo } from './client.ts';
import { readPeers } from './peers.ts';

const run = promisify(execFile);
let here: DicomSite;
let port: number;
let archivePort: number;
let dir: string;

beforeAll(async () => {
  archivePort = await freePort();
  here = await dicomSite({ quietSeconds: 0 });
  dir = here.dir;
  ({ port } = await here.node({
    peers: readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}!`),
  }));
});
afterAll(() => here.close());

const tools = ['echoscu', 'storescu', 'findscu', 'movescu', 'getscu', 'storescp'];
const missing = missingPrograms(tools);
if (missing.length > 0) console.warn(`skipped: dcmtk is not installed (${missing.join(', ')})`);

describe.runIf(missing.length === 0)('against dcmtk', () => {
  it('stores, finds, moves and gets', async () => {
    const folder = join(dir, 'dcmtk');
    mkdirSync(folder);
    const objects = Array.from({ length: 5 }, (_, instance) =>
      testObject({ study: 'dcmtk', patient: 'K1', instance }),
    );
    for (const [i, { bytes }] of objects.entries()) writeFileSync(join(folder, `${i}.dcm`), bytes);
    const to = ['-aec', 'FORAMEN', '127.0.0.1', String(port)];
    await run('echoscu', ['-aet', 'SCANNER', ...to]);
    await run('storescu', ['-aet', 'SCANNER', ...to, '+sd', folder]);
    await here.inbox.settled();
    for (const { sopUid } of objects) expect(await here.stored(sopUid)).toBeDefined();
    const { stderr, stdout } = await run('findscu', [
      '-aet',
      'SCANNER',
      '-S',
      '-k',
      'QueryRetrieveLevel=STUDY',
      '-k',
      'PatientID=K1',
      '-k',
      'StudyInstanceUID',
      ...to,
    ]);
    expect(`${stdout}${stderr}`).toContain(objects[0]!.studyUid);
    // Get: over the same association.
    const got = join(dir, 'got');
    mkdirSync(got);
    await run('getscu', [
      '-aet',
      'SCANNER',
      '-S',
      '-k',
      'QueryRetrieveLevel=STUDY',
      '-k',
      `StudyInstanceUID=${objects[0]!.studyUid}`,
      '-od',
      got,
      '+B',
      ...to,
    ]);
    expect(readdirSync(got)).toHaveLength(5);
    // Move: to an archive of dcmtk's own.
    const moved = join(dir, 'moved');
    mkdirSync(moved);
    await withProcess('storescp', ['-aet', 'ARCHIVE', '-od', moved, '+B', String(archivePort)], async () => {
      const archive = { aeTitle: 'ARCHIVE', host: '127.0.0.1', port: archivePort };
      await expect.poll(() => echo(archive, 'FORAMEN').catch(() => false)).toBe(true);
      await run('movescu', [
        ...['-aet', 'SCANNER', '-aem', 'ARCHIVE', '-S', '-k', 'QueryRetrieveLevel=STUDY'],
        ...['-k', `StudyInstanceUID=${objects[0]!.studyUid}`],
        ...to,
      ]);
      await expect.poll(() => readdirSync(moved).length).toBe(5);
    });
    const pixels = (path: string): string | undefined => {
      const read = readDicom(readFileSync(path));
      return read.ok
        ? Buffer.from(encodeForTransfer(read.value.set, '1.2.840.10008.1.2.1')).toString('hex')
        : undefined;
    };
    const want = new Set(objects.map((_, i) => pixels(join(folder, `${i}.dcm`))));
    for (const back of [got, moved])
      for (const name of readdirSync(back)) expect(want.has(pixels(join(back, name)))).toBe(true);
    await expect(run('echoscu', ['-aet', 'NOBODY', ...to])).rejects.toThrow();
  });
});
