import { callGenome, patientContext, readVariantBytes } from '@foramen/genomics';
import { fail, type GenomicProfile, type Intake, type Problem, type Result } from '@foramen/spine';
import type { NamedBytes } from './inputs.ts';

/**
 * Calls the genes of a variant file (VCF or raw data of a consumer array; plain, gzipped or in a zip archive), with the medicines and
 * conditions of the intake taken into account. The first sample is taken when there is one only; a file of several people is refused.
 */
export function readGenome(file: NamedBytes, intake: Intake | null, now: string): Result<GenomicProfile> {
  const opened = readVariantBytes(file.bytes, file.name);
  if (!opened.ok) return opened;
  const variants = opened.value;
  const [sample, other] = variants.samples;
  if (sample === undefined || other !== undefined) {
    return fail(
      problem(
        'inconsistent',
        file.name,
        `holds ${variants.samples.length} samples where one was expected`,
        'Give a file with this patient alone',
      ),
    );
  }
  const called = callGenome(variants, sample, { context: patientContext(intake, now) });
  if (called.ok) return called;
  const [first, ...rest] = called.problems;
  return fail({ ...first, where: file.name }, ...rest);
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}
