import '../testing/patience.ts';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataSet, items, readDicom, text, writePart10 } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { freePort, missingPrograms, withProcess } from '../testing/ports.ts';
import { echo, find, SOP } from './client.ts';
import { readPeers, readTls } from './peers.ts';
import { sendAll } from './sender.ts';
import { plannedSteps } from './worklist.ts';

const run = promisify(execFile);
const tools = ['echoscu', 'storescu', 'storescp', 'findscu', 'movescu', 'wlmscpfs', 'openssl'];
const missing = missingPrograms(tools);
if (missing.length > 0)
  console.warn(`skipped: DICOM services against dcmtk (missing: ${missing.join(', ')})`);

let dir: string;
let here: DicomSite;
/** Objects of a study in a folder, for storescu. */
function folderOf(study: string, count: number, more: { side?: number; reversed?: boolean } = {}): string {
  const folder = join(dir, `${study}${more.reversed === true ? '-reversed' : ''}`);
  mkdirSync(folder);
  for (let instance = 0; instance < count; instance++) {
    const name = more.reversed === true ? count - instance : instance;
    const { bytes } = testObject({ study, patient: `T-${study}`, instance, side: more.side ?? 16 });
    writeFileSync(join(folder, `${String(name).padStart(4, '0')}.dcm`), bytes);
  }
  return folder;
}
const to = (port: number, more: readonly string[] = [], callingAe = 'SCANNER'): string[] => [
  ...['-aet', callingAe, '-aec', 'FORAMEN'],
  ...more,
  '127.0.0.1',
  String(port),
];

beforeAll(async () => {
  here = await dicomSite({ quietSeconds: 3_600 });
  dir = here.dir;
});
afterAll(() => here.close());

