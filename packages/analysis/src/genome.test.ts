import { gzipSync } from 'node:zlib';
import { patientContext } from '@foramen/genomics';
import { describe, expect, it } from 'vitest';
import { readGenome } from './genome.ts';

const NOW = '2026-11-22T08:00:00Z';

function vcf(samples: readonly string[]): Uint8Array {
  const call = samples.map(() => '0/1').join('\t');
  return new TextEncoder().encode(
    [
      '##fileformat=VCFv4.2',
      '##reference=GRCh38',
      '##contig=<ID=chr10,length=133797422,assembly=GRCh38>',
      '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
      `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${samples.join('\t')}`,
      `chr10\t94761900\trs12248560\tC\tT\t.\tPASS\t.\tGT\t${call}`,
      `chr10\t94781859\trs4244285\tG\tA\t.\tPASS\t.\tGT\t${samples.map(() => '0/0').join('\t')}`,
      '',
    ].join('\n'),
  );
}

describe('the variant file of one patient', () => {
  it('is read plain, gzipped and in several members alike', () => {
    const plain = vcf(['S1']);
    const read = (name: string, bytes: Uint8Array) => {
      const result = readGenome({ name, bytes }, null, NOW);
      if (!result.ok) throw new Error(result.problems[0].what);
      return result.value;
    };
    const here = read('a.vcf', plain);
    expect(here.sample).toBe('S1');
    expect(here.assembly).toBe('GRCh38');
    expect(read('a.vcf.gz', gzipSync(plain))).toEqual(here);
    const members = Buffer.concat([gzipSync(plain.subarray(0, 300)), gzipSync(plain.subarray(300))]);
    expect(read('a.vcf.gz', members)).toEqual(here);
  });

  it('in bgzip without its end mark is read, and said to be perhaps cut off', () => {
    // A member as bgzip writes it: gzip with its own size in an extra field.
    const packed = gzipSync(vcf(['S1']));
    const head = Buffer.from([31, 139, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 66, 67, 2, 0, 0, 0]);
    head.writeUInt16LE(head.length + packed.length - 10 - 1, 16);
    const member = Buffer.concat([head, packed.subarray(10)]);
    const mark = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex');
    const said = (bytes: Uint8Array) => {
      const result = readGenome({ name: 'a.vcf.gz', bytes }, null, NOW);
      return result.ok ? result.warnings.filter((one) => one.code === 'truncated').length : -1;
    };
    expect(said(Buffer.concat([member, mark]))).toBe(0);
    expect(said(member)).toBe(1);
  });

  it('is refused when cut off, empty, or of several people', () => {
    const code = (bytes: Uint8Array) => {
      const result = readGenome({ name: 'a.vcf.gz', bytes }, null, NOW);
      return result.ok ? 'read' : `${result.problems[0].code} ${result.problems[0].where}`;
    };
    const packed = gzipSync(vcf(['S1']));
    expect(code(packed.subarray(0, packed.length - 60))).toMatch(/^(truncated|unreadable) a\.vcf\.gz$/);
    expect(code(new Uint8Array(0))).toBe('unreadable a.vcf.gz');
    expect(code(vcf(['S1', 'S2']))).toBe('inconsistent a.vcf.gz');
  });
});

describe('what of the intake bears on drugs', () => {
  it('keeps unknown apart from no, and counts the days since a stop', () => {
    const context = patientContext(
      {
        person: { ageYears: 70 },
        history: { ulcerOrGiBleed: 'yes', heartFailure: 'unknown' },
        medications: [
          { name: 'paroxetine', stopped: '2026-11-12' },
          { name: 'codeine', stopped: '2027-01-01' },
        ],
      },
      NOW,
    );
    expect(context).toEqual({
      ageYears: 70,
      illnesses: ['ulcerOrGiBleed'],
      medications: [{ name: 'paroxetine', stoppedDaysAgo: 10 }, { name: 'codeine' }],
    });
  });
});
