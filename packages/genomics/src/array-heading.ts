import { Gunzip } from 'fflate';
import { isGzip } from './bgzf.ts';

/** Enough of a file to hold the notes and the column names of any array. */
const HEAD_BYTES = 8000;

/** Whether text begins as raw data of a consumer array does: 23andMe, AncestryDNA, and others with the same columns. */
export function isArrayText(firstBytes: string): boolean {
  return (
    /^#.*(23andMe|AncestryDNA)/im.test(firstBytes) ||
    /^\uFEFF?#?\s*"?rsid"?[\t,]"?chromosome"?[\t,]"?position"?[\t,]"?(genotype|allele1|result)/im.test(
      firstBytes,
    )
  );
}

/** Whether a file is raw data of a consumer array, plain or gzipped, by its first bytes. */
export function isArrayFile(first: Uint8Array): boolean {
  const head = first.subarray(0, HEAD_BYTES);
  return isArrayText(new TextDecoder().decode(isGzip(head) ? beginning(head) : head));
}

/** What the first bytes of a gzip file unpack to, as far as they go. */
function beginning(packed: Uint8Array): Uint8Array {
  const parts: number[] = [];
  const stream = new Gunzip((part) => {
    if (parts.length < HEAD_BYTES) parts.push(...part.subarray(0, HEAD_BYTES));
  });
  try {
    stream.push(packed.slice());
  } catch {
    // Cut off or damaged: what came out before is looked at.
  }
  return Uint8Array.from(parts);
}
