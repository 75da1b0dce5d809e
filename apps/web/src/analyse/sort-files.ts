import type { NamedBytes } from '@foramen/analysis';
import { isArrayFile } from '@foramen/genomics/array-heading';
import type { Problem } from '@foramen/spine';

interface SortedFiles {
  readonly imaging: readonly NamedBytes[];
  readonly genome: NamedBytes | null;
  readonly intake: unknown;
  readonly problems: readonly Problem[];
}

/** Names that are never part of a study: what operating systems leave in folders. */
const LITTER = /(^|\/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)/i;

/** Whether raw data of a consumer array may have this name; a disc has text of other kinds too, so the first bytes decide. */
export function mayBeArray(name: string): boolean {
  return /\.(txt|csv|tsv)(\.gz)?$/i.test(name);
}

type Kind = 'litter' | 'genome' | 'intake' | 'picture';

/** What a file is for, by its name and its first bytes. */
export function kindOf(name: string, first: Uint8Array): Kind {
  if (LITTER.test(name)) return 'litter';
  if (/\.vcf(\.b?gz)?$/i.test(name) || (mayBeArray(name) && isArrayFile(first))) return 'genome';
  return /\.json$/i.test(name) ? 'intake' : 'picture';
}

/** What was dropped, by kind: a variant file or raw data of an array, an intake document, and everything else as pictures. */
export function sortFiles(files: readonly NamedBytes[]): SortedFiles {
  const imaging: NamedBytes[] = [];
  const problems: Problem[] = [];
  let genome: NamedBytes | null = null;
  let intake: unknown;
  const again = (where: string, what: string) =>
    problems.push({
      code: 'inconsistent',
      severity: 'error',
      where,
      what,
      help: 'Drop one patient at a time',
    });
  for (const file of files) {
    const kind = kindOf(file.name, file.bytes);
    if (kind === 'litter') continue;
    if (kind === 'genome') {
      if (genome !== null) again(file.name, 'is a second variant file');
      genome = file;
    } else if (kind === 'intake') {
      if (intake !== undefined) again(file.name, 'is a second intake file');
      try {
        intake = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes)) as unknown;
      } catch {
        problems.push({
          code: 'unreadable',
          severity: 'error',
          where: file.name,
          what: 'is not JSON text',
          help: 'Export the intake as a JSON document (schema foramen.intake/1)',
        });
      }
    } else imaging.push(file);
  }
  return { imaging, genome, intake, problems };
}
