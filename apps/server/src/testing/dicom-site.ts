import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDicom, text } from '@foramen/dicom';
import type { Peer } from '../dicom/client.ts';
import { DicomNode, type NodeOptions } from '../dicom/node.ts';
import { readPeers } from '../dicom/peers.ts';
import { type Sendable, type SubOperations, sendAll } from '../dicom/sender.ts';
import { Inbox } from '../ingest/inbox.ts';
import { testObject } from './objects.ts';
import { type TestDatabase, type TestSite, testSite } from './site.ts';

/** A site with a DICOM node on loopback, or several. */
export interface DicomSite {
  readonly site: TestSite;
  readonly inbox: Inbox;
  /** A folder for what a test writes; gone afterwards. */
  readonly dir: string;
  /** Another node of the site; answers its port. Stopped at the end unless the test stops it. */
  node(options?: Partial<NodeOptions>): Promise<{ readonly node: DicomNode; readonly port: number }>;
  /** Objects in the blob store, as a sender wants them. */
  sendable(bytes: Uint8Array): Promise<Sendable>;
  /** Sends objects to a node as a modality of this title. */
  store(objects: readonly Uint8Array[], peer: Peer, callingAe?: string): Promise<SubOperations>;
  /** What is kept under this identity. */
  stored(
    sopUid: string,
  ): Promise<{ object: string; received_from: string | null; study_id: string } | undefined>;
  /** Objects kept of a generated study, and the jobs it has. */
  storedOf(study: string): Promise<readonly { sop_uid: string; object: string }[]>;
  jobsOf(study: string): Promise<readonly { id: string; kind: string }[]>;
  close(): Promise<void>;
}

export async function dicomSite(settings: {
  readonly quietSeconds: number;
  readonly base?: TestDatabase;
}): Promise<DicomSite> {
  const dir = mkdtempSync(join(tmpdir(), 'foramen-dicom-'));
  const site = await testSite(settings.base === undefined ? {} : { base: settings.base });
  const inbox = new Inbox(site.services, settings);
  const nodes: DicomNode[] = [];
  const { database, services } = site;
  const uidOf = (study: string): string => testObject({ study, instance: 0 }).studyUid;
  const sendable: DicomSite['sendable'] = async (bytes) => {
    const read = readDicom(bytes);
    if (!read.ok) throw new Error('test object');
    const { set, transferSyntax } = read.value;
    return {
      sopClass: text(set, 'SOPClassUID') ?? '',
      sopUid: text(set, 'SOPInstanceUID') ?? '',
      transferSyntax,
      object: (await services.blobs.put(bytes)).object,
    };
  };
  return {
    site,
    inbox,
    dir,
    node: async (options = {}) => {
      const node = new DicomNode(services, inbox, {
        host: '127.0.0.1',
        port: 0,
        aeTitle: 'FORAMEN',
        peers: readPeers('SCANNER=127.0.0.1:1,FAR=10.9.8.7:104'),
        maxAssociations: 10,
        maxObjectBytes: 8 << 20,
        minFreeBytes: 0,
        dataDir: dir,
        idleMs: 5_000,
        ...options,
      });
      nodes.push(node);
      return { node, port: await node.listen() };
    },
    sendable,
    store: async (objects, peer, callingAe = 'SCANNER') =>
      sendAll(peer, callingAe, services.blobs, await Promise.all(objects.map(sendable))),
    stored: (sopUid) =>
      database.inSite('main', (tx) =>
        tx
          .selectFrom('instances as i')
          .innerJoin('blobs as b', 'b.id', 'i.blob_id')
          .select(['b.object', 'i.received_from', 'i.study_id'])
          .where('i.sop_uid', '=', sopUid)
          .executeTakeFirst(),
      ),
    storedOf: (study) =>
      database.inSite('main', (tx) =>
        tx
          .selectFrom('instances as i')
          .innerJoin('studies as s', 's.id', 'i.study_id')
          .innerJoin('blobs as b', 'b.id', 'i.blob_id')
          .select(['i.sop_uid', 'b.object'])
          .where('s.study_uid', '=', uidOf(study))
          .execute(),
      ),
    jobsOf: (study) =>
      database.inSite('main', (tx) =>
        tx
          .selectFrom('jobs as j')
          .innerJoin('studies as s', 's.id', 'j.study_id')
          .select(['j.id', 'j.kind'])
          .where('s.study_uid', '=', uidOf(study))
          .execute(),
      ),
    close: async () => {
      for (const node of nodes) await node.stop();
      await inbox.stop();
      await site.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
