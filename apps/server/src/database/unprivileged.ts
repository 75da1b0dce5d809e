import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The operating-system user a database runs as. PostgreSQL refuses to run as root, rightly. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/**
 * `undefined` when this process is not root and may run PostgreSQL as itself. As root: the user `postgres` if there is one, else
 * `nobody`; initdb wants a user that has a name.
 */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const uid = Number(
        execFileSync('id', ['-u', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      const gid = Number(
        execFileSync('id', ['-g', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      if (uid > 0 && gid > 0) return { uid, gid, name };
    } catch {
      // This system has no such user.
    }
  }
  return { uid: 65534, gid: 65534, name: 'nobody' };
}

/** Whether `user` can walk to `path`: every folder above must let it pass. */
export function canReach(user: SystemUser, path: string): boolean {
  const absolute = resolve(path);
  const parents: string[] = [];
  for (let at = dirname(absolute); ; at = dirname(at)) {
    parents.push(at);
    if (at === dirname(at)) break;
  }
  return parents.every((dir) => {
    try {
      const stat = statSync(dir);
      if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0;
      if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0;
      return (stat.mode & 0o001) !== 0;
    } catch {
      return true;
    }
  });
}
