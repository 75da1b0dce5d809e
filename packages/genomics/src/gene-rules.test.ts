import { isSettledNormal } from '@foramen/spine/genome';
import { describe, expect, it } from 'vitest';
import { callGene, type GeneCall } from './call-gene.ts';
import { callGenome } from './profile.ts';
import { geneTable, geneTables } from './tables.ts';
import { readText } from './testing/read.ts';
import { dice } from './testing/sequence.ts';
import { dataLines, header } from './testing/vcf-text.ts';

/** Several people in one file, by name. */
function callsOf(gene: string, names: readonly string[], lines: readonly string[]): readonly GeneCall[] {
  const read = readText(`${header(names.join('\t'))}${lines.join('\n')}\n`);
  const table = geneTable(gene);
  if (!('file' in read) || !table) throw new Error('file' in read ? gene : read.problem.what);
  return names.map((name) => callGene(table, read.file.sitesOf(name).get(gene) ?? new Map()));
}
const callOf = (gene: string, lines: readonly string[]): GeneCall => {
  const [call] = callsOf(gene, ['P1'], lines);
  if (!call) throw new Error(gene);
  return call;
};
const withGt = (line: string, gt: string) => line.replace(/[^\t]+$/, gt);
const seen = (call: GeneCall) => ({
  names: [...call.names].sort(),
  missing: call.missing,
  uncalled: call.uncalled !== null,
});

describe('HapB3', () => {
  const plain = dataLines({ DPYD: ['Reference', 'Reference'] });
  const at = (rsid: string) => plain.findIndex((line) => line.includes(rsid));
  const [intron, exon] = [at('rs75017182'), at('rs56038477')];

  it('follows the intron, and the exon only where the intron is missing, in every pair of genotypes', () => {
    const genotypes = ['', '0/0', '0/1', '1/1', '0|1', '1|0'];
    for (const inner of genotypes) {
      for (const outer of genotypes) {
        const rest = plain.filter((_line, i) => i !== intron && i !== exon);
        const phased = inner.includes('|') || outer.includes('|');
        const own = [
          ...(inner === '' ? [] : [withGt(plain[intron] ?? '', inner)]),
          ...(outer === '' ? [] : [withGt(plain[exon] ?? '', outer)]),
        ];
        const call = callOf('DPYD', [...(phased ? rest.map((line) => withGt(line, '0|0')) : rest), ...own]);
        const copies = (gt: string) => [...gt].filter((c) => c === '1').length;
        const deciding = inner === '' ? copies(outer) : copies(inner);
        const score = call.diplotypes[0]?.meaning.score;
        const what = `intron ${inner || 'missing'}, exon ${outer || 'missing'}`;
        expect(Number(score), what).toBe(2 - deciding * 0.5);
        const warned = call.notes.some((note) => note.startsWith('HapB3'));
        const alone = inner === '' && copies(outer) > 0;
        const without = inner !== '' && copies(outer) > copies(inner);
        if (alone || without) expect(warned, what).toBe(true);
      }
    }
  });
});

describe('HapB3 of which one copy was read', () => {
  const plain = dataLines({ DPYD: ['Reference', 'Reference'] });
  const call = (inner: string, outer: string): GeneCall =>
    callOf(
      'DPYD',
      plain.map((line) =>
        line.includes('rs75017182')
          ? withGt(line, inner)
          : line.includes('rs56038477')
            ? withGt(line, outer)
            : line,
      ),
    );

  it('is never read as two reference strands where a variant was seen at the intron', () => {
    for (const inner of ['./1', '1/.'])
      for (const outer of ['0/0', '0/1', '1/1', './1', './.', './0'])
        expect(call(inner, outer).diplotypes[0]?.lookup, `${inner} ${outer}`).not.toEqual([
          'Reference',
          'Reference',
        ]);
  });

  it('is not paired off with what the other position shows twice', () => {
    expect(call('./1', '0/1').uncalled).not.toBeNull();
    expect(call('0/1', './1').uncalled).not.toBeNull();
  });
});

