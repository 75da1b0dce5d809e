import * as genomics from '@foramen/genomics';
import { fail, type GenomicProfile, type Intake, type Result } from '@foramen/spine';
import type { NamedBytes } from './inputs.ts';

type CallGenome = (
  file: NamedBytes,
  options: { readonly intake: Intake | null },
) => Promise<Result<GenomicProfile>>;

/** Calls the genes of a variant file, with the drugs and conditions of the intake taken into account. */
export async function readGenome(file: NamedBytes, intake: Intake | null): Promise<Result<GenomicProfile>> {
  const { callGenome } = genomics as { readonly callGenome?: CallGenome };
  if (callGenome === undefined) {
    return fail({
      code: 'unsupported',
      severity: 'error',
      where: file.name,
      what: 'genes cannot be called by this build',
      help: 'Leave the variant file out, or install the complete product',
    });
  }
  return callGenome(file, { intake });
}
