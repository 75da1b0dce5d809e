import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import {
  COMMAND,
  encodeForTransfer,
  number,
  readDicom,
  SOP_CLASS,
  STATUS,
  TRANSFER_SYNTAX,
} from '@foramen/dicom';
import { afterEach, describe, expect, it } from 'vitest';
import type { Spooled, SpoolWriter } from '../blobs/spool.ts';
import type { Arrival } from '../ingest/enter.ts';
import { testObject } from '../testing/objects.ts';
import { Association } from './association.ts';
import { ask } from './client.ts';
import { Answered, type Intake, type KeptObjects, receiveObject } from './store-scp.ts';

const LIMITS = { idleMs: 20_000, openMs: 5_000 };
const SYNTAX = TRANSFER_SYNTAX.explicitLittle;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Keeps objects in memory; what they hash to is known when `hashed` says so. */
function intakeWith(hashed: Promise<void>) {
  const kept: KeptObjects = new Map();
  const delivered: Arrival[] = [];
  const removed: string[] = [];
  const done: string[] = [];
  let count = 0;
  const writer = (): SpoolWriter => {
    const parts: Buffer[] = [];
    const object = `object-${++count}`;
    return {
      write: (bytes) => void parts.push(Buffer.from(bytes)),
      finish: async (): Promise<Spooled> => {
        const content = Buffer.concat(parts);
        const sha256 = () => hashed.then(() => createHash('sha256').update(content).digest('hex'));
        return { object, size: content.length, sha256, close: () => void done.push(object) };
      },
      abort: () => void removed.push(object),
    };
  };
  const intake: Intake = {
    maxObjectBytes: 1 << 20,
    writer: async () => writer(),
    read: () => Promise.reject(new Error('not asked for')),
    remove: async (object) => void removed.push(object),
    hasRoom: async () => true,
    known: async () => kept,
    same: async () => false,
    receiving: { count: 0 },
    answered: new Answered(),
    deliver: (arrival) => void delivered.push(arrival),
    pace: async () => undefined,
    error: (what) => expect.fail(what),
  };
  return { intake, kept, delivered, removed, done };
}

/** The caller's side of an association; `provide` is given the other side, and the socket it is on. */
async function associated(provide: (association: Association, socket: Socket) => Promise<void>) {
  const server = createServer((socket) => {
    void Association.accept(
      socket,
      () => ({ aeTitle: 'HERE', callers: null, maxLength: 65_536, transferSyntaxes: () => [SYNTAX] }),
      LIMITS,
    )
      .then((association) => (association === undefined ? undefined : provide(association, socket)))
      .catch(() => socket.destroy());
  });
  servers.push(server);
  const port = await new Promise<number>((ready) =>
    server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port)),
  );
  return Association.request(
    connect(port, '127.0.0.1'),
    {
      calledAe: 'HERE',
      callingAe: 'SCANNER',
      contexts: [{ abstractSyntax: SOP_CLASS.mr, transferSyntaxes: [SYNTAX] }],
      maxLength: 65_536,
    },
    LIMITS,
  );
}

/** A sender to a provider that stores into `intake`. */
async function sender(intake: Intake) {
  const association = await associated(async (provider) => {
    for (;;) {
      const event = await provider.receive();
      if (event?.kind !== 'command') return;
      await receiveObject(intake, provider, event.contextId, event.command, event.hasData);
    }
  });
  const store = async (instance: number, name?: string, written: string = SYNTAX): Promise<number> => {
    const object = testObject({ instance, ...(name === undefined ? {} : { name }) });
    const read = readDicom(object.bytes);
    if (!read.ok) throw new Error('not an object');
    const { status } = await ask(
      association,
      association.contexts[0]!.id,
      {
        CommandField: COMMAND.storeRequest,
        AffectedSOPClassUID: SOP_CLASS.mr,
        AffectedSOPInstanceUID: object.sopUid,
        Priority: 0,
      },
      written === SYNTAX
        ? object.bytes.subarray(dataSetStart(object.bytes))
        : encodeForTransfer(read.value.set, written),
    );
    return status;
  };
  return { store, release: () => association.release() };
}

/** Behind preamble and file meta information, whose length is the first element's value. */
const dataSetStart = (bytes: Uint8Array): number =>
  144 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(140, true);

