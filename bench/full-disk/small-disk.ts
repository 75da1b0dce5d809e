import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of its own, and a file on it that takes the room the load leaves. */
export interface SmallDisk {
  readonly kind: string;
  readonly path: string;
  /** Takes room until no more than `left` bytes are free. */
  readonly fillTo: (left: number) => void;
  /** Gives back all that was taken. */
  readonly makeRoom: () => void;
  readonly close: () => void;
}

/** `megabytes` under `dir`: ext4 on a loop device where that may be had, else in memory; undefined where nothing may be mounted. */
export function smallDisk(dir: string, megabytes: number): SmallDisk | undefined {
  const path = join(dir, 'disk');
  mkdirSync(path);
  const kind = mounted(join(dir, 'image'), path, megabytes);
  if (kind === undefined) return undefined;
  chmodSync(path, 0o755);
  const filler = join(path, 'filler');
  return {
    kind,
    path,
    fillTo: (left) => fill(filler, () => free(path) - left),
    makeRoom: () => rmSync(filler, { force: true }),
    close: () => void spawnSync('umount', ['-l', path]),
  };
}

function mounted(image: string, path: string, megabytes: number): string | undefined {
  const done = (...command: readonly string[]): boolean =>
    spawnSync(command[0]!, command.slice(1), { stdio: 'ignore' }).status === 0;
  if (
    done('truncate', '-s', `${megabytes}M`, image) &&
    done('mkfs.ext4', '-q', '-m', '0', image) &&
    done('mount', '-o', 'loop', image, path)
  )
    return 'ext4 on a loop device';
  return done('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path) ? 'tmpfs' : undefined;
}

function free(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function fill(filler: string, beyond: () => number): void {
  const block = Buffer.alloc(4 << 20);
  for (let room = beyond(); room > 0; room = beyond()) {
    try {
      appendFileSync(filler, block.subarray(0, Math.min(room, block.length)));
    } catch {
      return;
    }
  }
}
