import type { NamedBytes } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';

interface SortedFiles {
  readonly imaging: readonly NamedBytes[];
  readonly genome: NamedBytes | null;
  readonly intake: unknown;
  readonly problems: readonly Problem[];
}

/** Names that are never part of a study: what operating systems leave in folders. */
const LITTER = /(^|\/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)/i;

/** What a file is for, by its name. */
export function kindOf(name: string): 'litter' | 'genome' | 'intake' | 'picture' {
  if (LITTER.test(name)) return 'litter';
  if (/\.vcf(\.b?gz)?$/i.test(name)) return 'genome';
  return /\.json$/i.test(name) ? 'intake' : 'picture';
}

/** What was dropped, by kind: a variant file, an intake document, and everything else as pictures. */
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
    const kind = kindOf(file.name);
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