describe.runIf(missing.length === 0)('services against dcmtk', () => {
  it('asks a modality worklist what is planned', async () => {
    const folder = join(dir, 'worklists', 'WORKLIST');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'lockfile'), '');
    const planned = (n: number, modality: string) =>
      dataSet({
        SpecificCharacterSet: 'ISO_IR 100',
        AccessionNumber: `A${n}`,
        PatientName: `Planned^${n}`,
        PatientID: `W${n}`,
        StudyInstanceUID: `1.2.3.${n}`,
        RequestedProcedureID: `R${n}`,
        ScheduledProcedureStepSequence: [
          dataSet({
            Modality: modality,
            ScheduledStationAETitle: 'SCANNER',
            ScheduledProcedureStepStartDate: '20260301',
            ScheduledProcedureStepStartTime: '101500',
            ScheduledProcedureStepDescription: 'MR lumbar spine',
            ScheduledProcedureStepID: `S${n}`,
          }),
        ],
      });
    for (const [n, modality] of ['MR', 'CT', 'MR'].entries())
      writeFileSync(
        join(folder, `${n}.wl`),
        writePart10(
          new Map([
            ...planned(n, modality),
            ...dataSet({ SOPClassUID: SOP.worklist, SOPInstanceUID: `1.2.9.${n}` }),
          ]),
          { transferSyntax: '1.2.840.10008.1.2.1' },
        ),
      );
    const port = await freePort();
    await withProcess('wlmscpfs', ['-dfr', '-dfp', join(dir, 'worklists'), String(port)], async () => {
      const peer = { aeTitle: 'WORKLIST', host: '127.0.0.1', port };
      await expect.poll(() => echo(peer, 'FORAMEN').catch(() => false)).toBe(true);
      const found = await find(
        peer,
        'FORAMEN',
        SOP.worklist,
        dataSet({
          PatientName: null,
          PatientID: null,
          AccessionNumber: null,
          StudyInstanceUID: null,
          ScheduledProcedureStepSequence: [dataSet({ Modality: 'MR', ScheduledProcedureStepID: null })],
        }),
      );
      expect(found.map((entry) => text(entry, 'PatientID')).sort()).toEqual(['W0', 'W2']);
      const step = items(found[0]!, 'ScheduledProcedureStepSequence')[0]!;
      expect(text(step, 'Modality')).toBe('MR');
      const planned = await plannedSteps(peer, 'FORAMEN', { modality: 'MR', date: '20260228-20260302' });
      expect(planned.map((one) => one.patientId)).toEqual(['W0', 'W2']);
      expect(planned[0]).toEqual({
        patientId: 'W0',
        name: '0 Planned',
        birthDate: null,
        accession: 'A0',
        studyUid: '1.2.3.0',
        modality: 'MR',
        station: 'SCANNER',
        start: '2026-03-01T10:15',
        step: 'MR lumbar spine',
      });
      expect(await plannedSteps(peer, 'FORAMEN', { station: 'ELSEWHERE' })).toEqual([]);
    });
  });

  it('speaks TLS both ways, and only with those whose certificate is signed', async () => {
    const at = (name: string): string => join(dir, name);
    const openssl = (...args: string[]) => run('openssl', args, { cwd: dir });
    const authority = async (name: string): Promise<void> => {
      await openssl(
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
        ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
      );
    };
    const signed = async (name: string, by: string): Promise<void> => {
      writeFileSync(at('san'), 'subjectAltName=IP:127.0.0.1');
      await openssl(
        ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`],
        ...['-keyout', `${name}.key`, '-out', `${name}.csr`],
      );
      await openssl(
        ...[
          'x509',
          '-req',
          '-in',
          `${name}.csr`,
          '-CA',
          `${by}.pem`,
          '-CAkey',
          `${by}.key`,
          '-CAcreateserial',
        ],
        ...['-days', '2', '-extfile', 'san', '-out', `${name}.pem`],
      );
    };
    await authority('trusted');
    await authority('stranger');
    await signed('node', 'trusted');
    await signed('scanner', 'trusted');
    await signed('forger', 'stranger');
    const tls = readTls({ cert: at('node.pem'), key: at('node.key'), ca: at('trusted.pem') })!;
    const archivePort = await freePort();
    const peers = readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}+tls!`, tls);
    expect(peers[1]).toMatchObject({ port: archivePort, sendBack: true, tls: { ca: tls.ca } });
    expect(() => readPeers('ARCHIVE=127.0.0.1:104+tls')).toThrow('FORAMEN_DICOM_TLS_CERT');
    const { port } = await here.node({ tls, peers });
    const as = (who: string): string[] => [
      '+tls',
      at(`${who}.key`),
      at(`${who}.pem`),
      '+cf',
      at('trusted.pem'),
    ];
    await run('storescu', [...to(port, as('scanner')), '+sd', folderOf('tls', 3)]);
    await here.inbox.settled();
    expect(await here.storedOf('tls')).toHaveLength(3);
    await expect(run('echoscu', to(port, as('forger')))).rejects.toThrow();
    await expect(run('echoscu', to(port))).rejects.toThrow();
    // And out: to an archive that asks for our certificate.
    const archive = at('tls-archive');
    mkdirSync(archive);
    const args = ['-aet', 'ARCHIVE', '-od', archive, '+B', ...as('scanner'), String(archivePort)];
    await withProcess('storescp', args, async () => {
      await expect.poll(() => echo(peers[1]!, 'FORAMEN').catch(() => false)).toBe(true);
      const objects = (await here.storedOf('tls')).map(({ sop_uid: sopUid, object }) => ({
        sopClass: '1.2.840.10008.5.1.4.1.1.4',
        sopUid,
        transferSyntax: '1.2.840.10008.1.2.1',
        object,
      }));
      expect(await sendAll(peers[1]!, 'FORAMEN', here.site.services.blobs, objects)).toMatchObject({
        completed: 3,
      });
      expect(readdirSync(archive)).toHaveLength(3);
      const { tls: _, ...plain } = peers[1]!;
      await expect(echo(plain, 'FORAMEN')).rejects.toThrow();
    });
  });

  it('lets in by title and address, and keeps to its limits', async () => {
    const { port } = await here.node({ maxAssociations: 2, maxObjectBytes: 100_000 });
    await run('echoscu', to(port));
    await expect(run('echoscu', to(port, [], 'NOBODY'))).rejects.toThrow();
    await expect(run('echoscu', to(port, [], 'FAR'))).rejects.toThrow();
    await expect(
      run('echoscu', ['-aet', 'SCANNER', '-aec', 'OTHER', '127.0.0.1', String(port)]),
    ).rejects.toThrow();
    // Too large: refused with a status, and the next association works.
    const large = folderOf('large', 1, { side: 512 });
    const { stdout, stderr } = await run('storescu', [...to(port, ['-v']), '+sd', large]).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    expect(`${stdout}${stderr}`.toLowerCase()).toContain('outofresources');
    await here.inbox.settled();
    expect(await here.storedOf('large')).toEqual([]);
    await run('storescu', [...to(port), '+sd', folderOf('small', 2)]);
    await here.inbox.settled();
    expect(await here.storedOf('small')).toHaveLength(2);
    expect(await here.site.services.blobs.held()).toEqual([]);
  });

  it('stops finding and moving when asked to', async () => {
    const archivePort = await freePort();
    const { port } = await here.node({
      peers: readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}`),
    });
    await run('storescu', [...to(port), '+sd', folderOf('cancel', 60)]);
    const { studyUid } = testObject({ study: 'cancel', instance: 0 });
    const find_ = await run('findscu', [
      ...to(port, ['-v', '-S', '--cancel', '3']),
      ...['-k', 'QueryRetrieveLevel=IMAGE', '-k', `StudyInstanceUID=${studyUid}`, '-k', 'SOPInstanceUID'],
    ]);
    const said = `${find_.stdout}${find_.stderr}`;
    expect(said).toMatch(/cancel/i);
    expect((said.match(/Find Response: \d+ \(Pending\)/g) ?? []).length).toBeLessThan(60);
    const moved = join(dir, 'cancel-archive');
    mkdirSync(moved);
    await withProcess('storescp', ['-aet', 'ARCHIVE', '-od', moved, String(archivePort)], async () => {
      const peer = { aeTitle: 'ARCHIVE', host: '127.0.0.1', port: archivePort };
      await expect.poll(() => echo(peer, 'FORAMEN').catch(() => false)).toBe(true);
      await run('movescu', [
        ...to(port, ['-v', '--cancel', '3', '-aem', 'ARCHIVE', '-S']),
        ...['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${studyUid}`],
      ]).catch(() => undefined);
      const count = readdirSync(moved).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(60);
    });
  });

  it('keeps one copy of what comes twice, in any order, on several associations at once', async () => {
    const { port } = await here.node();
    const forward = folderOf('twice', 20);
    const backward = folderOf('twice', 20, { reversed: true });
    const send = (folder: string) => run('storescu', [...to(port), '+sd', folder]);
    await Promise.all([send(forward), send(backward), send(forward)]);
    await send(backward);
    await here.inbox.settled();
    const rows = await here.storedOf('twice');
    expect(new Set(rows.map((row) => row.sop_uid)).size).toBe(20);
    expect(rows).toHaveLength(20);
    expect(await here.site.services.blobs.held()).toEqual([]);
    for (const { object, sop_uid: uid } of rows) {
      const read = readDicom(await here.site.services.blobs.read(object));
      expect(read.ok && text(read.value.set, 'SOPInstanceUID')).toBe(uid);
    }
  });

  it('knows a complete study by its count', async () => {
    const { port } = await here.node();
    const peer = { aeTitle: 'FORAMEN', host: '127.0.0.1', port };
    const objects = await Promise.all(
      [0, 1, 2].map(async (instance) => {
        const made = testObject({ study: 'counted', patient: 'C1', instance });
        const read = readDicom(made.bytes);
        if (!read.ok) throw new Error('test object');
        const bytes = writePart10(
          new Map([...read.value.set, ...dataSet({ NumberOfStudyRelatedInstances: 3 })]),
          { transferSyntax: read.value.transferSyntax },
        );
        return here.sendable(bytes);
      }),
    );
    await sendAll(peer, 'SCANNER', here.site.services.blobs, objects.slice(0, 2));
    await here.inbox.settled();
    expect(await here.jobsOf('counted')).toHaveLength(0);
    await sendAll(peer, 'SCANNER', here.site.services.blobs, objects.slice(2));
    await here.inbox.settled();
    expect(await here.jobsOf('counted')).toHaveLength(1);
    // The last object again changes nothing.
    await sendAll(peer, 'SCANNER', here.site.services.blobs, objects.slice(2));
    await here.inbox.settled();
    expect(await here.jobsOf('counted')).toHaveLength(1);
  });
});
