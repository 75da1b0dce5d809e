import {
  callGenome,
  hasBgzfEnd,
  isArrayText,
  isBgzf,
  isGzip,
  missingBgzfEnd,
  patientContext,
  readArrayText,
  tablesToRead,
  type VariantFile,
  VcfReader,
} from '@foramen/genomics';
import { fail, type GenomicProfile, type Intake, ok, type Problem, type Result } from '@foramen/spine';
import { Gunzip } from 'fflate';
import type { NamedBytes } from './inputs.ts';

/**
 * Calls the genes of a variant file (VCF, plain or gzipped; raw data of a consumer array), with the medicines and conditions of the
 * intake taken into account. The first sample is taken when there is one only; a file of several people is refused.
 */
export function readGenome(file: NamedBytes, intake: Intake | null, now: string): Result<GenomicProfile> {
  const opened = openVariants(file);
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

function openVariants(file: NamedBytes): Result<VariantFile> {
  const { name, bytes } = file;
  if (bytes.length === 0) {
    return fail(problem('unreadable', name, 'the file is empty', 'Copy or export the file again'));
  }
  if (!isGzip(bytes)) {
    const head = new TextDecoder().decode(bytes.subarray(0, 4096));
    if (isArrayText(head)) return readArrayText(new TextDecoder().decode(bytes), tablesToRead(), name);
  }
  const reader = new VcfReader(tablesToRead(), name);
  if (!isGzip(bytes)) reader.push(bytes);
  else {
    const damage = inflateInto(reader, bytes);
    if (damage !== null)
      return fail(problem(damage, name, 'the compressed file is damaged or cut off', 'Copy it again'));
  }
  const read = reader.finish();
  if (!read.ok || !isBgzf(bytes) || hasBgzfEnd(bytes)) return read;
  // A picture beside it is worth reading all the same.
  const cut: Problem = { ...missingBgzfEnd(name), severity: 'warning' };
  return ok({ ...read.value, warnings: [...read.value.warnings, cut] }, read.warnings);
}

/**
 * Feeds the reader piece by piece: a genome unpacked at once would not fit into a tab. Members of bgzip follow each other; the length
 * at the end of the last one tells whether the file is whole.
 */
function inflateInto(reader: VcfReader, bytes: Uint8Array): 'truncated' | 'unreadable' | null {
  let ofMember = 0;
  const stream = new Gunzip((part) => {
    ofMember += part.length;
    if (part.length > 0) reader.push(part);
  });
  stream.onmember = () => {
    ofMember = 0;
  };
  const step = 1 << 18;
  try {
    for (let at = 0; at < bytes.length; at += step) {
      if (reader.failed !== null) return null;
      stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    }
  } catch {
    return 'unreadable';
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  return length === ofMember % 2 ** 32 ? null : 'truncated';
}

function problem(code: Problem['code'], where: string, what: string, help: string): Problem {
  return { code, severity: 'error', where, what, help };
}
