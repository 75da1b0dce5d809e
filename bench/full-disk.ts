import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KEEP_FREE_BYTES } from '../apps/server/src/operations/space.ts';
import { Load } from './full-disk/load.ts';
import { clinician, type Product, startProduct } from './full-disk/product.ts';
import { type SmallDisk, smallDisk } from './full-disk/small-disk.ts';
import { checkStored, jobsEnded } from './full-disk/stored.ts';
import { type Demand, Tally, WAYS, type Way } from './full-disk/tally.ts';

/**
 * The whole product, database and all, on one small disk of its own that runs full under load: objects by C-STORE and STOW-RS, uploads, answers in a
 * diary. First nearly full, then to the last byte, then room is made. Ends with 1 when anything acknowledged is missing or doubled, when
 * an analysis fails, when something is refused without a status, when health does not say so, or when it does not go on by itself.
 *
 *   npm run soak:disk
 */
const DISK_MB = 1_700;
const MOST_ANALYSES = 40;
const SECONDS = { room: 5, nearly: 20, full: 25, after: 15 } as const;
const COME_BACK_MS = 120_000;
/** What each way says when all is well. */
const TAKEN: Readonly<Record<Way, RegExp>> = {
  'C-STORE': /^stored$/,
  STOW: /^200$/,
  upload: /^202$/,
  answer: /^200$/,
};

const wrong: string[] = [];
const demand: Demand = (holds, what) => void (holds || wrong.push(what));
const tally = new Tally();

async function day(dir: string, disk: SmallDisk, product: Product): Promise<void> {
  const load = new Load(product, await clinician(product), tally, join(dir, 'scanner'));
  await load.during('room', SECONDS.room);
  const health = await product.storage();
  demand(health === '200 ok', `with room, health says ${health}`);
  // More analyses than can be done until then: some are under way when the last byte goes, others wait.
  const again = await load.analysesAgain(MOST_ANALYSES);
  await nearlyFull(disk, product, load);
  const seenFull = await full(disk, product, load);
  const back = await roomAgain(disk, product, load);
  const { states } = await jobsEnded(product, demand);
  await product.inside((attached) => checkStored(attached, load.kept, demand));
  console.info(
    `jobs: ${JSON.stringify(states)}, ${again} of them asked for before the disk was full; back ${(back / 1_000).toFixed(1)} s after room was made; health when full: ${seenFull}`,
  );
  console.info(tally.table());
}

/** Studies are refused and say so, answers still have room. */
async function nearlyFull(disk: SmallDisk, product: Product, load: Load): Promise<void> {
  // So much is left that the load itself takes the rest.
  disk.fillTo(KEEP_FREE_BYTES + (24 << 20));
  await load.during('nearly full', SECONDS.nearly);
  await delay(1_100);
  const health = await product.storage();
  demand(health === '200 low', `nearly full, health says ${health}`);
  for (const way of ['C-STORE', 'STOW', 'upload'] as const)
    demand(tally.noted('nearly full', way, /refused|507/) > 0, `nearly full, ${way} was never refused`);
  demand(
    tally.noted('nearly full', 'answer', TAKEN.answer) > 20 &&
      tally.noted('nearly full', 'answer', /^[^2]/) === 0,
    'nearly full, an answer was refused',
  );
}

/** The last byte is taken again and again; what health said at the end. */
async function full(disk: SmallDisk, product: Product, load: Load): Promise<string> {
  let health = '';
  const filling = (async () => {
    for (const until = Date.now() + SECONDS.full * 1_000; Date.now() < until; await delay(250)) {
      disk.fillTo(0);
      health = await product.storage().catch((error: unknown) => String(error));
    }
  })();
  await load.during('full', SECONDS.full);
  await filling;
  demand(/^(200|503) full$/.test(health), `full, health says ${health}`);
  demand(
    WAYS.every((way) => tally.noted('full', way, /^(500|4\d\d)$/) === 0),
    'full, something was refused with a status that does not say so',
  );
  return health;
}

/** Everything is taken again, and nobody had to do anything; after how many milliseconds. */
async function roomAgain(disk: SmallDisk, product: Product, load: Load): Promise<number> {
  const made = Date.now();
  const since = (): number => Date.now() - made;
  disk.makeRoom();
  while ((await product.storage().catch(() => '')) !== '200 ok' && since() < COME_BACK_MS) await delay(200);
  const back = since();
  demand(back < COME_BACK_MS, 'it did not come back by itself');
  await load.during('room again', SECONDS.after);
  for (const way of WAYS)
    demand(tally.noted('room again', way, TAKEN[way]) > 0, `with room again, ${way} is not taken`);
  return back;
}

const dir = mkdtempSync(join(tmpdir(), 'foramen-disk-'));
chmodSync(dir, 0o755);
const disk = smallDisk(dir, DISK_MB);
try {
  if (disk === undefined)
    console.warn('NOT RUN: a full disk needs a file system of its own, and none may be mounted here');
  else {
    const product = await startProduct(join(disk.path, 'data'));
    try {
      await day(dir, disk, product);
    } finally {
      await product.stop();
      console.info(
        `disk: ${disk.kind}, ${DISK_MB} MB; logged: ${JSON.stringify([...product.logged].slice(0, 8))}`,
      );
    }
  }
} finally {
  disk?.close();
  rmSync(dir, { recursive: true, force: true });
}
for (const line of wrong) console.error(`FAILED: ${line}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
