import { describe, expect, it } from 'vitest';
import { tablesToRead } from './profile.ts';
import { profileOf, readText } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';
import { VcfReader } from './vcf-reader.ts';

const row = (chr: string, pos: number, ref: string, alt: string, gt: string) =>
  `${chr}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t${gt}`;
const geneOf = (gene: string, lines: readonly string[]) =>
  profileOf(`${header('P1')}${lines.join('\n')}\n`, { brief: true }).genes[gene];

describe('an alternative that is not spelled in bases', () => {
  // DPYD reads a base that nobody described as the reference: what is no base must not come to that.
  const AT = 97450058;
  const rest = dataLines({ DPYD: ['Reference', 'Reference'] }, { without: [AT] });

  it.each(['', 'R', 'A;T', 'N', '?', 'C'])('(%j of C) leaves who carries it without that position', (alt) => {
    const gene = geneOf('DPYD', [...rest, row('chr1', AT, 'C', alt, '0/1')]);
    expect(gene?.missingPositions).toEqual(['rs3918290']);
    expect(gene?.status).toBe('provisional');
    expect(gene?.notes.join()).toContain('rs3918290: an allele of 0/1 cannot be read here');
  });

  it('takes nothing from who does not', () => {
    const gene = geneOf('DPYD', [...rest, row('chr1', AT, 'C', 'T,R', '0/1')]);
    expect(gene?.diplotypes.join()).toContain('*2A');
    expect(geneOf('DPYD', [...rest, row('chr1', AT, 'C', 'R', '0/0')])).toMatchObject({
      missingPositions: [],
    });
  });
});

describe('a deletion, spelled in bases, that takes a position with it', () => {
  const AT = 94780653;
  const lines = dataLines({ CYP2C19: ['*1', '*1'] });
  const without = dataLines({ CYP2C19: ['*1', '*1'] }, { without: [AT] });
  const over = (gt: string) => row('chr10', AT - 4, 'ACGTGACGT', 'A', gt);

  it('is told of who carries it, and what another record says there is provisional', () => {
    for (const kept of [lines, without]) {
      const gene = geneOf('CYP2C19', [...kept, over('0/1')]);
      expect(gene?.notes.join()).toContain('rs4986893: 9 bases from chr10:94780649 on are changed in length');
      expect(gene?.status).toBe('provisional');
      expect(gene?.notExcluded).toEqual(['*3']);
    }
    expect(geneOf('CYP2C19', [...lines, over('0/1')])).toMatchObject({
      missingPositions: [],
      doubtfulPositions: ['rs4986893'],
    });
  });

  it('says nothing of who does not', () => {
    expect(geneOf('CYP2C19', [...lines, over('0/0')])).toMatchObject({ status: 'called', notes: [] });
    expect(geneOf('CYP2C19', [...without, over('0/0')])?.missingPositions).toEqual(['rs4986893']);
  });

  it('keeps the position from being taken for the reference because it is absent', () => {
    const text = (gt: string) => `${header('P1')}${[...without, over(gt)].join('\n')}\n`;
    const assumed = (gt: string) =>
      profileOf(text(gt), { brief: true, absentAsReference: true }).genes.CYP2C19;
    expect(assumed('0/1')?.missingPositions).toEqual(['rs4986893']);
    expect(assumed('0/0')?.missingPositions).toEqual([]);
  });
});

describe('the assembly', () => {
  const said = (text: string) => {
    const read = readText(text);
    return 'problem' in read ? read.problem.what : read.file.assembly;
  };
  const on38 = dataLines({ CYP2C19: ['*1', '*1'], 'MT-RNR1': ['Reference'] });
  const on37 = dataLines({ CYP2C9: ['*1', '*1'], 'MT-RNR1': ['Reference'] }, { assembly: 'GRCh37' });

  it('is not told by the mitochondrion, which is the same on both', () => {
    expect(said(`${header('P1', 'GRCh37')}${on38.join('\n')}\n`)).toMatch(/header says GRCh37 but .* GRCh38/);
    expect(said(`${header('P1', 'GRCh37')}${on37.join('\n')}\n`)).toBe('GRCh37');
  });

  it('must be one', () => {
    for (const head of [header('P1'), header('P1', 'GRCh37'), header('P1').replace(/##contig.*\n/, '')])
      expect(said(`${head}${[...on38, ...on37].join('\n')}\n`)).toMatch(
        /35 reference bases are those of positions on GRCh38 and 83 those on GRCh37/,
      );
  });
});

describe('names of samples', () => {
  it('that are not in UTF-8 are kept apart', () => {
    const text = `${header('J\u00f6rg\tJ\u00fcrg')}${row('chr16', 31096368, 'C', 'T', '0/1\t0/0')}\n`;
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const plain = new TextDecoder('windows-1252').decode(latin);
    expect(plain).toBe(text);
    const read = readBytes(latin);
    expect(read).toEqual(['J\u00f6rg', 'J\u00fcrg']);
  });
});

function readBytes(bytes: Uint8Array): readonly string[] | null {
  const reader = new VcfReader(tablesToRead(), 'test.vcf');
  reader.push(bytes);
  reader.finish();
  return reader.samples;
}
