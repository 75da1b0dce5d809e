import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsOf, readOutsideCalls } from './outside.ts';
import { tidyCyp2d6 } from './outside-allele.ts';
import { callGenome } from './profile.ts';

function read(text: string) {
  const result = readOutsideCalls(text, 'calls');
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.what).join(' | '));
  return result;
}
function refused(text: string): string {
  const result = readOutsideCalls(text, 'calls');
  const problems = result.ok ? result.warnings.filter((one) => one.severity === 'error') : result.problems;
  return problems.map((problem) => problem.what).join(' | ');
}
function profile(text: string) {
  const called = callGenome(null, 'p', { outside: read(text).value, genesOnly: true, brief: true });
  if (!called.ok) throw new Error(called.problems[0].what);
  return { ...called.value, warnings: called.warnings };
}
const pairs = (text: string) => read(text).value.map((call) => `${call.gene} ${call.diplotype}`);

describe('one haplotype of CYP2D6', () => {
  it('is spelled one way, however it was written', () => {
    for (const [written, tidy] of [
      ['*36+*10', '*36 + *10'],
      ['[*36 + *10]', '*36 + *10'],
      ['(*4)x2', '*4x2'],
      ['[(*10)x2+*17]', '*10x2 + *17'],
      ['[*10 + (*9)x2]', '*10 + *9x2'],
      ['(*36+*10)x2', '*36x2 + *10x2'],
      ['*1X2', '*1x2'],
      ['*1 × 2', '*1x2'],
      ['*2xn', '*2xN'],
      ['*2DUP', '*2xN'],
      ['*1x>=3', '*1x≥3'],
      ['*4.013+*68', '*4 + *68'],
      ['*36.ALDY+*10.002', '*36 + *10'],
      ['*68:2', '*68'],
      ['*68:2+*4.021X', '*68 + *4'],
      ['*4.021.ALDY_2', '*4'],
    ] as const)
      expect(tidyCyp2d6(written), written).toBe(tidy);
    // Letters were given out before sub-alleles were numbered, and some moved to another number (*14A is *114): not guessed.
    for (const odd of ['*14A', '*41+rs1', '*4NX', '*2A', '*10-like'])
      expect(tidyCyp2d6(odd)).toContain(odd.slice(-2));
  });
});

describe('a tabbed line', () => {
  const means = (line: string) => {
    const called = profile(line);
    const gene = called.genes[line.split('\t')[0] ?? ''];
    return `${gene?.phenotype} ${gene?.activityScore}${called.warnings.some((w) => w.severity === 'error') ? ' !' : ''}`;
  };

  it('names the gene in any letters', () => {
    expect(profile('cyp2d6\t*1/*4\n').genes.CYP2D6?.diplotypes).toEqual(['*1/*4']);
    expect(profile('hla-b\t\t*15:02 negative\n').genes['HLA-B']?.phenotype).toContain('*15:02 negative');
  });

  it('counts copies, tandems and lower bounds', () => {
    for (const [diplotype, meaning] of [
      ['*1/*1x2', 'Ultrarapid Metabolizer 3'],
      ['*36+*10/*4', 'Intermediate Metabolizer 0.25'],
      ['*68+*4/*1', 'Intermediate Metabolizer 1'],
      ['*13+*2/*1', 'Normal Metabolizer 2'],
      ['*13/*1', 'Intermediate Metabolizer 1'],
      ['*5/*5', 'Poor Metabolizer 0'],
      ['*1/*1x≥3', 'Ultrarapid Metabolizer ≥4.0'],
      ['*4x≥3/*1', 'Intermediate Metabolizer 1'],
      ['*68:2/*4.021X', 'Poor Metabolizer 0'],
      ['*1x2', 'No Result null !'],
      ['Unknown/Unknown', 'No Result null'],
    ])
      expect(means(`CYP2D6\t${diplotype}`), diplotype).toBe(meaning);
  });

  it('takes a class or a score only where the gene has it', () => {
    expect(means('CYP2D6\t\tPM')).toBe('Poor Metabolizer null');
    expect(means('CYP2D6\t\t\t≥3')).toBe('Ultrarapid Metabolizer ≥3.0');
    expect(means('CYP2D6\t\t\t2.75')).toBe('Ultrarapid Metabolizer 2.75');
    expect(means('CYP2D6\t\t\tmany')).toBe('Indeterminate n/a !');
    expect(means('CYP2C19\t\tfast metaboliser')).toBe('Indeterminate null !');
    expect(means('CYP2D6\t\textensive metaboliser')).toBe('Indeterminate n/a !');
    const both = profile('CYP2D6\t*4/*4\t\t2.0').genes.CYP2D6;
    expect(both?.phenotype).toBe('Normal Metabolizer');
    expect(both?.notes.join()).toContain('*4/*4 itself would be 0');
  });

  it('says of HLA what was typed, and no more', () => {
    expect(means('HLA-B\t*15:02 positive')).toBe('*15:02 positive null');
    expect(means('HLA-B\tB*15:02/B*07:02')).toBe('*15:02 positive; *57:01 negative; *58:01 negative null');
    expect(means('HLA-B\t*15:02')).toBe('*15:02 positive null');
    expect(means('HLA-B\t*07:02')).toBe('No Result null');
    expect(means('HLA-B\t\tmaybe')).toBe('No Result null !');
  });

  it('knows short names that mean one allele', () => {
    expect(means('DPYD\t*1/*2A')).toBe('Intermediate Metabolizer 1');
    expect(means('DPYD\tReference/HapB3')).toBe('Intermediate Metabolizer 1.5');
    expect(means('G6PD\tMediterranean')).toBe('Deficient null');
    expect(means('G6PD\tA-')).toContain('!');
    expect(means('MT-RNR1\t1555A>G')).toContain('increased risk');
  });
});

