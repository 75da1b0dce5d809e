import { isSettledNormal } from '@foramen/spine/genome';
import { describe, expect, it } from 'vitest';
import { profileOf } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const AT = 94780653;
const rest = dataLines({ CYP2C19: ['*1', '*1'] }, { without: [AT] });

/** CYP2C19 of somebody good at every position but rs4986893 (of *3), which stands as given. */
function read(field: string, format: string, change: { filter?: string; alt?: string; info?: string } = {}) {
  const { filter = 'PASS', alt = 'A', info = '.' } = change;
  const line = `chr10\t${AT}\t.\tG\t${alt}\t.\t${filter}\t${info}\t${format}\t${field}`;
  const profile = profileOf(`${header('P1')}${[...rest, line].join('\n')}\n`);
  const gene = profile.genes.CYP2C19;
  if (!gene) throw new Error('no CYP2C19');
  return { gene, profile };
}

describe('a reference call on thin evidence', () => {
  it.each([
    ['0/0:5', 'GT:GQ', /rs4986893 \(genotype quality 5\)/, {}],
    ['0/0:5', 'GT:RGQ', /genotype quality 5/, {}],
    ['0/0:40:3', 'GT:GQ:GQX', /genotype quality 3/, {}],
    ['0/0:1', 'GT:DP', /reads 1\)/, {}],
    ['0/0', 'GT', /record failed filter LowQual/, { filter: 'LowQual' }],
    ['0/0:LowGQ', 'GT:FT', /genotype failed filter LowGQ/, {}],
    ['0/0:40:3', 'GT:DP:MIN_DP', /reads 3\)/, { alt: '<NON_REF>', info: `END=${AT}` }],
    ['0/0:9', 'GT:GQ', /genotype quality 9/, { alt: '.', info: `END=${AT}` }],
    ['0/0', 'GT', /imputation quality 0.45 \(DR2\)/, { info: 'AF=0.01;DR2=0.45;IMP' }],
    ['0|0:0.01', 'GT:DS', /imputation quality 0.3 \(R2\)/, { info: 'AF=0.01;MAF=0.01;R2=0.3;IMPUTED' }],
    ['0/0', 'GT', /imputation quality 0.6 \(INFO\)/, { info: 'RAF=0.01;AF=0.01;INFO=0.6' }],
    ['0/0', 'GT', /imputation quality 0.2 \(DR2\)/, { alt: 'A', info: 'DR2=0.9,0.2;IMP' }],
  ])('(%s, %s) is used, said with its figures, and settles nothing', (field, format, note, change) => {
    const { gene, profile } = read(field, format, change);
    expect(gene).toMatchObject({
      diplotypes: ['*1/*1'],
      phenotype: 'Normal Metabolizer',
      status: 'provisional',
      missingPositions: [],
      doubtfulPositions: ['rs4986893'],
      notExcluded: ['*3'],
      phenotypesNotExcluded: ['Intermediate Metabolizer'],
    });
    expect(gene.notes.join('\n')).toMatch(note);
    expect(gene.provisional).toContain('1 of 35 positions read on thin evidence; not excluded: *3');
    expect(isSettledNormal(gene)).toBe(false);
    const clopidogrel = profile.drugs.filter(
      ({ drug, action }) => drug === 'clopidogrel' && action !== 'untested',
    );
    expect(clopidogrel.length).toBeGreaterThan(0);
    for (const action of clopidogrel) expect(action.provisional).toContain('CYP2C19');
  });

  it('is none where the figures are good, absent, imputed, or of a caller that says it is the reference', () => {
    for (const [field, format, filter] of [
      ['0/0:20:8', 'GT:GQ:DP', 'PASS'],
      ['0/0:.:.', 'GT:GQ:DP', '.'],
      ['0/0:0:45', 'GT:DP:GQ', 'PASS'],
      ['0/0:50:30', 'GT:GQ:DP', 'RefCall'],
      ['0/0:30:29,1', 'GT:DP:AD', 'PASS'],
      ['0/0:0.95,0.05,0', 'GT:GP', 'PASS'],
      ['0/0:0,12,60', 'GT:GP', 'PASS'],
    ] as const) {
      const { gene } = read(field, format, { filter });
      expect({ field, status: gene.status, notes: gene.notes }).toEqual({
        field,
        status: 'called',
        notes: [],
      });
    }
  });

  it('is none where it was typed, imputed well, or the key means something else', () => {
    for (const info of [
      'DR2=0.95;IMP',
      'R2=0.3;TYPED;MAF=0.1',
      'R2=0.2',
      'INFO=12',
      'DR2=7',
      'AC=1;AN=2',
      'R2=0.99;MAF=0.1;IMPUTED',
    ])
      expect({ info, status: read('0/0', 'GT', { info }).gene.status }).toEqual({ info, status: 'called' });
  });

  it('is missing where its own reads speak of something else, as a heterozygote all of whose reads are one allele is', () => {
    const { gene } = read('0/0:15,14:99', 'GT:AD:GQ');
    expect(gene.missingPositions).toEqual(['rs4986893']);
    expect(gene.notes.join()).toContain(
      'genotype 0/0 is the reference but 14 of 29 reads carry something else',
    );
    expect(read('0/1:0,30', 'GT:AD').gene.missingPositions).toEqual(['rs4986893']);
  });
});

describe('a variant on thin evidence', () => {
  it('is called and provisional, by quality, reads, filter, or reads of the other allele', () => {
    for (const [field, format, filter, why] of [
      ['0/1:12', 'GT:GQ', 'PASS', 'genotype quality 12'],
      ['0/1:4', 'GT:DP', 'PASS', 'reads 4'],
      ['0/1', 'GT', 'LowQual', 'record failed filter LowQual'],
      ['1/1:10,12', 'GT:AD', 'PASS', '10 of 22 reads carry something else'],
      ['0/1:40,1', 'GT:AD', 'PASS', '1 of 41 reads carry one of its alleles'],
      ['0/1:0.3,0.4,0.3', 'GT:GP', 'PASS', 'genotype probability 0.4'],
    ] as const) {
      const { gene } = read(field, format, { filter });
      expect(gene.status, why).toBe('provisional');
      expect(gene.doubtfulPositions).toEqual(['rs4986893']);
      expect(gene.notes.join()).toContain(why);
      expect(gene.diplotypes).toEqual([field.startsWith('1') ? '*3/*3' : '*1/*3']);
    }
  });

  it('that a second record gives on good evidence is settled, whichever comes first', () => {
    const good = `chr10\t${AT}\t.\tG\tA\t.\tPASS\t.\tGT:GQ\t0/1:99`;
    const thin = `chr10\t${AT}\t.\tG\tA\t.\tPASS\t.\tGT:GQ\t0/1:7`;
    for (const two of [
      [good, thin],
      [thin, good],
    ])
      expect(profileOf(`${header('P1')}${[...rest, ...two].join('\n')}\n`).genes.CYP2C19).toMatchObject({
        diplotypes: ['*1/*3'],
        status: 'called',
      });
  });
});
