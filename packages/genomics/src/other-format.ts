import type { Problem } from '@foramen/spine/problem';

interface Refusal {
  readonly code: Problem['code'];
  readonly what: string;
  readonly help: string;
}

const starts = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** What else a file that should be a VCF is, by its first bytes: what people give by mistake, with the way out. Null for anything unknown. */
export function otherFormat(first: Uint8Array): Refusal | null {
  const no = (what: string, help: string): Refusal => ({ code: 'unsupported', what, help });
  if (starts(first, 0x42, 0x43, 0x46))
    return no('a BCF file', 'Convert it: bcftools view -Oz -o file.vcf.gz');
  if (starts(first, 0x42, 0x41, 0x4d, 1) || starts(first, 0x43, 0x52, 0x41, 0x4d))
    return no('reads (BAM or CRAM), not variants', 'Call variants first, or give the VCF made from it');
  if (starts(first, 0x1f, 0x8b)) return no('packed twice', 'Unpack it once');
  if (starts(first, 0x50, 0x4b, 3, 4)) return no('a zip archive', 'Unpack it and give the file inside');
  const utf16 =
    starts(first, 0xff, 0xfe) ||
    starts(first, 0xfe, 0xff) ||
    starts(first, 0x23, 0) ||
    starts(first, 0, 0x23);
  return utf16 ? no('text in UTF-16', 'Save it as plain text in UTF-8') : null;
}