describe('Cyrius', () => {
  it('is read by person, with alternatives, marks and refusals', () => {
    const text =
      'Sample\tGenotype\tFilter\nA\t*1/*4\tPASS\nB\t*1/*2;*1/*35\tMore_than_one_possible_genotype\nC\tNone\tNone\n';
    const { value, warnings } = read(text);
    expect(callsOf(value, 'B').map((call) => call.diplotype)).toEqual(['*1/*2', '*1/*35']);
    expect(callsOf(value, 'A').map((call) => call.diplotype)).toEqual(['*1/*4']);
    expect(warnings.map((w) => w.what).join()).toContain('C: Cyrius could not call');
    expect(warnings.map((w) => w.what).join()).toContain('More_than_one_possible_genotype');
    expect(refused('Sample\tGenotype\tFilter\nA\t*1_*4_*10\tNot_assigned_to_haplotypes\n')).toContain(
      'not assigned',
    );
  });
});

describe('Aldy', () => {
  const head =
    '#Sample\tGene\tSolutionID\tMajor\tMinor\tCopy\tAllele\tLocation\tType\tCoverage\tEffect\tdbSNP\tCode\tStatus';
  const row = (gene: string, id: number, major: string) =>
    `S1\t${gene}\t${id}\t${major}\t1;4;4\t0\t1\t42528223\tG>A\t-1\tnone\trs1\t1C>T\t`;

  it('gives one call for each different solution', () => {
    const same = [
      head,
      '#Solution 1: *1.001, *4.021',
      row('CYP2D6', 1, '*1/*36.ALDY+*10'),
      row('CYP2D6', 1, '*1/*36.ALDY+*10'),
      '#Solution 2: *1.002, *4',
      row('CYP2D6', 2, '*1/*36.ALDY+*10'),
    ];
    expect(pairs(same.join('\n'))).toEqual(['CYP2D6 *1/*36.ALDY+*10']);
    const gene = profile(same.join('\n')).genes.CYP2D6;
    expect(gene?.activityScore).toBe(1.25);
    const two = [
      head,
      row('CYP2D6', 1, '*1/*4+*4'),
      row('CYP2D6', 2, '*4/*1x2'),
      row('CYP2C19', 1, '*1/*17'),
    ];
    const both = profile(two.join('\n')).genes;
    expect(both.CYP2D6?.diplotypes).toHaveLength(2);
    expect(both.CYP2D6?.phenotype).toBe('Intermediate Metabolizer or Normal Metabolizer');
    expect(both.CYP2C19?.phenotype).toBe('Rapid Metabolizer');
  });

  it('does not guess the gene of a solution without rows, nor an allele with an added variant', () => {
    expect(refused([head, '#Solution 1: *5, *5'].join('\n'))).toContain('gene is not named');
    const more = [head, row('CYP2D6', 1, '*1/*4'), '#Solution 2: *5, *5'];
    expect(pairs(more.join('\n'))).toEqual(['CYP2D6 *1/*4', 'CYP2D6 *5/*5']);
    const added = profile([head, row('CYP2D6', 1, '*2/*41+rs368858603')].join('\n'));
    expect(added.genes.CYP2D6?.phenotype).toBe('Indeterminate');
    expect(added.warnings[0]?.what).toContain('rs368858603');
  });

  it('leaves genes without guidance out, and says so', () => {
    const { value, warnings } = read(
      [head, row('CYP1A2', 1, '*1/*1F'), row('CYP2D6', 1, '*1/*4')].join('\n'),
    );
    expect(value).toHaveLength(1);
    expect(warnings[0]?.what).toContain('CYP1A2');
  });
});

