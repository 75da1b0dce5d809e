import { describe, expect, it } from 'vitest';
import UGT1A1 from '../data/UGT1A1.json' with { type: 'json' };
import {
  diffTables,
  formatTable,
  importGene,
  type RawGeneTable,
  readDefinition,
  readPhenotype,
  rightShift,
} from './import.ts';
import { importGuidance } from './import-guidance.ts';

const definition = {
  gene: 'TOY1',
  version: '2026-01-01',
  modificationDate: '2025-12-31T00:00:00Z',
  chromosome: 'chr1',
  variants: [
    { position: 100, rsid: 'rs1', chromosomeHgvsName: 'g.100A>G', ref: 'A', alts: ['G'] },
    { position: 200, rsid: null, chromosomeHgvsName: 'g.203_205del', ref: 'CTTT', alts: ['C'] },
  ],
  namedAlleles: [
    { name: '*1', reference: true, alleles: ['A', 'CTTT'] },
    { name: '*2', reference: false, alleles: ['G', null] },
    { name: '*3', reference: false, alleles: [null, 'C'] },
    { name: '*9', reference: false, alleles: [null, null] },
  ],
};
const phenotype = {
  gene: 'TOY1',
  version: '2026-01-01',
  haplotypes: { '*1': 'Normal function', '*2': 'No function', '*3': 'No function' },
  activityValues: {},
  diplotypes: [
    { diplotypekey: { '*1': 1, '*2': 1 }, generesult: 'Intermediate Metabolizer', activityScore: null },
    { diplotypekey: { '*2': 2 }, generesult: 'Poor Metabolizer', activityScore: null },
  ],
};
const csv = 'Gene,a,b,c,Chromosome,GRCh37Position,GRCh38Position,A37,A38\nTOY1,x,y,rs1,1,90,100,G,A\n';