describe('NAT2', () => {
  it('is not called without any one of the positions its alleles hang on, and says which', () => {
    const whole = dataLines({ NAT2: ['*1', '*4'] });
    const table = geneTable('NAT2')!;
    expect(callOf('NAT2', whole).uncalled).toBeNull();
    expect(table.required.length).toBe(5);
    for (const pos of table.required) {
      const at = table.positions.find((position) => position.pos38 === pos)!;
      const call = callOf(
        'NAT2',
        whole.filter((line) => !line.includes(at.rsid)),
      );
      expect(call.uncalled, at.rsid).toBe(`required positions missing: ${at.rsid}`);
      expect(call.diplotypes, at.rsid).toEqual([]);
    }
  });
});

describe('half calls', () => {
  it('with the reference half are missing; with a variant half leave the gene uncalled, but for DPYD and RYR1', () => {
    for (const table of geneTables()) {
      if (table.chromosome === 'chrM') continue;
      const reference = table.alleles[0]?.name ?? '';
      const plain = dataLines({ [table.gene]: [reference, reference] });
      const roll = dice(table.gene.length * 7);
      for (let k = 0; k < 4; k++) {
        const at = roll(plain.length);
        const pos = table.positions[at]?.pos38 ?? -1;
        const put = (gt: string) => plain.map((line, i) => (i === at ? withGt(line, gt) : line));
        for (const gt of ['0/.', './0', './.']) {
          const without = plain.filter((_line, i) => i !== at);
          if (without.length === 0) continue;
          expect(seen(callOf(table.gene, put(gt))), `${table.gene} ${gt}`).toEqual(
            seen(callOf(table.gene, without)),
          );
        }
        const half = callOf(table.gene, put('./1'));
        const read = table.gene === 'DPYD' || table.gene === 'RYR1';
        // Only half of a variant is known: nothing is called, and never the reference pair.
        if (!read) expect(half.uncalled, `${table.gene} ./1 at ${pos}`).not.toBeNull();
        else
          expect(half.diplotypes[0]?.lookup, `${table.gene} ./1 at ${pos}`).not.toEqual([
            reference,
            reference,
          ]);
      }
    }
  });
});

describe('a genotype that is no pair of whole numbers', () => {
  it('is told from one with a blank before or behind it', () => {
    const lines = dataLines({ DPYD: ['Reference', 'Reference'] }).map((line) => withGt(line, ' 0/0 '));
    const read = readText(`${header('P1')}${lines.join('\n')}\n`);
    const table = geneTable('DPYD')!;
    const sites = 'file' in read ? read.file.sitesOf('P1').get('DPYD') : undefined;
    expect(callGene(table, sites ?? new Map()).missing).toEqual([]);
  });

  it.each(['0/1.5', '0/0x1', '0/1e0', '0/-1', '0/ 1', '0/A'])(
    '"%s" is not read, least of all as reference',
    (gt) => {
      const plain = dataLines({ DPYD: ['Reference', 'Reference'] });
      const at = plain.findIndex((line) => line.includes('rs75017182'));
      const lines = plain.map((line, i) => (i === at ? withGt(line, gt) : line));
      const read = readText(`${header('P1')}${lines.join('\n')}\n`);
      if (!('file' in read)) {
        expect(read.problem.severity).toBe('error');
        return;
      }
      const table = geneTable('DPYD')!;
      const call = callGene(table, read.file.sitesOf('P1').get('DPYD') ?? new Map());
      expect(call.missing).toContain(table.positions.findIndex((position) => position.rsid === 'rs75017182'));
    },
  );
});

describe('several people in one file', () => {
  it('are each called as alone', () => {
    for (const table of geneTables()) {
      if (table.chromosome === 'chrM') continue;
      const roll = dice(table.gene.length * 101 + 3);
      const people = Array.from({ length: 12 }, (_v, k) => {
        const pick = () => table.alleles[roll(table.alleles.length)]?.name ?? '';
        const own = dataLines({ [table.gene]: [pick(), pick()] }, { phased: k % 2 === 0 });
        return own.map((line) => (roll(25) === 0 ? withGt(line, './.') : line));
      });
      const names = people.map((_p, k) => `P${k}`);
      const joined = (people[0] ?? []).map((line, i) =>
        withGt(line, people.map((own) => own[i]?.split('\t')[9] ?? './.').join('\t')),
      );
      const together = callsOf(table.gene, names, joined);
      people.forEach((own, k) => {
        const alone = callOf(table.gene, own);
        expect(together[k] && seen(together[k]), `${table.gene} P${k}`).toEqual(seen(alone));
      });
    }
  });
});