describe('StellarPGx', () => {
  const report = (result: string, score: string, status: string) =>
    `\n----\n\nCYP2D6 Star Allele Calling with StellarPGx\n\n----\n\nInitially computed CN = 2\n\n\nSample core variants:\n42126611~C>G~1/1;42129132~C>T~0/1\n\n\nCandidate alleles:\n['17.v1_29.v1']\n\n\nResult:\n${result}\n\n\nActivity score:\n${score}\n\n\nMetaboliser status:\n${status}\n\n`;

  it('takes the result, and sets its score beside ours where they differ', () => {
    const same = profile(report('*17/*29', '1.0', 'Intermediate metaboliser (IM)')).genes.CYP2D6;
    expect(same?.phenotype).toBe('Intermediate Metabolizer');
    expect(same?.notes).toEqual([]);
    const old = profile(report('*1/*41', '1.5', 'Normal metaboliser (NM)')).genes.CYP2D6;
    expect(old?.activityScore).toBe(1.25);
    expect(old?.notes.join()).toContain('activity score 1.5');
    expect(profile(report('*36+*10/*4x2', '0.25', '')).genes.CYP2D6?.activityScore).toBe(0.25);
  });

  it('takes a possible novel allele for no call', () => {
    const { value, warnings } = read(
      report(
        'Possible novel allele or suballele present: interpret with caution',
        'Indeterminate',
        'Indeterminate',
      ),
    );
    expect(value).toEqual([]);
    expect(warnings[0]?.what).toContain('Possible novel allele');
  });
});