describe('an object that comes by C-STORE', () => {
  it('is answered before it is hashed, and delivered after', async () => {
    const hashed = Promise.withResolvers<void>();
    const { intake, delivered, done } = intakeWith(hashed.promise);
    const { store, release } = await sender(intake);
    expect(await store(1)).toBe(STATUS.success);
    expect(await store(2)).toBe(STATUS.success);
    expect(delivered).toEqual([]);
    // The buffers are there for the next object all the same.
    expect(done).toEqual(['object-1', 'object-2']);
    hashed.resolve();
    await intake.answered.none();
    expect(delivered.map((arrival) => arrival.stored.object)).toEqual(['object-1', 'object-2']);
    expect(delivered.every((arrival) => /^[0-9a-f]{64}$/.test(arrival.stored.sha256))).toBe(true);
    await release();
  });

  it('is refused, and nothing kept, where it is not written as was agreed', async () => {
    const { intake, delivered, removed } = intakeWith(Promise.resolve());
    const { store, release } = await sender(intake);
    expect(await store(1, undefined, TRANSFER_SYNTAX.implicitLittle)).toBe(STATUS.cannotUnderstand);
    expect(removed).toEqual(['object-1']);
    expect(await store(1)).toBe(STATUS.success);
    await intake.answered.none();
    expect(delivered).toHaveLength(1);
    await release();
  });

  it('waits when too many before it are yet to be hashed', async () => {
    const hashed = Promise.withResolvers<void>();
    const { intake, delivered } = intakeWith(hashed.promise);
    const { store, release } = await sender(intake);
    for (let n = 1; n <= 8; n++) expect(await store(n)).toBe(STATUS.success);
    let ninth: number | undefined;
    const waiting = store(9).then((status) => (ninth = status));
    await new Promise((later) => setTimeout(later, 200));
    expect(ninth).toBeUndefined();
    hashed.resolve();
    await waiting;
    expect(ninth).toBe(STATUS.success);
    await intake.answered.none();
    expect(delivered).toHaveLength(9);
    await release();
  });

  it('is compared with one of the same identity that is yet to be hashed itself', async () => {
    const hashed = Promise.withResolvers<void>();
    const { intake, delivered, removed } = intakeWith(hashed.promise);
    const { store, release } = await sender(intake);
    expect(await store(1)).toBe(STATUS.success);
    const again = store(1);
    hashed.resolve();
    expect(await again).toBe(STATUS.success);
    expect(await store(1, 'Other^Name')).toBe(STATUS.duplicateSopInstance);
    await intake.answered.none();
    expect(delivered.map((arrival) => arrival.stored.object)).toEqual(['object-1']);
    expect(removed).toEqual(['object-2', 'object-3']);
    await release();
  });
});

describe('an object for which the disk has no room', () => {
  it('is refused at once, also where that shows only when it is whole, and the next is taken', async () => {
    const { intake, delivered } = intakeWith(Promise.resolve());
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const said: string[] = [];
    for (const failing of ['finish', 'write'] as const) {
      let left = 1;
      const { store, release } = await sender({
        ...intake,
        error: (what) => void said.push(what),
        writer: async () => {
          const good = await intake.writer();
          if (left-- <= 0) return good;
          if (failing === 'finish') return { ...good, finish: () => Promise.reject(full) };
          return {
            ...good,
            write: () => {
              throw full;
            },
          };
        },
      });
      expect(await store(1)).toBe(STATUS.outOfResources);
      expect(await store(failing === 'finish' ? 2 : 3)).toBe(STATUS.success);
      await release();
    }
    await intake.answered.none();
    expect(delivered).toHaveLength(2);
    expect(said).toHaveLength(2);
  });
});

describe('a message that is sent', () => {
  it('is with the system before the sender goes on with other work', async () => {
    const written: number[] = [];
    const association = await associated(async (provider, socket) => {
      const before = socket.bytesWritten;
      const sent = provider.send(provider.contexts[0]!.id, {
        CommandField: COMMAND.echoResponse,
        MessageIDBeingRespondedTo: 1,
        Status: STATUS.success,
      });
      written.push(socket.bytesWritten - before);
      await sent;
    });
    const event = await association.receive();
    expect(event?.kind === 'command' && number(event.command, 'Status')).toBe(STATUS.success);
    expect(written[0]).toBeGreaterThan(50);
    association.abort();
  });
});
