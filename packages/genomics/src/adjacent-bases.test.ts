import { describe, expect, it } from 'vitest';
import { callGene } from './call-gene.ts';
import { geneTable } from './tables.ts';
import { profileOf, readText } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const asLine = (row: string, gt = 'GT') => {
  const [pos, ref, alt, field] = row.split(' ');
  return `chr19\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\t${gt}\t${field}`;
};

/** RYR1 with its variants of two neighbouring bases, written as the records given in place of the table's own. */
function ryr1(rows: readonly string[], gt = 'GT') {
  const table = geneTable('RYR1');
  if (!table) throw new Error('RYR1');
  const plain = dataLines({ RYR1: ['Reference', 'Reference'] }).filter(
    (line) => !/\t38572266\t|\t38580039\t/.test(line),
  );
  const own = rows.map((row) => asLine(row, gt));
  const read = readText(`${header('P1')}${[...plain, ...own].join('\n')}\n`);
  if (!('file' in read)) throw new Error(read.problem.what);
  const call = callGene(table, read.file.sitesOf('P1').get('RYR1') ?? new Map());
  return {
    names: call.names.join(),
    missing: call.missing.map((at) => table.positions[at]?.pos38),
    notes: read.file.notesOf('P1').get('RYR1') ?? [],
  };
}
const OTHER = ['38580039 T A 0/0', '38580040 T A 0/0'];
const NAME = (pos: number) => {
  const table = geneTable('RYR1');
  const at = table?.positions.findIndex((position) => position.pos38 === pos) ?? -1;
  return table?.alleles.find((allele) => !allele.isReference && allele.bases.has(at))?.name ?? '';
};

describe('a variant of two neighbouring bases', () => {
  it('is the same written as one record and as two, where phase tells', () => {
    const name = NAME(38572266);
    const whole = ryr1(['38572266 TC CT 0|1', ...OTHER]);
    expect(whole.names).toContain(name);
    expect(whole.missing).toEqual([]);
    for (const rows of [
      ['38572266 T C 0|1', '38572267 C T 0|1'],
      ['38572267 C T 1|0', '38572266 T C 1|0'],
    ])
      expect(ryr1([...rows, ...OTHER])).toEqual({ ...whole, notes: [] });
    const both = ryr1(['38572266 T C 1/1', '38572267 C T 1/1', ...OTHER]);
    expect(both).toEqual(ryr1(['38572266 TC CT 1/1', ...OTHER]));
    expect(both.names).toContain(name);
    const sets = ryr1(
      ['38572266 T C 0|1:9', '38572267 C T 0|1:9', ...OTHER.map((row) => `${row}:.`)],
      'GT:PS',
    );
    expect(sets.names).toContain(name);
  });

  it('stays open where phase does not tell, and says so', () => {
    for (const rows of [['38572266 T C 0/1', '38572267 C T 0/1']]) {
      const open = ryr1([...rows, ...OTHER]);
      expect(open.missing).toEqual([38572266]);
      expect(open.notes.join()).toMatch(
        /rs193922862: changes of 2 neighbouring bases whose phase is not known/,
      );
      expect(open.names).not.toContain(NAME(38572266));
    }
    expect(ryr1(['38572266 T C 0/1', ...OTHER]).missing).toEqual([38572266]);
    expect(
      ryr1(['38572266 T C 0|1:1', '38572267 C T 0|1:2', ...OTHER.map((row) => `${row}:.`)], 'GT:PS').missing,
    ).toEqual([38572266]);
  });

  it('that stays open is not read as reference when absent positions are', () => {
    const other = dataLines({ RYR1: ['Reference', 'Reference'] })[0] ?? '';
    for (const rows of [
      ['38572266 T C 0/1', '38572267 C T 0/1'],
      ['38572266 TC CT ./.'],
      ['38572266 TC CT 0/1', '38572266 TC CT 1/1'],
    ]) {
      const text = `${header('P1')}${[other, ...rows.map((row) => asLine(row))].join('\n')}\n`;
      const gene = profileOf(text, { absentAsReference: true, genesOnly: true, brief: true }).genes.RYR1;
      expect(gene?.missingPositions).toEqual(['rs193922862']);
      expect(gene?.status).toBe('provisional');
    }
  });

  it('is not there where the changes lie on different strands, or are not both there', () => {
    for (const rows of [
      ['38572266 T C 0|1', '38572267 C T 1|0'],
      ['38572266 T C 0/1', '38572267 C T 0/0'],
      ['38572266 T C 0/0', '38572267 C T 0/0'],
    ]) {
      const call = ryr1([...rows, ...OTHER]);
      expect(call.missing).toEqual([]);
      expect(call.names).not.toContain(NAME(38572266));
    }
    expect(ryr1(['38572266 TC CT 0/0', '38580039 T A 1/1', '38580040 T A 1/1']).names).toContain(
      NAME(38580039),
    );
  });
});
