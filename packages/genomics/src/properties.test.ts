import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callGene } from './call-gene.ts';
import { readOutsideCalls } from './outside.ts';
import { meaningOf } from './phenotype.ts';
import { callGenome } from './profile.ts';
import { geneTable, geneTables } from './tables.ts';
import { profileOf, readArrayText, readText } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const GENES = [
  'CYP2C19',
  'CYP2C9',
  'CYP2B6',
  'CYP3A5',
  'SLCO1B1',
  'TPMT',
  'NUDT15',
  'UGT1A1',
  'DPYD',
  'CYP2D6',
  'CYP4F2',
  'VKORC1',
];

/** A gene, two of its alleles, and whether they are phased. */
const person = fc.constantFrom(...GENES).chain((gene) => {
  const names = geneTable(gene)?.alleles.map((allele) => allele.name) ?? [];
  return fc.record({
    gene: fc.constant(gene),
    a: fc.constantFrom(...names),
    b: fc.constantFrom(...names),
    phased: fc.boolean(),
  });
});

interface Answer {
  readonly diplotypes: readonly string[];
  readonly phenotypes: readonly string[];
  readonly missing: readonly number[];
  readonly uncalled: boolean;
}

function answer(gene: string, lines: readonly string[]): Answer {
  const read = readText(`${header('P1')}${lines.join('\n')}\n`);
  const table = geneTable(gene);
  if (!table) throw new Error(gene);
  if (!('file' in read)) throw new Error(read.problem.what);
  const call = callGene(table, read.file.sitesOf('P1').get(gene) ?? new Map());
  return {
    diplotypes: [...call.names].sort(),
    phenotypes: [...new Set(call.diplotypes.map((d) => `${d.meaning.phenotype}|${d.meaning.score}`))].sort(),
    missing: call.missing,
    uncalled: call.uncalled !== null,
  };
}

const lines = (gene: string, a: string, b: string, phased: boolean) =>
  dataLines({ [gene]: [a, b] }, { phased });
const withGt = (line: string, change: (gt: string) => string) => line.replace(/[^\t]+$/, change);

