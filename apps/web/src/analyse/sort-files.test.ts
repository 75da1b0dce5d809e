import { describe, expect, it } from 'vitest';
import { sortFiles } from './sort-files.ts';

const file = (name: string, text = '') => ({ name, bytes: new TextEncoder().encode(text) });

describe('what was dropped', () => {
  it('is told apart by name and beginning; litter of file systems is left out', () => {
    const sorted = sortFiles([
      file('study/IM0001'),
      file('study/.DS_Store'),
      file('__MACOSX/study/._IM0001'),
      file('p.vcf.gz'),
      file('intake.json', '{"symptoms":{}}'),
    ]);
    expect(sorted.imaging.map((f) => f.name)).toEqual(['study/IM0001']);
    expect(sorted.genome?.name).toBe('p.vcf.gz');
    expect(sorted.intake).toEqual({ symptoms: {} });
    expect(sorted.problems).toEqual([]);
  });
  it('raw data of an array are a genotype, other text of a disc is not', () => {
    const raw = 'rsid\tchromosome\tposition\tgenotype\nrs4244285\t10\t96541616\tAG\n';
    const sorted = sortFiles([file('DISC/README.TXT', 'Viewer\n'), file('genome_v5_Full.txt', raw)]);
    expect(sorted.imaging.map((f) => f.name)).toEqual(['DISC/README.TXT']);
    expect(sorted.genome?.name).toBe('genome_v5_Full.txt');
  });
  it('names a broken intake and a second one', () => {
    expect(
      sortFiles([file('a.json', '{'), file('b.vcf'), file('c.vcf')]).problems.map(
        (p) => `${p.where} ${p.what}`,
      ),
    ).toEqual(['a.json is not JSON text', 'c.vcf is a second variant file']);
  });
});