describe('one copy', () => {
  it('on the mitochondrion is the same as 1 and as 1/1, and as any name of the chromosome', () => {
    const table = geneTable('MT-RNR1');
    if (!table) throw new Error('MT-RNR1');
    for (const allele of table.alleles) {
      const plain = dataLines({ 'MT-RNR1': [allele.name] });
      const one = seen(callOf('MT-RNR1', plain));
      expect(one.names).toContain(allele.name);
      const two = plain.map((line) => line.replace(/(\d)$/, '$1/$1'));
      expect(seen(callOf('MT-RNR1', two))).toEqual(one);
      for (const name of ['MT', 'M', 'chrMT'])
        expect(
          seen(
            callOf(
              'MT-RNR1',
              plain.map((line) => line.replace(/^chrM/, name)),
            ),
          ),
        ).toEqual(one);
    }
  });

  it('of G6PD is the allele itself, for every allele', () => {
    const table = geneTable('G6PD');
    if (!table) throw new Error('G6PD');
    for (const allele of table.alleles) {
      const wobble = [...allele.bases.values()].some((base) => /^[RYSWKMBDHVN]$/.test(base));
      const call = callOf('G6PD', dataLines({ G6PD: [allele.name] }));
      expect(call.haploid).toBe(true);
      if (!wobble) expect(call.names, allele.name).toContain(allele.name);
    }
  });
});

describe('one copy of an autosome', () => {
  it('is never taken for two', () => {
    for (const [gene, variant] of [
      ['DPYD', 'c.1905+1G>A (*2A)'],
      ['TPMT', '*2'],
    ] as const) {
      for (const name of [geneTable(gene)?.alleles[0]?.name ?? '', variant]) {
        const call = callOf(gene, dataLines({ [gene]: [name] }));
        expect(call.names, name).toEqual([name]);
        expect(call.diplotypes[0]?.meaning.phenotype, name).toMatch(/^(Indeterminate|n\/a)$/);
      }
    }
    const phenotypeOf = (name: string) =>
      callOf('RYR1', dataLines({ RYR1: [name] })).diplotypes[0]?.meaning.phenotype;
    expect(phenotypeOf('Reference')).toBe('n/a');
    expect(phenotypeOf('c.1840C>T')).toBe('Malignant Hyperthermia Susceptibility');
  });
});

describe('SLCO1B1 without a diplotype', () => {
  it('takes its function from rs4149056, says so, and is never a settled normal', () => {
    const table = geneTable('SLCO1B1');
    if (!table) throw new Error('SLCO1B1');
    const roll = dice(415);
    const spot = table.positions.findIndex((position) => position.rsid === 'rs4149056');
    const phenotypes = ['Normal Function', 'Decreased Function', 'Poor Function'];
    let open = 0;
    for (let k = 0; k < 200 && open < 40; k++) {
      // Unknown bases at some positions, so that no pair explains the genotypes.
      const lines = dataLines({ SLCO1B1: ['*1', '*1'] }).map((line, at) => {
        if (at === spot) return withGt(line, ['0/0', '0/1', '1/1'][k % 3] ?? '');
        const [, , , ref, alts] = line.split('\t');
        const base = [...'ACGT'].find((letter) => letter !== ref && !alts?.split(',').includes(letter));
        if (roll(12) !== 0 || ref?.length !== 1 || !base) return line;
        return `${line.split('\t').slice(0, 4).join('\t')}\t${base}\t.\tPASS\t.\tGT\t0/1`;
      });
      const read = readText(`${header('P1')}${lines.join('\n')}\n`);
      if (!('file' in read)) throw new Error(read.problem.what);
      const called = callGenome(read.file, 'P1', { genesOnly: true, brief: true });
      const result = called.ok ? called.value.genes.SLCO1B1 : undefined;
      if (!result?.uncalled) continue;
      open++;
      expect(result.diplotypes).toEqual([]);
      expect(result.phenotype).toBe(phenotypes[k % 3]);
      expect(result.status).toBe('provisional');
      expect(isSettledNormal(result)).toBe(false);
      expect(result.provisional).toContain('one position alone');
    }
    expect(open).toBeGreaterThan(20);
  });
});