describe('importing a release', () => {
  const { table, remarks } = importGene(definition, phenotype, null, csv, null);

  it('keeps the facts and says what it could not use', () => {
    expect(table).toMatchObject({
      offset37: 10,
      ref37: { '100': 'G' },
      alleles: [
        ['*1', ''],
        ['*2', '0=G'],
        ['*3', '1=C'],
      ],
    });
    expect(remarks).toEqual(['TOY1 *9: no position of its own, not matched from variants']);
    expect(JSON.parse(formatTable(table))).toEqual(table);
  });

  it('takes the new of two functions that a release says, and tells both', () => {
    const named = (name: string, functionValue: string) => ({ name, functionValue });
    const both = (second: string) => [
      named('*1', 'Normal function'),
      named('*2', second),
      named('*3', 'No function'),
    ];
    const says = (haplotype: string, functionValue: string) => {
      const haplotypes = { ...phenotype.haplotypes, '*2': haplotype };
      const release = { ...phenotype, haplotypes, namedAlleles: both(functionValue) };
      const next = importGene(definition, release, null, csv, table);
      return [...diffTables(table, next.table), ...next.remarks].filter((line) => /unction/.test(line));
    };
    expect(says('No function', 'No function')).toEqual([]);
    const changed = ['~ function *2: No function -> Decreased function'];
    expect(says('Decreased function', 'Decreased function')).toEqual(expect.arrayContaining(changed));
    for (const [one, other] of [
      ['Decreased function', 'No function'],
      ['No function', 'Decreased function'],
    ] as const) {
      const lines = says(one, other);
      expect(lines).toEqual(expect.arrayContaining(changed));
      expect(lines).toContain(
        `TOY1: the release says two functions, the new one is taken: *2 (${other}, ${one})`,
      );
    }
  });

  it('tells changed rules too: chromosome, required positions, order of diplotypes', () => {
    const rules = {
      requiredPositions: [100],
      unphasedDiplotypePriorities: [{ pick: '*1/*2', list: ['*1/*3'] }],
    };
    const next = importGene({ ...definition, chromosome: 'chr2' }, phenotype, rules, csv, table).table;
    expect(diffTables(table, next)).toEqual([
      '~ rule chromosome: "chr1" -> "chr2"',
      '+ rule required positions: [100]',
      '+ rule order of diplotypes: [["*1/*2","*1/*3"]]',
    ]);
    expect(diffTables(next, next)).toEqual([]);
  });

  it('knows how far an indel slides', () => {
    expect(rightShift({ position: 200, ref: 'CTTT', alts: ['C'], hgvs: 'g.203_205del' })).toBe(2);
    // The inserted bases may turn into the next one of the genome without a whole copy being there: C|GCGG G and CG|CGGG spell one thing.
    expect(
      rightShift({ position: 48037825, ref: 'C', alts: ['CGCGG'], hgvs: 'g.48037826_48037827insCGGG' }),
    ).toBe(1);
    expect(
      rightShift({ position: 42128927, ref: 'T', alts: ['TGGGGCGAAA'], hgvs: 'g.42128934_42128942dup' }),
    ).toBe(15);
  });

  it('tells what changed, and nothing when nothing did', () => {
    expect(diffTables(table, table)).toEqual([]);
    const next = importGene(
      { ...definition, version: '2026-06-01' },
      { ...phenotype, haplotypes: { ...phenotype.haplotypes, '*3': 'Decreased function' } },
      null,
      csv,
      null,
    );
    expect(diffTables(table, next.table)).toEqual([
      '~ version: 2026-01-01 -> 2026-06-01',
      '~ function *3: No function -> Decreased function',
    ]);
    expect(diffTables(null, UGT1A1 as unknown as RawGeneTable)).toEqual([
      '+ gene UGT1A1: 4 positions, 9 alleles',
    ]);
  });

  it('sees that an allele was renamed', () => {
    const renamed = definition.namedAlleles.map((allele) =>
      allele.name === '*2' ? { ...allele, name: '*77' } : allele,
    );
    const next = importGene({ ...definition, namedAlleles: renamed }, phenotype, null, csv, null);
    expect(diffTables(table, next.table)).toContain('~ allele *2 renamed *77: 100G');
    expect(diffTables(table, next.table).some((line) => /^[+-] allele/.test(line))).toBe(false);
  });

  it('says what is wrong with a file, and where', () => {
    const said = (change: object) => {
      const read = readDefinition({ ...definition, ...change }, 'TOY1_translation.json');
      return read.ok ? '' : `${read.problems[0].where}: ${read.problems[0].what}`;
    };
    expect(said({})).toBe('');
    expect(said({ variants: undefined })).toMatch(
      /^TOY1_translation.json: not an allele definition: variants/,
    );
    const alleles = (list: readonly object[]) =>
      said({ namedAlleles: [...definition.namedAlleles, ...list] });
    expect(alleles([{ name: '*5', reference: true, alleles: ['A', 'C'] }])).toContain('2 reference alleles');
    expect(alleles([{ name: '*5', reference: false, alleles: ['A'] }])).toContain('1 bases for 2 positions');
    expect(alleles([{ name: '*5', reference: false, alleles: ['T', null] }])).toContain('has T at 100');
    expect(readPhenotype({ gene: 'TOY1' }, 'x').ok).toBe(false);
    expect(readPhenotype(phenotype, 'x').ok).toBe(true);
  });

  it('reads guideline words into actions and keeps none it does not understand', () => {
    const row = (text: string, key: string) => ({
      source: 'CPIC',
      drug: 'toy',
      genes: ['TOY1'],
      lookup: { TOY1: key },
      population: 'general',
      classification: 'Strong',
      text,
      guidelineId: 'PA1',
      pmids: ['1'],
    });
    const read = importGuidance(
      [
        row('Avoid tramadol use because of potential for toxicity.', 'Poor'),
        row('Initiate therapy with recommended starting dose.', 'Normal'),
        row('Sing to the patient.', 'Odd'),
      ],
      '2026-01-01',
    );
    expect(read.table.advice.map(([action]) => action)).toEqual(['avoid', 'standard']);
    expect(read.unread).toEqual(['CPIC toy: Sing to the patient.']);
  });
});
