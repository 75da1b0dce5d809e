import './testing/patience.ts';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup } from './operations/backup.ts';
import { encodePng } from './pictures/png.ts';
import { type TestSite, testSite, type Visitor } from './testing/site.ts';

/** A real file system of a few megabytes, which only root may mount. */
const may = process.platform === 'linux' && process.getuid?.() === 0;
let site: TestSite;
let clinician: Visitor;
let blobs: string;
let mounted = false;
beforeAll(async () => {
  if (!may) return;
  site = await testSite();
  blobs = join(site.dataDir, 'blobs');
  mkdirSync(blobs, { recursive: true });
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', blobs]).status === 0;
  clinician = await site.visitor('clinician');
});
afterAll(async () => {
  if (mounted) spawnSync('umount', ['-l', blobs]);
  if (may) await site.close();
});
if (!may) console.warn('skipped: a full disk needs a small file system, and only root may mount one');

const upload = async (): Promise<number> => {
  const form = new FormData();
  const png = encodePng(800, 800, 1, randomBytes(800 * 800));
  form.append('files', new File([new Uint8Array(png)], 'slice.png'));
  return (await clinician.request('/api/studies', { method: 'POST', body: form })).status;
};
const studies = () =>
  site.database.inSite('main', async (tx) => (await tx.selectFrom('studies').select('id').execute()).length);

describe.runIf(may)('a full disk', () => {
  it('refuses with 507, keeps nothing half, loses nothing, and goes on when there is room again', async () => {
    if (!mounted) return console.warn('skipped: mounting is not allowed here');
    expect(await upload()).toBe(202);
    const before = await studies();
    const free = () => {
      const { bavail, bsize } = statfsSync(blobs);
      return bavail * bsize;
    };
    writeFileSync(join(blobs, 'filler'), Buffer.alloc(free() - 200_000));
    for (let i = 0; i < 3; i++) expect(await upload()).toBe(507);
    expect(await studies()).toBe(before);
    expect(readdirSync(join(blobs, 'incoming'))).toEqual([]);
    expect((await site.request('/api/ready')).status).toBe(200);
    const rows = await site.database.inSite('main', (tx) =>
      tx.selectFrom('blobs').select('object').execute(),
    );
    for (const { object } of rows) expect((await site.services.blobs.read(object)).length).toBeGreaterThan(0);
    const held = await site.services.blobs.writer({ held: true }).then(
      async (writer) => {
        await writer.write(randomBytes(800_000));
        return writer.finish().then(
          () => 'taken',
          () => 'refused',
        );
      },
      () => 'refused',
    );
    expect(held).toBe('refused');
    rmSync(join(blobs, 'filler'));
    expect(await upload()).toBe(202);
    expect(await studies()).toBe(before + 1);
  });

  it('ends a backup in one error, and leaves nothing of it behind', async () => {
    if (!mounted) return;
    const { bavail, bsize } = statfsSync(blobs);
    writeFileSync(join(blobs, 'filler'), Buffer.alloc((bavail - 3) * bsize));
    const to = join(blobs, 'backup');
    const { database, services } = site;
    const attempt = backup({ database, siteId: 'main', blobs: services.blobs, to, at: new Date() });
    await expect(attempt).rejects.toThrow('ENOSPC');
    expect(readdirSync(blobs)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^backup/)]));
    rmSync(join(blobs, 'filler'));
  });
});