describe('laboratory text', () => {
  it('is read where gene and call stand together, or under a heading', () => {
    expect(pairs('CYP2D6 *1/*4 (IM)')).toEqual(['CYP2D6 *1/*4']);
    expect(pairs('CYP2D6*1/CYP2D6*4, CYP2C19 *1 / *17; Rapid metaboliser.')).toEqual([
      'CYP2D6 *1/*4',
      'CYP2C19 *1/*17',
    ]);
    expect(
      pairs('Pharmacogenetic report\nGene: CYP2D6\nMethod: long-range PCR\nGenotype: (*4)x2/*1\n'),
    ).toEqual(['CYP2D6 (*4)x2/*1']);
    expect(pairs('cyp2d6: *36 + *10 / *4')).toEqual(['CYP2D6 *36+*10/*4']);
    const sums: readonly (readonly [string, number | string])[] = [
      ['CYP2D6 *36+*10/*4', 0.25],
      ['CYP2D6 *68+*4/*1', 1],
      ['CYP2D6 *1x2/*4', 2],
      ['CYP2D6 *1 x 2/*4', 2],
      ['CYP2D6 *1/*2xN', '≥3.0'],
      ['CYP2D6 (*4)x2/*41', 0.25],
      ['CYP2D6 [*36+*10]/[*68+*4]', 0.25],
    ];
    for (const [text, score] of sums) expect(profile(text).genes.CYP2D6?.activityScore, text).toBe(score);
  });

  it('keeps the class of the laboratory for comparison', () => {
    const gene = profile('CYP2D6 *1/*4 (NM)').genes.CYP2D6;
    expect(gene?.phenotype).toBe('Intermediate Metabolizer');
    expect(gene?.notes.join()).toContain('the report says Normal Metabolizer');
    expect(profile('CYP2C19: poor metaboliser').genes.CYP2C19?.phenotype).toBe('Poor Metabolizer');
    expect(profile('CYP2D6 activity score: 0.5').genes.CYP2D6?.phenotype).toBe('Intermediate Metabolizer');
  });

  it('reads HLA as positive or negative, and types to two fields only', () => {
    expect(profile('HLA-B*15:02: not detected\nHLA-A*31:01 positive').genes['HLA-B']?.phenotype).toContain(
      '*15:02 negative',
    );
    expect(profile('HLA-B*15:02 negative, HLA-A *31:01: detected').genes['HLA-A']?.phenotype).toBe(
      '*31:01 positive',
    );
    expect(profile('HLA-B\t*15:02:01/*07:02').genes['HLA-B']?.phenotype).toContain('*15:02 positive');
    for (const vague of ['*15/*07:02', '*1502/*07:02', '*15:021:/*07:02']) {
      const typed = profile(`HLA-B\t${vague}`);
      expect(typed.genes['HLA-B']?.phenotype, vague).toBe('No Result');
      expect(typed.warnings[0]?.severity).toBe('error');
    }
  });

  it('guesses nothing', () => {
    expect(refused('*1/*4')).toContain('of which gene');
    expect(refused('CYP2C19 and CYP2D6 were analysed')).toContain('CYP2D6 is named, but');
    expect(refused('CYP2D6: alleles *3, *4 and *6 tested, homozygous *4')).toContain('is named, but');
    expect(refused('CYP2D6 *4/*4 not detected')).toContain('or its absence');
    expect(refused('CYP2D6 *1/*1 is the reference\nCYP2D6 result *4/*4')).toContain('both stand');
    expect(refused('CYP2D6: extensive metaboliser')).toContain('before 2020');
    expect(refused('Dear colleague,\nthank you')).toContain('no gene is named');
    expect(refused('CYP2D6: not a poor metaboliser')).toContain('is named, but');
    expect(refused('CYP2C19 *1/*2\nVKORC1 sequenced')).toContain('VKORC1');
    for (const text of [
      'CYP2D6 *1/*400',
      'CYP2D6 *1/*4A',
      'CYP2D6 *1/*2x0',
      'CYP2D6 *1/*2x999',
      'CYP2C19 *1/*2x2',
    ]) {
      const called = profile(text);
      const gene = called.genes[text.split(' ')[0] ?? ''];
      expect(gene?.phenotype, text).toMatch(/^(Indeterminate|n\/a)$/);
      expect(
        called.warnings.filter((w) => w.severity === 'error'),
        text,
      ).toHaveLength(1);
    }
  });
});

