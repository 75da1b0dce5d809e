import type { Problem, Result } from '@foramen/spine/problem';
import { isArrayText } from './array-heading.ts';
import { ArrayReader } from './array-text.ts';
import type { GeneTable } from './gene-table.ts';
import { otherFormat } from './other-format.ts';
import { type VariantFile, VcfReader } from './vcf-reader.ts';

/** Raw data of an array say what they are within so many bytes. */
const HEAD_BYTES = 8000;

/** Reads what holds a genotype, unpacked and fed in pieces: a VCF or raw data of a consumer array, whichever its beginning shows. */
export class VariantReader {
  private readonly tables: readonly GeneTable[];
  private readonly where: string;
  private readonly only: readonly string[] | null;
  private reader: VcfReader | ArrayReader | null = null;
  private head = new Uint8Array(0);

  /** `only`: samples wanted of a VCF, or null for all; an array holds one person without a name, who is called so. */
  constructor(tables: readonly GeneTable[], where: string, only: readonly string[] | null = null) {
    this.tables = tables;
    this.where = where;
    this.only = only;
  }

  /** Sample names, once the header has been read. */
  get samples(): readonly string[] | null {
    return this.reader?.samples ?? null;
  }

  get failed(): Problem | null {
    return this.reader?.failed ?? null;
  }

  push(chunk: Uint8Array): void {
    if (this.reader) {
      this.reader.push(chunk);
      return;
    }
    const head = new Uint8Array(this.head.length + chunk.length);
    head.set(this.head);
    head.set(chunk, this.head.length);
    this.head = head;
    if (head.length >= HEAD_BYTES) this.begin();
  }

  finish(): Result<VariantFile> {
    return (this.reader ?? this.begin()).finish();
  }

  private begin(): VcfReader | ArrayReader {
    const { head } = this;
    this.head = new Uint8Array(0);
    // An archive may hold the words of an array as they are; which other kind of file it is, the VCF reader tells.
    const isText = otherFormat(head) === null;
    this.reader =
      isText && isArrayText(new TextDecoder().decode(head.subarray(0, HEAD_BYTES)))
        ? new ArrayReader(this.tables, this.where, this.only?.[0] ?? null)
        : new VcfReader(this.tables, this.where, this.only);
    this.reader.push(head);
    return this.reader;
  }
}
