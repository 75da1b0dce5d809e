import { describe, expect, it } from 'vitest';
import { phenotypePrior } from './populations.ts';
import { profileOf } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const of = (gene: string, alleles: readonly string[], without: readonly number[], ancestry?: 'EUR' | 'EAS') =>
  profileOf(`${header('P1')}${dataLines({ [gene]: alleles }, { without }).join('\n')}\n`, {
    ...(ancestry ? { context: { ancestry } } : {}),
  });

describe('what unread positions may change', () => {
  const RS4986893 = 94780653;

  it('is weighed by how common the alleles are that they leave open', () => {
    const share = (ancestry: 'EUR' | 'EAS') =>
      of('CYP2C19', ['*1', '*1'], [RS4986893], ancestry).genes.CYP2C19;
    const [asia, europe] = [share('EAS'), share('EUR')];
    // *3 is borne by one chromosome in eighteen in East Asia (knowledge: .055), and hardly any in Europe.
    expect(asia?.unread?.pOther).toBeGreaterThan(0.05);
    expect(europe?.unread?.pOther).toBeLessThan(0.005);
    expect(asia?.unread?.population).toBe('EAS');
    const sum = asia?.unread?.phenotypes.reduce((all, { p }) => all + p, 0);
    expect(sum).toBeCloseTo(1, 9);
    expect(asia?.unread?.phenotypes[0]).toMatchObject({ phenotype: 'Normal Metabolizer' });
    // The phenotype itself is that of what was read.
    expect(asia).toMatchObject({ phenotype: 'Normal Metabolizer', status: 'provisional' });
  });

  it('is said beside every action that rests on it', () => {
    const { drugs, genes } = of('CYP2C19', ['*1', '*1'], [RS4986893], 'EAS');
    const why =
      'CYP2C19: by how common its alleles are (EAS), the positions not surely read make the phenotype another one in';
    expect(genes.CYP2C19?.notes.join()).toContain(why);
    const actions = drugs.filter(({ drug, action }) => drug === 'clopidogrel' && action !== 'untested');
    expect(actions.length).toBeGreaterThan(0);
    for (const { because } of actions) expect(because.join()).toContain(why);
  });

  it('comes to the prior of the untested where next to nothing was read', () => {
    const rs3758581 = 94842866;
    const lines = dataLines({ CYP2C19: ['*1', '*1'] }).filter(
      (line) => line.split('\t')[1] === String(rs3758581),
    );
    const profile = profileOf(`${header('P1')}${lines.join('\n')}\n`);
    const normal = (list: readonly { phenotype: string; p: number }[] | undefined) =>
      list?.find(({ phenotype }) => phenotype === 'Normal Metabolizer')?.p ?? 0;
    expect(
      Math.abs(normal(profile.genes.CYP2C19?.unread?.phenotypes) - normal(phenotypePrior('CYP2C19', null))),
    ).toBeLessThan(0.1);
  });

  it('is not made up where all was read, or no frequencies are at hand', () => {
    expect(of('CYP2C19', ['*1', '*1'], []).genes.CYP2C19?.unread).toBeUndefined();
    expect(of('TPMT', ['*1', '*1'], [18130687]).genes.TPMT?.unread).toBeUndefined();
  });
});
