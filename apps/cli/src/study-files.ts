import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { NamedBytes } from '@foramen/analysis';
import { metaDataFile } from '@foramen/imaging';
import type { Problem } from '@foramen/spine';
import { notReadable, readSmallText } from './small-text.ts';
import { InputError, UsageError } from './streams.ts';

/** One picture, or one study: what is read together and answered with one result. */
export interface StudyInput {
  /** Name of the input without folder and extension; results take it. */
  readonly stem: string;
  readonly path: string;
  readonly load: () => NamedBytes[];
}

const PICTURE = /\.(png|nii|nii\.gz|mha)$/i;
/** More than any lumbar study, small enough that a wrong folder is refused before memory runs out. */
const MOST_FILES = 20_000;
const MOST_BYTES = 4 * 2 ** 30;

export function stemOf(path: string): string {
  const name = basename(resolve(path));
  // The last part of a UID is a number and no extension.
  return name.replace(/\.((nii|vcf|mha)\.gz|[A-Za-z][A-Za-z0-9]{0,4})$/i, '') || name;
}

/**
 * Inputs of a command line: each file is one input; a folder of PNG, NIfTI or MHA files is one input a file; any other folder is one
 * study. `ofFolder` when a folder of pictures is among them. `load` throws an InputError when the input is not there or cannot be read.
 */
export function studyInputs(paths: readonly string[]): {
  readonly inputs: StudyInput[];
  readonly ofFolder: boolean;
} {
  const inputs: StudyInput[] = [];
  let ofFolder = false;
  for (const path of paths) {
    // A path that is not there fails when it is its turn, so that it does not stop the others.
    if (!existsSync(path) || !statSync(path).isDirectory()) {
      inputs.push({ stem: stemOf(path), path, load: () => readPicture(path) });
      continue;
    }
    const pictures = picturesIn(path);
    if (pictures.length > 0) {
      ofFolder = true;
      for (const name of pictures) {
        inputs.push({
          stem: stemOf(name),
          path: join(path, name),
          load: () => readPicture(join(path, name)),
        });
      }
    } else {
      inputs.push({
        stem: basename(resolve(path)) || 'study',
        path,
        load: () => readFolder(path),
      });
    }
  }
  return { inputs, ofFolder };
}

/** Names of the pictures in a folder, without hidden files such as macOS leaves beside others. A folder that cannot be listed says so when it is its turn. */
function picturesIn(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => PICTURE.test(name) && !name.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}

/** Results take the names of their inputs, so no two may have the same. @throws UsageError */
export function distinctNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new UsageError(`two inputs would write the same result (${name}): give them in separate runs`);
    seen.add(name);
  }
}

/** A file, or every file under a folder, as one study. */
export function loadStudy(path: string): NamedBytes[] {
  if (!existsSync(path)) throw new InputError([notThere(path)]);
  return statSync(path).isDirectory() ? readFolder(path) : readPicture(path);
}

function readFolder(root: string): NamedBytes[] {
  const files: string[] = [];
  let total = 0;
  // Links are followed, as studies are often sorted by them; one that leads back up is not walked in circles.
  const walked = new Set<string>();
  const walk = (dir: string): void => {
    const real = realpathSync(dir);
    if (walked.has(real)) return;
    walked.add(real);
    for (const name of readdirSync(dir)) {
      if (name.startsWith('.')) continue;
      const path = join(dir, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) walk(path);
      // A link to nothing is named when it is read.
      else if (stat === undefined || stat.isFile()) files.push(path);
      total += stat?.isFile() ? stat.size : 0;
      if (files.length > MOST_FILES) throw new InputError([tooLarge(root, `more than ${MOST_FILES} files`)]);
    }
  };
  readable(root, () => walk(root));
  if (total > MOST_BYTES) throw new InputError([tooLarge(root, `${(total / 2 ** 30).toFixed(1)} GiB`)]);
  if (files.length === 0)
    throw new InputError([problem('missing', root, 'the folder is empty', 'Give a folder of DICOM files')]);
  return files.sort().map((path) => readNamed(path, relative(root, path)));
}

/** A file, and for a MetaImage header the data file it names where that lies beside it. */
function readPicture(path: string): NamedBytes[] {
  const file = readNamed(path, basename(path));
  const data = metaDataFile(file.bytes);
  const beside = data === undefined ? '' : join(dirname(path), data);
  return data !== undefined && existsSync(beside) ? [file, readNamed(beside, data)] : [file];
}

function readNamed(path: string, name: string): NamedBytes {
  if (!existsSync(path)) throw new InputError([notThere(path)]);
  const not = notReadable(path);
  if (not !== null) throw new InputError([not]);
  const size = statSync(path).size;
  if (size > MOST_BYTES) throw new InputError([tooLarge(path, `${(size / 2 ** 30).toFixed(1)} GiB`)]);
  return { name, bytes: readable(path, () => new Uint8Array(readFileSync(path))) };
}

/** What the system refuses is a problem of the input. @throws InputError */
function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof InputError) throw error;
    throw new InputError([problem('unreadable', path, `cannot be read (${code})`, 'Check its permissions')]);
  }
}

/** Text of a file the user named. @throws InputError */
export function readText(path: string): string {
  const read = readSmallText(path, 'Give a text file');
  if (!read.ok) throw new InputError(read.problems);
  return read.value;
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}
const notThere = (path: string): Problem =>
  problem('not-found', path, 'there is no such file or folder', 'Check the path');
const tooLarge = (path: string, size: string): Problem =>
  problem('too-large', path, `${size} is more than one study holds`, 'Give the folder of one study');
