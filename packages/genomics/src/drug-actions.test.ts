import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';
import { profileOf } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

function fromOutside(text: string) {
  const read = readOutsideCalls(text, 'calls.tsv');
  if (!read.ok) throw new Error(read.problems[0].what);
  const called = callGenome(null, 'x', { outside: read.value });
  if (!called.ok) throw new Error(called.problems[0].what);
  return (drug: string) =>
    called.value.drugs
      .filter((action) => action.drug === drug && action.guideline === 'CPIC')
      .map(({ action, dependsOn, because }) => ({ action, dependsOn, because: because.join('\n') }));
}

describe('drug actions where several diplotypes fit', () => {
  it('stand side by side where they differ, each with the diplotypes under which it holds', () => {
    const of = fromOutside('CYP2D6\t*1/*4\nCYP2D6\t*4/*4\nCYP2D6\t*4/*5\n');
    const codeine = of('codeine');
    expect(codeine.map(({ action, dependsOn }) => [action, dependsOn])).toEqual([
      ['standard', 'CYP2D6 *1/*4'],
      ['avoid', 'CYP2D6 *4/*4 or CYP2D6 *4/*5'],
    ]);
    expect(codeine[1]?.because).toContain('depends on which is true');
    expect(codeine[1]?.because).toContain('(2 of 3 that fit)');
  });

  it('are said once where all lead to the same, and of one diplotype nothing is said', () => {
    const [same, ...more] = fromOutside('CYP2D6\t*4/*4\nCYP2D6\t*4/*5\n')('codeine');
    expect(more).toEqual([]);
    expect(same?.dependsOn).toBeUndefined();
    expect(same?.because).toContain('the same for each of the 2 that fit');
    const [one] = fromOutside('CYP2D6\t*4/*4\n')('codeine');
    expect(one?.because).not.toMatch(/that fit/);
  });

  it('name both genes where two decide, and scores where a class was given alone', () => {
    const of = fromOutside('CYP2D6\t*1/*4\nCYP2D6\t*4/*4\nCYP2C19\t*1/*1\n');
    expect(of('amitriptyline').map(({ dependsOn }) => dependsOn)).toEqual([
      'CYP2C19 *1/*1 with CYP2D6 *1/*4',
      'CYP2C19 *1/*1 with CYP2D6 *4/*4',
    ]);
    const byClass = fromOutside('CYP2C9\t\tIntermediate Metabolizer\n')('piroxicam');
    expect(byClass.map(({ dependsOn }) => dependsOn)).toEqual([
      expect.stringContaining('activity score 1'),
      expect.stringContaining('activity score 1'),
    ]);
  });

  it('come from a file that lacks the position which tells them apart, too', () => {
    const lines = dataLines({ CYP2C9: ['*2', '*3'] }, { without: [94942290] });
    const { genes, drugs } = profileOf(`${header('P1')}${lines.join('\n')}\n`);
    const several = (genes.CYP2C9?.diplotypes.length ?? 0) > 1;
    for (const action of drugs.filter(({ drug, guideline }) => drug === 'celecoxib' && guideline === 'CPIC'))
      expect(action.dependsOn !== undefined || action.because.some((why) => why.includes('that fit'))).toBe(
        several,
      );
  });
});
