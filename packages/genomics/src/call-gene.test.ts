import { describe, expect, it } from 'vitest';
import { callGenome } from './profile.ts';
import { profileOf, readArrayText, readText } from './testing/read.ts';
import { dataLines, header, personVcf } from './testing/vcf-text.ts';

const genes = (text: string, options = {}) => profileOf(text, options).genes;

describe('calling', () => {
  it('calls star alleles, phased and unphased, on both assemblies and with bare chromosome names', () => {
    for (const phased of [true, false]) {
      for (const assembly of ['GRCh38', 'GRCh37'] as const) {
        for (const chr of [true, false]) {
          const text = personVcf(
            { CYP2C19: ['*2', '*17'], CYP2C9: ['*1', '*3'], DPYD: ['Reference', 'c.1905+1G>A (*2A)'] },
            { phased, assembly, chr },
          );
          const called = genes(text);
          expect(called.CYP2C19?.diplotypes).toEqual(['*2/*17']);
          expect(called.CYP2C19?.phenotype).toBe('Intermediate Metabolizer');
          expect(called.CYP2C9?.activityScore).toBe(1);
          expect(called.DPYD?.diplotypes).toEqual(['c.1905+1G>A (*2A) (heterozygous)']);
          expect(profileOf(text).assembly).toBe(assembly);
        }
      }
    }
  });

  it('lists every pair that fits when a position is missing, and the shared phenotype', () => {
    const called = genes(personVcf({ CYP2C19: ['*1', '*4'] }, { without: [94762706] }));
    expect(called.CYP2C19?.diplotypes).toEqual(['*1/*4', '*1/*17']);
    expect(called.CYP2C19?.phenotype).toBe('Intermediate Metabolizer or Rapid Metabolizer');
    expect(called.CYP2C19?.missingPositions).toEqual(['rs28399504']);
    const shared = genes(
      personVcf({ CYP2B6: ['*6', '*18'] }, { without: [40991388, 41009358, 41012316, 41009381] }),
    );
    expect(
      new Set(shared.CYP2B6?.candidates?.map((c) => c.phenotype) ?? [shared.CYP2B6?.phenotype]).size,
    ).toBe(1);
  });

  it('says which other pair would explain unphased genotypes, and not when they are phased', () => {
    const unphased = genes(personVcf({ CYP2B6: ['*6', '*22'] })).CYP2B6;
    expect(unphased?.diplotypes).toEqual(['*1/*36']);
    expect(unphased?.notes.join()).toContain('*6/*22');
    const phased = genes(personVcf({ CYP2B6: ['*6', '*22'] }, { phased: true })).CYP2B6;
    expect(phased?.diplotypes).toEqual(['*6/*22']);
    expect(phased?.notes.join()).not.toContain('unphased');
  });

  it('never takes a missing position for reference, unless asked and then says so', () => {
    const text = personVcf({ CYP2C19: ['*1', '*2'] }, { variantsOnly: true });
    const plain = genes(text).CYP2C19;
    expect(plain?.missingPositions.length).toBeGreaterThan(20);
    expect(plain?.notExcluded).toContain('*3');
    expect(genes(text).CYP3A5?.phenotype).toBe('No Result');
    const assumed = genes(text, { absentAsReference: true }).CYP2C19;
    expect(assumed?.diplotypes).toEqual(['*1/*2']);
    expect(assumed?.notes.join()).toContain('because asked to');
    expect(assumed?.assumedReference).toEqual(plain?.missingPositions);
    // The GRCh37 genome itself carries *1 here, so a file of variants on that assembly is silent about it.
    const only37 = { assembly: 'GRCh37', variantsOnly: true } as const;
    const old = genes(personVcf({ CYP2C19: ['*1', '*2'] }, only37), { absentAsReference: true }).CYP2C19;
    expect(old?.diplotypes).toEqual(['*1/*2']);
    expect(old?.notes.join()).not.toContain('although');
    expect(genes(text, { absentAsReference: true }).RYR1?.diplotypes).toEqual(['Reference/Reference']);
  });

  it('keeps no result, indeterminate and normal apart', () => {
    const called = genes(personVcf({ CYP2C19: ['*1', '*1'], CYP2C9: ['*1', '*7'] }));
    expect(called.CYP2C19?.phenotype).toBe('Normal Metabolizer');
    expect(called.CYP2C9?.phenotype).toBe('Indeterminate');
    expect(called.CYP2B6?.phenotype).toBe('No Result');
    expect(called['HLA-B']?.phenotype).toBe('No Result');
    expect(called['HLA-B']?.uncalled).toContain('not negative');
  });

  it('does not call a gene whose base nobody described, but reads it as reference where that is practice', () => {
    const swap = (gene: string, alleles: string[], from: RegExp, to: string) =>
      genes(
        header('P1') +
          dataLines({ [gene]: alleles })
            .map((line) => line.replace(from, to))
            .join('\n'),
      );
    const cyp = swap('CYP2C19', ['*1', '*1'], /^(chr10\t94762706\t\S+\tA)\tG(.*)0\/0$/, '$1\tT$20/1');
    expect(cyp.CYP2C19?.uncalled).toContain('no pair of named alleles');
    const tpmt = swap('TPMT', ['*1', '*1'], /^(chr6\t18130687\t\S+\t\w)\t\w(.*)0\/0$/, '$1\tAAA$20/1');
    expect(tpmt.TPMT?.diplotypes).toEqual(['*1/*1']);
    expect(tpmt.TPMT?.notes.join()).toContain('read as reference');
  });

  it('reads DPYD and RYR1 by their worst variants', () => {
    const dpyd = genes(personVcf({ DPYD: ['c.1905+1G>A (*2A)', 'c.2846A>T'] }));
    expect(dpyd.DPYD?.diplotypes).toEqual(['c.1905+1G>A (*2A)', 'c.2846A>T']);
    expect(dpyd.DPYD?.activityScore).toBe(0.5);
    const phased = genes(personVcf({ DPYD: ['c.1905+1G>A (*2A)', 'c.2846A>T'] }, { phased: true }));
    expect(phased.DPYD?.diplotypes).toEqual(['c.1905+1G>A (*2A)/c.2846A>T']);
    const ryr1 = genes(personVcf({ RYR1: ['Reference', 'c.488G>T'] }));
    expect(ryr1.RYR1?.phenotype).toBe('Malignant Hyperthermia Susceptibility');
  });

  it('reads HapB3 from its intronic variant; the exonic one alone says less', () => {
    const hapB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)';
    expect(genes(personVcf({ DPYD: ['Reference', hapB3] })).DPYD?.activityScore).toBe(1.5);
    const exonOnly = genes(personVcf({ DPYD: ['Reference', hapB3] }, { without: [97579893] })).DPYD;
    expect(exonOnly?.notes.join()).toContain('exonic');
    expect(exonOnly?.activityScore).toBe(1.5);
  });

  it('calls one copy of G6PD on a single X', () => {
    const called = genes(personVcf({ G6PD: ['Hammersmith'] }));
    expect(called.G6PD?.diplotypes).toEqual(['Hammersmith']);
    expect(called.G6PD?.phenotype).toBe('Deficient');
  });

  it('says that CYP2D6 structure is open, with the odds of what cannot be seen', () => {
    const called = profileOf(personVcf({ CYP2D6: ['*4', '*4'] }), { context: { ancestry: 'EUR' } }).genes
      .CYP2D6;
    expect(called?.diplotypes).toEqual(['*4/*4']);
    expect(called?.structure?.assessed).toBe(false);
    expect(called?.structure?.phenotypes[0]?.phenotype).toBe('Poor Metabolizer');
    const sum = called?.structure?.phenotypes.reduce((total, entry) => total + entry.p, 0) ?? 0;
    expect(sum).toBeCloseTo(1, 9);
    const normal = profileOf(personVcf({ CYP2D6: ['*1', '*1'] }), { context: { ancestry: 'EUR' } }).genes
      .CYP2D6;
    expect(normal?.structure?.phenotypes.map((entry) => entry.phenotype)).toContain(
      'Intermediate Metabolizer',
    );
    expect(normal?.structure?.pNoStructuralVariant).toBeLessThan(1);
  });

  it('is bounded on a file with next to nothing in it', () => {
    const sparse =
      header('P1') +
      dataLines({
        CYP2D6: ['*2', '*10'],
        RYR1: ['Reference', 'Reference'],
        G6PD: ['B (reference)', 'B (reference)'],
      })
        .filter((_line, at) => at % 40 === 3)
        .join('\n');
    expect(() => {
      expect(readText(sparse)).toHaveProperty('file');
      profileOf(sparse);
    }).toNeedLessThan(1500);
  });

  it('calls MT-RNR1 from the mitochondrion', () => {
    for (const chromosome of ['chrM', 'MT', 'M', 'NC_012920.1', 'chrMT']) {
      const mixed = genes(`${header('P1')}${chromosome}\t1555\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n`)['MT-RNR1'];
      expect(mixed?.phenotype).toBe('No Result');
      expect(mixed?.notes.join()).toContain('heteroplasmy');
    }
    const text = `${header('P1')}chrM\t1555\t.\tA\tG\t.\tPASS\t.\tGT\t1\nMT\t1494\t.\tC\tT\t.\tPASS\t.\tGT\t0\n`;
    expect(genes(text)['MT-RNR1']?.diplotypes).toEqual(['m.1555A>G']);
    expect(genes(text)['MT-RNR1']?.phenotype).toContain('increased risk');
  });

  it('does not take a position without a call for an absent one', () => {
    const text =
      '# This data file generated by 23andMe\n# rsid\tchromosome\tposition\tgenotype\nrs9923231\t16\t31107689\t--\nrs4244285\t10\t96541616\tAG\n';
    const read = readArrayText(text);
    if (!read.ok) throw new Error(read.problems[0].what);
    const called = callGenome(read.value, read.value.samples[0] ?? '', {
      absentAsReference: true,
      genesOnly: true,
    });
    expect(called.ok && called.value.genes.VKORC1?.status).toBe('no-result');
    expect(called.ok && called.value.genes.CYP2C19?.assumedReference?.length).toBe(34);
  });
});