describe('what laboratories also write', () => {
  it('is read: commas, bars, other asterisks, a gene in two words, HLA groups', () => {
    for (const text of [
      'CYP2D6,*4/*10,Intermediate Metabolizer',
      'CYP2D6;*4/*10;IM',
      '| CYP2D6 | *4/*10 | IM |',
      'CYP2D6 \u22174/\uFF0A10',
      'CYP 2D6 *4/*10 (AS 0.25) IM',
    ])
      expect(pairs(text), text).toEqual(['CYP2D6 *4/*10']);
    expect(profile('HLA-B\t*15:02:01G/*46:01P\n').genes['HLA-B']?.phenotype).toContain('*15:02 positive');
    for (const text of ['HLA-B*15:02:01G+HLA-B*07:02', 'hla#3.23.0#HLA-B*15:02:01+HLA-B*07:02:01G'])
      expect(profile(`HLA-B\t${text}\n`).genes['HLA-B']?.phenotype).toContain(
        '*15:02 positive; *57:01 negative',
      );
    const either = profile('HLA-B\tHLA-B*15:02/HLA-B*15:13+HLA-B*07:02\n');
    expect(either.genes['HLA-B']?.phenotype).toBe('No Result');
    const table = 'Gene\tDiplotype\tPhenotype\nCYP2D6\t*4/*4\tNormal Metabolizer\n';
    expect(profile(table).genes.CYP2D6).toMatchObject({
      phenotype: 'Normal Metabolizer',
      notes: ['the phenotype given decides; *4/*4 itself would be Poor Metabolizer'],
    });
    expect(profile('HLA-B*15:02          Negative').genes['HLA-B']?.phenotype).toBe('*15:02 negative');
    const named = 'IFNL3/4\trs12979860 reference (C)/rs12979860 variant (T)\n';
    expect(profile(named).genes.IFNL3?.diplotypes).toHaveLength(1);
  });

  it('copies that the pair does not show are refused in one line, unless they are denied', () => {
    for (const text of [
      'CYP2D6 *1/*2 duplication',
      'CYP2D6 *1/*4, gene duplication detected',
      'CYP2D6 *1/*4 copy number 3',
      'CYP2D6 *1/*4 (CN=1)',
      'CYP2D6 *1/*1, deletion found',
    ])
      expect(refused(text), text).toMatch(/^CYP2D6 [^|]*other copies[^|]*$/);
    for (const text of [
      'CYP2D6 *1/*4 copy number 2',
      'CYP2D6 *1/*4, no duplication or deletion detected',
      'CYP2D6 *1/*4; duplication: not detected',
      'CYP2C19 *1/*2 deletion',
      'CYP2D6 *1/*5 (gene deletion)',
      'CYP2D6 *1/*4. The assay detects duplications and deletions',
    ])
      expect(refused(text), text).toBe('');
    for (const text of ['CYP2D6\t(*1/*4)xN\n', 'CYP2D6 [*1/*4]x2\n']) {
      const { warnings, genes } = profile(text);
      expect(warnings.map(({ what }) => what)).toEqual([expect.stringMatching(/not of which$/)]);
      expect(genes.CYP2D6?.phenotype).toBe('No Result');
    }
  });
});

describe('damaged calls', () => {
  it('of every format end in an answer', () => {
    const piece = fc.constantFrom(
      'Sample\tGene\tSolutionID\tMajor\n',
      '#Solution 1: ',
      'CYP2D6 Star Allele Calling with StellarPGx\n',
      'Result:\n',
      'Activity score:\n',
      'Sample\tGenotype\tFilter\n',
      'CYP2D6',
      'HLA-B',
      'CYP2C19',
      '*1',
      '*4',
      '/',
      '+',
      '(',
      ')',
      '[',
      ']x2',
      'x2',
      'xN',
      'DUP',
      '.ALDY',
      '*15:02 negative',
      ' or ',
      ';',
      ',',
      '\t',
      '\n',
      ' ',
      'poor metaboliser',
      '(IM)',
      'not detected',
      '≥',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const outside = readOutsideCalls(parts.join(''), 'calls');
        if (outside.ok)
          expect(callGenome(null, 'p', { outside: outside.value, genesOnly: true, brief: true }).ok).toBe(
            true,
          );
        else expect(outside.problems[0].what.length).toBeGreaterThan(5);
      }),
      { numRuns: 400, seed: 21 },
    );
  });

  it('take time in proportion to their length', () => {
    expect(() => {
      for (const long of [
        '(*4+'.repeat(20_000),
        'CYP2D6 '.repeat(20_000),
        `CYP2D6 ${'*1/'.repeat(20_000)}`,
        'CYP2D6 * x '.repeat(20_000),
        `HLA-B ${'*15:02, '.repeat(20_000)}`,
        'HLA-B*15:02, '.repeat(20_000),
        'CYP2D6 status phenotype '.repeat(8000),
        'metabolizador '.repeat(20_000),
        `CYP2D6\t${'(('.repeat(40_000)}/*1`,
      ])
        readOutsideCalls(long, 'calls');
    }).toNeedLessThan(5000);
  });
});
