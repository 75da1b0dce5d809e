import { isSettledNormal, shownPhenotype } from '@foramen/spine/genome';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geneTables } from './tables.ts';
import { profileOf } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

describe('removing a position never turns an unknown into a normal', () => {
  const NORMAL = /^(Normal|Uncertain Susceptibility|normal risk)/;
  const isNormal = (phenotype: string) => phenotype.split(' or ').every((text) => NORMAL.test(text));
  /** Any gene, any two of its alleles; now and then a base that nobody described, or a half-called one. */
  const anybody = fc.constantFrom(...geneTables()).chain((table) => {
    const names = table.alleles.map((allele) => allele.name);
    return fc.record({
      table: fc.constant(table),
      a: fc.constantFrom(...names),
      b: fc.constantFrom(...names),
      phased: fc.boolean(),
      odd: fc.constantFrom('none', 'none', 'undescribed', 'half'),
      at: fc.nat(),
      lost: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    });
  });

  it('that does not say so, in the gene and in every drug action that rests on it, in every gene', () => {
    let turned = 0;
    fc.assert(
      fc.property(anybody, ({ table, a, b, phased, odd, at, lost }) => {
        const { gene } = table;
        const one = table.chromosome === 'chrM';
        const plain = dataLines({ [gene]: one ? [a] : [a, b] }, { phased });
        const spot = at % plain.length;
        const cells = (plain[spot] ?? '').split('\t');
        const single = (cells[3] ?? '').length === 1 && !/[ACGT]{2}/.test(cells[4] ?? '');
        if (odd === 'undescribed' && single && !one) {
          const base = [...'ACGT'].find((letter) => letter !== cells[3] && !cells[4]?.includes(letter));
          if (base) plain[spot] = [...cells.slice(0, 4), base, ...cells.slice(5, 9), '0/1'].join('\t');
        } else if (odd === 'half' && !one) plain[spot] = [...cells.slice(0, 9), './1'].join('\t');
        const result = (kept: readonly string[], genesOnly: boolean) =>
          profileOf(`${header('P1')}${kept.join('\n')}\n`, { brief: true, genesOnly });
        const before = result(plain, true).genes[gene];
        if (!before || (before.uncalled === undefined && isNormal(before.phenotype))) return;
        // What makes it unknown is taken away: the odd record, and the positions of the alleles.
        const defining = [a, b].flatMap((name) => [
          ...(table.alleles.find((allele) => allele.name === name && !allele.isReference)?.bases.keys() ??
            []),
        ]);
        const gone = new Set([
          ...(odd === 'none' ? [] : [spot]),
          ...lost.map((k) => defining[k % Math.max(1, defining.length)] ?? spot),
        ]);
        const kept = plain.filter((_line, i) => !gone.has(i));
        if (kept.length === 0) return;
        const profile = result(kept, false);
        const plan = profile.genes[gene];
        if (plan) expect(isSettledNormal(plan), `${gene} ${a} ${b}`).toBe(false);
        const after = profile.genes[gene];
        if (!after || !isNormal(after.phenotype)) return;
        turned++;
        expect(after.provisional, `${gene} ${a} ${b}`).toContain('not read');
        expect(shownPhenotype(after)).toMatch(/\(provisional\)$/);
        for (const position of gone)
          expect(after.missingPositions.length).toBeGreaterThan(position < 0 ? 1 : 0);
        for (const action of profile.drugs.filter((d) => d.action !== 'untested' && d.genes.includes(gene)))
          expect(action.provisional, `${gene} ${action.drug}`).toContain(gene);
      }),
      { numRuns: 200, seed: 15 },
    );
    expect(turned).toBeGreaterThan(15);
  });

  it('by any number of positions, however many are lost', () => {
    fc.assert(
      fc.property(anybody, fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.nat(), (who, share, salt) => {
        const { table, a, b, phased } = who;
        const { gene } = table;
        const plain = dataLines({ [gene]: table.chromosome === 'chrM' ? [a] : [a, b] }, { phased });
        const kept = plain.filter((_line, i) => (((i + 1) * 7919 + (salt % 99_991)) % 1000) / 1000 >= share);
        if (kept.length === 0 || kept.length === plain.length) return;
        const after = profileOf(`${header('P1')}${kept.join('\n')}\n`, { brief: true, genesOnly: true });
        const result = after.genes[gene];
        expect(result && isSettledNormal(result)).toBe(false);
        expect(result?.status).not.toBe('called');
        for (const other of Object.values(after.genes))
          if (other !== result) expect(other.status).toBe('no-result');
      }),
      { numRuns: 150, seed: 16 },
    );
  });

  it('and a gene read in full is never called provisional', () => {
    for (const table of geneTables()) {
      const reference = table.alleles[0]?.name ?? '';
      const strands = table.chromosome === 'chrM' ? [reference] : [reference, reference];
      const profile = profileOf(`${header('P1')}${dataLines({ [table.gene]: strands }).join('\n')}\n`, {
        brief: true,
      });
      expect(profile.genes[table.gene]?.provisional).toBeUndefined();
    }
  });
});
