import { problemLine } from '@foramen/spine/problem';
import { describe, expect, it } from 'vitest';
import { callGenome } from './profile.ts';
import { readText } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const RS4244285 = '94781859';
const good = dataLines({
  CYP2C19: ['*1', '*2'],
  VKORC1: ['rs9923231 reference (C)', 'rs9923231 reference (C)'],
});

/** Three people with the same alleles; the second has another field at each position that `field` names one for. */
function three(field: (pos: string) => string | undefined): string {
  const lines = good.map((line) => {
    const cells = line.split('\t');
    const own = cells[9] ?? '';
    return [...cells.slice(0, 9), own, field(cells[1] ?? '') ?? own, own].join('\t');
  });
  return `${header('A\tB\tC')}${lines.join('\n')}\n`;
}

function called(text: string) {
  const read = readText(text);
  if (!('file' in read)) return read.problem.what;
  const { file } = read;
  return Object.fromEntries(
    file.samples.map((sample) => {
      const person = callGenome(file, sample, { brief: true, genesOnly: true });
      if (!person.ok) throw new Error(person.problems[0].what);
      const { CYP2C19, VKORC1 } = person.value.genes;
      return [sample, { CYP2C19, VKORC1, said: person.warnings.map(problemLine) }];
    }),
  );
}

describe('one bad sample of a file', () => {
  it.each([
    ['0/0/1', /sample B: more than two copies: rs4244285/],
    ['1', /mixed ploidy: sample B has one copy of CYP2C19/],
  ])('with %s is refused by name, and the others are called', (gt, line) => {
    const people = called(three((pos) => (pos === RS4244285 ? gt : undefined)));
    if (typeof people === 'string') throw new Error(people);
    expect(people.B?.said.join()).toMatch(line);
    expect(people.B?.CYP2C19).toMatchObject({ phenotype: 'No Result', status: 'no-result', diplotypes: [] });
    expect(people.B?.CYP2C19?.uncalled).toMatch(/^sample refused: /);
    expect(people.B?.VKORC1?.diplotypes).toEqual([]);
    for (const other of [people.A, people.C])
      expect(other).toMatchObject({ CYP2C19: { diplotypes: ['*1/*2'], status: 'called' }, said: [] });
  });

  it.each([
    ['0/7', /names an allele/],
    ['0/x', /names an allele/],
    ['0/1:30:12', /3 values where FORMAT names 1/],
  ])('with %s at one position loses that position alone, as an error of that sample', (field, line) => {
    const people = called(three((pos) => (pos === RS4244285 ? field : undefined)));
    if (typeof people === 'string') throw new Error(people);
    expect(people.B?.said.join()).toMatch(line);
    expect(people.B?.said.join()).toMatch(/sample B: rs4244285/);
    expect(people.B?.CYP2C19?.missingPositions).toEqual(['rs4244285']);
    expect(people.B?.CYP2C19?.status).toBe('provisional');
    expect(people.B?.VKORC1?.status).toBe('called');
    expect(people.A?.said).toEqual([]);
  });

  it('none of whose genotypes can be read is no sample without variants', () => {
    const people = called(three(() => 'A/G'));
    if (typeof people === 'string') throw new Error(people);
    expect(people.B?.said.join()).toMatch(/sample B: no genotype can be read/);
    expect(people.C?.CYP2C19?.diplotypes).toEqual(['*1/*2']);
  });

  it('stops the file only where no other is left, and so does a column nobody is named for', () => {
    const all = three(() => undefined).replaceAll(/\t\d\/\d/g, '\t0/0/1');
    expect(called(all)).toMatch(/^sample A: more than two copies/);
    const extra = three((pos) => (pos === RS4244285 ? '0/1\t0/1' : undefined));
    expect(called(extra)).toMatch(/chr10:94781859 has more columns than the 12 of the header/);
  });
});
