import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpacked } from './unpack.ts';

const zip = (entries: Record<string, Uint8Array>, name = 'study.zip') =>
  new File([zipSync(entries) as Uint8Array<ArrayBuffer>], name);

describe('archives that are dropped', () => {
  it('are what lies in them, beside the other files', async () => {
    const packed = zip({
      'DICOM/': new Uint8Array(),
      'DICOM/IM1': strToU8('one'),
      'DICOM/IM2': strToU8('two'),
    });
    const files = await unpacked([packed, new File(['##'], 'person.vcf')]);
    expect(files.map((file) => file.name)).toEqual(['DICOM/IM1', 'DICOM/IM2', 'person.vcf']);
    expect(await files[1]!.text()).toBe('two');
  });

  it('stay packed when they cannot be read', async () => {
    const broken = new File(['PK, but no archive'], 'study.ZIP');
    expect(await unpacked([broken])).toEqual([broken]);
  });
});