describe('combinations', () => {
  it('tell the bases that an allele left out would have explained', () => {
    const table = geneTable('CYP2C19');
    if (!table) throw new Error('CYP2C19');
    // *17 shares rs3758581 with *2, which is larger.
    const lines = dataLines({ CYP2C19: ['*1', '*2'] }, { phased: true }).map((line) =>
      line.includes('rs12248560') ? withGt(line, '0|1') : line,
    );
    const read = readText(`${header('P1')}${lines.join('\n')}\n`);
    if (!('file' in read)) throw new Error(read.problem.what);
    const call = callGene(table, read.file.sitesOf('P1').get('CYP2C19') ?? new Map(), { combinations: true });
    expect(call.names).toEqual(['*1/[*2 + g.94761900C>T]']);
    expect(call.diplotypes[0]?.meaning.phenotype).toBe('n/a');
  });

  it('name alleles that together spell exactly what each strand carries', () => {
    let found = 0;
    for (const gene of ['CYP2C19', 'CYP2C9', 'CYP2B6', 'CYP3A4', 'TPMT', 'NUDT15', 'SLCO1B1', 'CYP2D6']) {
      const table = geneTable(gene);
      if (!table) throw new Error(gene);
      const roll = dice(gene.length * 997 + 11);
      const reference = table.alleles[0];
      for (let k = 0; k < 60; k++) {
        const [a, b] = [1, 2].map(() => table.alleles[1 + roll(table.alleles.length - 1)]);
        if (!a || !b || !reference || [...a.bases.keys()].some((at) => b.bases.has(at))) continue;
        if ([...a.bases.values(), ...b.bases.values()].some((base) => /^[RYSWKMBDHVN]$/.test(base))) continue;
        const both = new Map([...a.bases, ...b.bases]);
        const lines = dataLines({ [gene]: [reference.name, reference.name] }, { phased: true }).map(
          (line, at) => {
            const base = both.get(at);
            const [, , , ref, alts] = line.split('\t');
            const position = table.positions[at];
            if (base === undefined || base === ref || !position) return line;
            const index = (alts ?? '').split(',').indexOf(base) + 1;
            return withGt(line, `${line.slice(line.lastIndexOf('\t') + 1).split('|')[0]}|${index}`);
          },
        );
        const read = readText(`${header('P1')}${lines.join('\n')}\n`);
        if (!('file' in read)) throw new Error(read.problem.what);
        const call = callGene(table, read.file.sitesOf('P1').get(gene) ?? new Map(), { combinations: true });
        expect(call.diplotypes.length, `${gene} ${a.name} with ${b.name}`).toBeGreaterThan(0);
        // Where alleles overlap there are several readings; each holds nothing that is not there, and together they name all that is.
        const named = new Set<number>();
        for (const name of call.diplotypes.flatMap((diplotype) => diplotype.lookup)) {
          if (!name || name === reference.name || name.includes('g.')) continue;
          found++;
          const parts = name.startsWith('[') ? name.slice(1, -1).split(' + ') : [name];
          for (const part of parts) {
            const own = table.alleles.find((x) => x.name === part || x.name.startsWith(`${part}.`));
            for (const [at, base] of own?.bases ?? []) {
              expect(both.get(at), `${gene} ${name} for ${a.name} and ${b.name}`).toBe(base);
              named.add(at);
            }
          }
        }
        expect([...named].sort(), `${gene} ${a.name} and ${b.name}`).toEqual([...both.keys()].sort());
      }
    }
    expect(found).toBeGreaterThan(50);
  });
});

describe('sparse files', () => {
  it('take no longer than full ones', () => {
    const all = geneTables()
      .filter((table) => table.chromosome !== 'chrM')
      .flatMap((table) => {
        const reference = table.alleles[0]?.name ?? '';
        const other = table.alleles[table.alleles.length >> 1]?.name ?? reference;
        return dataLines({ [table.gene]: [reference, other] });
      });
    const roll = dice(4711);
    for (let k = 0; k < 40; k++) {
      const kept = all.filter(() => roll(1200) < 6 + k * 2);
      expect(() => {
        const read = readText(`${header('P1')}${kept.join('\n')}\n`);
        if ('file' in read)
          callGenome(read.file, 'P1', { combinations: k % 2 === 0, allMatches: k % 3 === 0 });
      }, `${kept.length} records`).toNeedLessThan(15_000);
    }
  });
});
