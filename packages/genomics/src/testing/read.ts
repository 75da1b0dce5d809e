import type { GenomicProfile, Problem, Result } from '@foramen/spine';
import { ArrayReader } from '../array-text.ts';
import { callGenome, type GenomeOptions, tablesToRead } from '../profile.ts';
import { type VariantFile, VcfReader } from '../vcf-reader.ts';

/** For tests: VCF text to a file, fed in pieces of `step` bytes. */
export function readText(text: string, step = 1 << 20): { file: VariantFile } | { problem: Problem } {
  const reader = new VcfReader(tablesToRead(), 'test.vcf');
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  const result = reader.finish();
  return result.ok ? { file: result.value } : { problem: result.problems[0] };
}

export function profileOf(text: string, options: GenomeOptions = {}): GenomicProfile {
  const read = readText(text);
  if (!('file' in read)) throw new Error(read.problem.what);
  const called = callGenome(read.file, read.file.samples[0] ?? '', options);
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value;
}

/** For tests: raw data of an array, fed as a whole. */
export function readArrayText(text: string, where = 'me.txt'): Result<VariantFile> {
  const reader = new ArrayReader(tablesToRead(), where);
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}
