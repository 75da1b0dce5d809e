import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureAccount, relate } from '../../apps/server/src/identity/accounts.ts';
import { type Attached, attach } from '../../apps/server/src/operations/attach.ts';
import { createPatient } from '../../apps/server/src/records/patients.ts';
import { readSettings } from '../../apps/server/src/settings.ts';
import { freePort } from '../../apps/server/src/testing/ports.ts';

const PASSWORD = 'nine green herons nap';

/** The whole product in a process of its own, with its database beside its data. */
export interface Product {
  readonly url: string;
  readonly dicomPort: number;
  /** Status of the health check, and what it says of the storage. */
  readonly storage: () => Promise<string>;
  /** Beside the running server, by the same database and objects. */
  readonly inside: <T>(work: (attached: Attached) => Promise<T>) => Promise<T>;
  /** How often each line was logged. */
  readonly logged: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

/** Rejects with what was logged when the server ends before it listens. */
export async function startProduct(dataDir: string): Promise<Product> {
  mkdirSync(dataDir, { mode: 0o755 });
  const dicomPort = await freePort();
  const server = spawn(process.execPath, [join(import.meta.dirname, '../soak/server.ts')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      SOAK_SPEED: '1',
      FORAMEN_DATA: dataDir,
      FORAMEN_LOG: 'error',
      FORAMEN_WORKERS: '1',
      FORAMEN_DICOM_PORT: String(dicomPort),
      FORAMEN_DICOM_PEERS: 'SCANNER=127.0.0.1:1',
      FORAMEN_QUIET_SECONDS: '3600',
    },
  });
  const logged = new Map<string, number>();
  createInterface({ input: server.stderr }).on('line', (line) => {
    const { message = line } = parsed(line);
    logged.set(message, (logged.get(message) ?? 0) + 1);
  });
  const first = await new Promise<string>((done, failed) => {
    createInterface({ input: server.stdout }).once('line', done);
    server.once('exit', (code) =>
      failed(new Error(`the server ended with ${code}: ${[...logged.keys()].join('\n')}`)),
    );
  });
  const { url } = JSON.parse(first) as { url: string };
  return {
    url,
    dicomPort,
    logged,
    storage: async () => {
      const reply = await fetch(`${url}/api/ready`);
      return `${reply.status} ${((await reply.json()) as { storage?: string }).storage}`;
    },
    inside: async (work) => {
      const attached = await attach(readSettings({ dataDir }, {}), {});
      try {
        return await work(attached);
      } finally {
        await attached.close();
      }
    },
    stop: async () => {
      const gone = new Promise((done) => server.once('exit', done));
      if (server.exitCode === null && server.kill('SIGTERM')) await gone;
    },
  };
}

function parsed(line: string): { readonly message?: string } {
  try {
    return JSON.parse(line) as { message?: string };
  } catch {
    return {};
  }
}

/** A clinician who has signed in, and a patient in her care. */
export interface Clinician {
  readonly headers: Readonly<Record<string, string>>;
  readonly patientId: string;
}

export async function clinician({ url, inside }: Product): Promise<Clinician> {
  const patientId = await inside(({ database }) =>
    database.inSite('main', async (tx) => {
      const account = await ensureAccount(tx, 'main', {
        login: 'vera',
        name: 'Vera',
        role: 'clinician',
        password: PASSWORD,
      });
      const id = await createPatient(tx, 'main', { name: 'Anna Vogt' });
      await relate(tx, 'main', account, id, 'care-team', 'full disk');
      return id;
    }),
  );
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ login: 'vera', password: PASSWORD }),
  });
  const { csrf } = (await reply.json()) as { csrf: string };
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0]!;
  return { patientId, headers: { cookie, 'x-foramen-csrf': csrf } };
}