describe('what never changes a call', () => {
  it('which strand is named first', () => {
    fc.assert(
      fc.property(person, ({ gene, a, b, phased }) => {
        expect(answer(gene, lines(gene, b, a, phased))).toEqual(answer(gene, lines(gene, a, b, phased)));
      }),
      { numRuns: 120, seed: 4 },
    );
  });

  it('the order of the records and the naming of chromosomes', () => {
    fc.assert(
      fc.property(person, fc.nat(), ({ gene, a, b, phased }, salt) => {
        const plain = lines(gene, a, b, phased);
        const shuffled = plain
          .map((line, at) => ({ line, key: ((at + 1) * (salt % 9973) * 7919) % 10007 }))
          .sort((x, y) => x.key - y.key)
          .map(({ line }) => line.replace(/^chr/, ''));
        expect(answer(gene, shuffled)).toEqual(answer(gene, plain));
      }),
      { numRuns: 80, seed: 5 },
    );
  });

  it('splitting sites with several alternatives', () => {
    fc.assert(
      fc.property(person, ({ gene, a, b, phased }) => {
        const plain = lines(gene, a, b, phased);
        const split = plain.flatMap((line) => {
          const cells = line.split('\t');
          const alts = (cells[4] ?? '').split(',');
          if (alts.length < 2) return [line];
          return alts.map((alt, at) =>
            [
              ...cells.slice(0, 4),
              alt,
              ...cells.slice(5, 9),
              (cells[9] ?? '').replace(/\d+/g, (n) => (Number(n) === at + 1 ? '1' : '0')),
            ].join('\t'),
          );
        });
        expect(answer(gene, split)).toEqual(answer(gene, plain));
      }),
      { numRuns: 120, seed: 6 },
    );
  });

  it('records that have nothing to do with the gene', () => {
    fc.assert(
      fc.property(
        person,
        fc.array(fc.integer({ min: 1, max: 50_000_000 }), { maxLength: 20 }),
        ({ gene, a, b, phased }, at) => {
          const plain = lines(gene, a, b, phased);
          const padding = at.flatMap((pos) =>
            ['chr3', 'chr5', 'chrUn_x'].map((chrom) => `${chrom}\t${pos}\t.\tA\tG\t.\tPASS\t.\tGT\t0/1`),
          );
          expect(answer(gene, [...padding, ...plain, ...padding])).toEqual(answer(gene, plain));
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('the sample standing elsewhere in the file', () => {
    fc.assert(
      fc.property(person, person, ({ gene, a, b, phased }, other) => {
        const mine = lines(gene, a, b, phased);
        const theirs = lines(gene, geneTable(gene)?.alleles[0]?.name ?? a, a, other.phased);
        const both = mine.map((line, at) =>
          withGt(line, (gt) => `${(theirs[at] ?? '').split('\t')[9] ?? './.'}\t${gt}`),
        );
        const read = readText(`${header('P0\tP1')}${both.join('\n')}\n`);
        if (!('file' in read)) throw new Error(read.problem.what);
        const table = geneTable(gene);
        if (!table) throw new Error(gene);
        const call = callGene(table, read.file.sitesOf('P1').get(gene) ?? new Map());
        expect([...call.names].sort()).toEqual(answer(gene, mine).diplotypes);
      }),
      { numRuns: 60, seed: 8 },
    );
  });
});

describe('what is not known', () => {
  it('stays named when a position is taken away, and with no position left there is no result', () => {
    fc.assert(
      fc.property(person, fc.nat(), ({ gene, a, b, phased }, pick) => {
        const plain = lines(gene, a, b, phased);
        const at = pick % plain.length;
        const less = answer(
          gene,
          plain.filter((_line, i) => i !== at),
        );
        expect(less.missing).toContain(at);
        const full = answer(gene, plain);
        // A gene without any result never gains a normal one by losing what it had.
        if (full.uncalled && plain.length === 1) expect(less.uncalled).toBe(true);
        expect(answer(gene, []).uncalled).toBe(true);
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  it('is said: what was called before the loss is called after it, or listed as not excluded', () => {
    fc.assert(
      fc.property(person, fc.nat(), ({ gene, a, b, phased }, pick) => {
        const table = geneTable(gene);
        if (!table) return;
        const plain = lines(gene, a, b, phased);
        const kept = plain.filter((_line, i) => i !== pick % plain.length);
        const read = readText(`${header('P1')}${kept.join('\n')}\n`);
        if (!('file' in read)) return;
        const call = callGene(table, read.file.sitesOf('P1').get(gene) ?? new Map());
        if (call.uncalled !== null) return;
        const text = call.names.join(' ');
        for (const name of [a, b]) {
          const bases = table.alleles.find((allele) => allele.name === name)?.bases ?? new Map();
          const lost = table.positions.findIndex(
            (p) => p.pos38 === table.positions[pick % plain.length]?.pos38,
          );
          const normal = /^Normal/.test(table.functions.get(name) ?? '');
          if (!bases.has(lost) || normal || table.alleles[0]?.name === name) continue;
          expect(
            text.includes(name.replace(/\.\d{3}$/, '')) ||
              call.notExcluded.includes(name.replace(/\.\d{3}$/, '')),
          ).toBe(true);
        }
      }),
      { numRuns: 150, seed: 10 },
    );
  });
});

describe('a position taken away', () => {
  const normal = (phenotypes: readonly string[]) =>
    phenotypes.length > 0 && phenotypes.every((text) => /^(Normal|Uncertain Susceptibility)/.test(text));

  it('never turns what was not normal into a normal that does not say so, in the gene or in any drug', () => {
    let turned = 0;
    fc.assert(
      fc.property(person, fc.nat(), ({ gene, a, b, phased }, pick) => {
        const table = geneTable(gene);
        if (!table) return;
        const plain = lines(gene, a, b, phased);
        if (normal(answer(gene, plain).phenotypes.map((text) => text.split('|')[0] ?? ''))) return;
        const defining = [a, b].flatMap((name) => [
          ...(table.alleles.find((allele) => allele.name === name)?.bases.keys() ?? []),
        ]);
        const lost = defining[pick % Math.max(1, defining.length)];
        if (lost === undefined || plain.length < 2) return;
        const text = `${header('P1')}${plain.filter((_line, i) => i !== lost).join('\n')}\n`;
        const profile = profileOf(text, { brief: true });
        const result = profile.genes[gene];
        if (!result || !normal(result.phenotype.split(' or '))) return;
        turned++;
        expect(result.missingPositions.length).toBeGreaterThan(0);
        expect(result.notExcluded?.length, `${gene} ${a} ${b}`).toBeGreaterThan(0);
        const resting = profile.drugs.filter((d) => d.genes.includes(gene) && d.action !== 'untested');
        for (const entry of resting) {
          expect(entry.notExcluded?.some((name) => name.startsWith(gene))).toBe(true);
          expect(entry.because.join()).toContain('positions not read; not excluded');
        }
      }),
      { numRuns: 150, seed: 14 },
    );
    expect(turned).toBeGreaterThan(5);
  });

  it('is not filled in from a longer record that nobody carries', () => {
    const kept = lines('CYP2D6', '*1', '*7', false).filter((line) => !line.includes('rs5030867'));
    const call = answer('CYP2D6', kept);
    expect(call.missing.map((at) => geneTable('CYP2D6')?.positions[at]?.rsid)).toEqual(['rs5030867']);
  });
});

describe('a worse allele never gives a better phenotype', () => {
  // "Likely" and "Possible" say how sure the class is, not how active the enzyme.
  const RANK = ['Poor', 'Intermediate', 'Normal', 'Rapid', 'Ultrarapid'];
  const rank = (phenotype: string) =>
    RANK.findIndex((word) => phenotype.replace(/^(Likely|Possible) /, '').startsWith(`${word} Metabolizer`));
  const FUNCTION = ['No function', 'Decreased function', 'Normal function', 'Increased function'];

  it('for genes read by function', () => {
    for (const table of geneTables().filter((entry) => !entry.scored && entry.pairs.size > 0)) {
      for (const [x, fx] of table.functions) {
        for (const [y, fy] of table.functions) {
          if (FUNCTION.indexOf(fx) < 0 || FUNCTION.indexOf(fy) <= FUNCTION.indexOf(fx)) continue;
          const partner = table.alleles[0]?.name ?? x;
          const worse = rank(meaningOf(table, x, partner).phenotype);
          const better = rank(meaningOf(table, y, partner).phenotype);
          if (worse >= 0 && better >= 0) expect(worse, `${table.gene} ${x} ${y}`).toBeLessThanOrEqual(better);
        }
      }
    }
  });

  it('for genes read by score', () => {
    for (const table of geneTables().filter((entry) => entry.scored)) {
      const scored = [...table.scores].filter(([, score]) => /^\d/.test(score)).slice(0, 60);
      for (const [x, sx] of scored) {
        for (const [y, sy] of scored) {
          if (Number(sx) >= Number(sy)) continue;
          const partner = table.alleles[0]?.name ?? x;
          expect(rank(meaningOf(table, x, partner).phenotype)).toBeLessThanOrEqual(
            rank(meaningOf(table, y, partner).phenotype),
          );
        }
      }
    }
  });
});

describe('damaged input', () => {
  it('never crashes, hangs or grows', () => {
    const good = new TextEncoder().encode(
      `${header('P1')}${dataLines({ CYP2C19: ['*1', '*2'], UGT1A1: ['*28', '*1'], CYP2D6: ['*4', '*9'] }).join('\n')}\n`,
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.nat({ max: good.length }),
        (changes, cut) => {
          const bytes = good.slice(0, cut % 3 === 0 ? cut : good.length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const read = readText(new TextDecoder().decode(bytes));
          if (!('file' in read)) {
            expect(read.problem.what.length).toBeGreaterThan(3);
            return;
          }
          const { file } = read;
          for (const table of geneTables())
            callGene(table, file.sitesOf(file.samples[0] ?? '').get(table.gene) ?? new Map());
        },
      ),
      { numRuns: 250, seed: 11 },
    );
  });

  it('of any other kind gets an answer too', () => {
    const piece = fc.constantFrom(
      'CYP2D6',
      'HLA-B',
      '*1',
      '*4',
      '/',
      '+',
      'x2',
      'xN',
      '\t',
      '\n',
      ' ',
      'Sample\tGenotype',
      '*15:02 positive',
      '0.5',
      '#',
      'é',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (parts) => {
        const outside = readOutsideCalls(parts.join(''), 'calls');
        if (outside.ok)
          expect(callGenome(null, 'p', { outside: outside.value, genesOnly: true, brief: true }).ok).toBe(
            true,
          );
        else expect(outside.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200, seed: 12 },
    );
    const cell = fc.constantFrom(
      'rs4244285',
      '10',
      '96541616',
      'AG',
      '--',
      'DI',
      'A',
      '\t',
      ',',
      '\n',
      '# 23andMe',
      '"',
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 25 }), (parts) => {
        const read = readArrayText(parts.join(''));
        expect(read.ok ? read.value.samples.length : read.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 13 },
    );
  });
});
