import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { NamedBytes } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';
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
 * study. Sets `many` when results go to a folder. `load` throws an InputError when the input is not there or cannot be read.
 */
export function studyInputs(paths: readonly string[]): {
  readonly inputs: StudyInput[];
  readonly many: boolean;
} {
  const inputs: StudyInput[] = [];
  let many = paths.length > 1;
  for (const path of paths) {
    // A path that is not there fails when it is its turn, so that it does not stop the others.
    if (!existsSync(path) || !statSync(path).isDirectory()) {
      inputs.push({ stem: stemOf(path), path, load: () => [readNamed(path, basename(path))] });
      continue;
    }
    const pictures = readdirSync(path)
      .filter((name) => PICTURE.test(name))
      .sort();
    if (pictures.length > 0) {
      many = true;
      for (const name of pictures) {
        inputs.push({
          stem: stemOf(name),
          path: join(path, name),
          load: () => [readNamed(join(path, name), name)],
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
  return { inputs, many };
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
  return statSync(path).isDirectory() ? readFolder(path) : [readNamed(path, basename(path))];
}

function readFolder(root: string): NamedBytes[] {
  const files: string[] = [];
  const walk = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) files.push(path);
      if (files.length > MOST_FILES) throw new InputError([tooLarge(root, `more than ${MOST_FILES} files`)]);
    }
  };
  walk(root);
  let total = 0;
  for (const file of files) total += statSync(file).size;
  if (total > MOST_BYTES) throw new InputError([tooLarge(root, `${(total / 2 ** 30).toFixed(1)} GiB`)]);
  if (files.length === 0)
    throw new InputError([problem('missing', root, 'the folder is empty', 'Give a folder of DICOM files')]);
  return files.sort().map((path) => readNamed(path, relative(root, path)));
}

function readNamed(path: string, name: string): NamedBytes {
  if (!existsSync(path)) throw new InputError([notThere(path)]);
  const size = statSync(path).size;
  if (size > MOST_BYTES) throw new InputError([tooLarge(path, `${(size / 2 ** 30).toFixed(1)} GiB`)]);
  try {
    return { name, bytes: new Uint8Array(readFileSync(path)) };
  } catch (error) {
    throw new InputError([
      problem(
        'unreadable',
        path,
        `cannot be read (${(error as NodeJS.ErrnoException).code})`,
        'Check its permissions',
      ),
    ]);
  }
}

/** Text of a file the user named. @throws InputError */
export function readText(path: string): string {
  if (!existsSync(path)) throw new InputError([notThere(path)]);
  return new TextDecoder().decode(readNamed(path, basename(path)).bytes);
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}
const notThere = (path: string): Problem =>
  problem('not-found', path, 'there is no such file or folder', 'Check the path');
const tooLarge = (path: string, size: string): Problem =>
  problem('too-large', path, `${size} is more than one study holds`, 'Give the folder of one study');
