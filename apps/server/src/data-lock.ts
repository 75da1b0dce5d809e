import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderFault, makeFolder } from './make-folder.ts';

/**
 * One server a data folder. The lock names its process and when that started, so that a number given to another program since,
 * or a holder that was killed, does not keep the folder locked.
 *
 * @throws Error when another live process holds it, or the folder cannot be made or written to.
 */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, 'foramen.lock');
  const draft = `${path}.${process.pid}`;
  try {
    // Others may pass through (the database runs as another user) but not look around.
    makeFolder(dataDir, 0o711);
    writeFileSync(draft, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }), {
      mode: 0o600,
    });
  } catch (error) {
    throw new Error(
      `the data folder ${dataDir} cannot be used (${folderFault(error)}): choose another with --data or FORAMEN_DATA`,
    );
  }
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        // A hard link appears whole or not at all, and only if the name is free.
        linkSync(draft, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = holderOf(path);
      if (holder !== undefined)
        throw new Error(
          `another Foramen (process ${holder}) is using ${dataDir}; stop it, or choose another folder with --data`,
        );
      rmSync(path, { force: true });
    }
    throw new Error(`could not lock ${dataDir}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderOf(path: string): number | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string };
    if (pid === process.pid) return undefined;
    return isSameProcess(pid, started) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Start time in clock ticks since boot (Linux); empty where it cannot be told, and then the number alone decides. */
export function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** Whether the process that had this number at that start time still lives. */
export function isSameProcess(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStart(pid) === started;
}
