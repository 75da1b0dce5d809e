import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePngLabels } from '@foramen/imaging';
import type { SpineFindings } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSegment } from './segment.ts';
import { noisePng, SPACING, type StudyFixture, writeFixture } from './study.fixture.ts';
import { runValidate } from './validate.ts';
import { readGradings, scoreGrades } from './validate-grades.ts';

const SLOW = 300_000;
const EMPTY = {
  size: [320, 320, 1],
  spacing: [1, 1, 4],
  ijkToLps: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
} as const;
const MM = `${SPACING},${SPACING}`;
let dir = '';
let study: StudyFixture;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-validate-'));
  study = writeFixture(join(dir, 'in'));
}, SLOW);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(command: typeof runValidate, ...argv: string[]) {
  let out = '';
  let err = '';
  const code = await command(argv, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

describe('foramen validate', () => {
  it('says what has no partner, and refuses two files of one name and a mask of nothing', {
    timeout: SLOW,
  }, async () => {
    const set = join(dir, 'odd');
    for (const sub of ['images', 'masks']) mkdirSync(join(set, sub), { recursive: true });
    const into = (path: string, bytes: string | Uint8Array) => writeFileSync(join(set, path), bytes);
    copyFileSync(study.t2, join(set, 'images', '1_t2.png'));
    into('masks/2_t2.png', study.mask);
    into('gradings.csv', 'name,index,pfirrmann\nzz,1,2\n');
    const none = await run(runValidate, set, '--spacing', MM);
    expect(none.code).toBe(1);
    expect(none.err).toContain('masks without a picture of their name: 2_t2');
    into('gradings.csv', 'name,index,pfirrmann\nzz,1,2\n1,1,2\n');
    into('masks/1_t2.png', writePngLabels({ ...EMPTY, data: new Uint8Array(320 * 320) }));
    const partly = await run(runValidate, set, '--spacing', MM);
    expect(partly.err).toContain('names in tables without a picture: zz');
    expect(partly.err).toContain('the mask labels nothing');
    into('images/1_t2.nii', 'x');
    const twice = await run(runValidate, set, '--spacing', MM);
    expect(twice.code).toBe(1);
    expect(twice.err).toContain('1_t2.nii and 1_t2.png have one name');
  });

  it('scores masks of several numberings, gradings, and what is refused', { timeout: SLOW }, async () => {
    const set = join(dir, 'set');
    for (const sub of ['images', 'masks']) mkdirSync(join(set, sub), { recursive: true });
    const image = (name: string) => join(set, 'images', `${name}.png`);
    const mask = (name: string) => join(set, 'masks', `${name}.png`);
    // Truth of the generator; the product's own map, which must agree with itself; a picture without a spine; a mask that is none.
    copyFileSync(study.t2, image('1_t2'));
    writeFileSync(mask('1_t2'), study.mask);
    copyFileSync(study.t2, image('2_t2'));
    expect((await run(runSegment, study.t2, '--spacing', MM, '--out', mask('2_t2'))).code).toBe(0);
    writeFileSync(image('3_t2'), noisePng(320));
    writeFileSync(mask('3_t2'), study.mask);
    copyFileSync(study.t2, image('4_t2'));
    writeFileSync(mask('4_t2'), 'no picture');
    writeFileSync(
      join(set, 'gradings.csv'),
      'name,index,pfirrmann,herniation\n1,1,2,0\n1,2,2,0\n1,3,2,\n3,1,4,1\n',
    );
    const done = await run(runValidate, set, '--spacing', MM, '--json');
    expect(done.code).toBe(1);
    expect(done.err.trim().split('\n')).toHaveLength(1);
    expect(done.err).toContain(mask('4_t2'));
    const result = JSON.parse(done.out);
    const [first, second, third] = result.pictures;
    expect(first.dice.disc).toBeGreaterThan(0.75);
    expect(first.dice.vertebra).toBeGreaterThan(0.75);
    expect(first.dice.canal).toBeGreaterThan(0.75);
    expect(second.dice).toMatchObject({ disc: 1, vertebra: 1, canal: 1, sacrum: 1 });
    expect(second.assdMm.disc).toBe(0);
    expect(third.refused).toContain('no lumbar spine');
    expect(third.dice.disc).toBe(0);
    expect(result.numbering.n).toBeGreaterThanOrEqual(5);
    expect(result.numbering.right).toBe(result.numbering.n);
    const pfirrmann = result.grades.find((one: { field: string }) => one.field === 'pfirrmann');
    expect(pfirrmann).toMatchObject({ n: 3, abstained: 1 });
    const html = readFileSync(join(set, 'validation.html'), 'utf8');
    expect(html).toContain('3_t2.png');
    expect(html).toContain('pfirrmann');
  });

  it('a study, mask or graded picture that cannot be read is one line each, and the rest is scored', {
    timeout: SLOW,
  }, async () => {
    const set = join(dir, 'torn');
    for (const sub of ['images/2_t2', 'images/3_t2', 'masks/4_t2'])
      mkdirSync(join(set, sub), { recursive: true });
    for (const name of ['1_t2', '4_t2']) copyFileSync(study.t2, join(set, 'images', `${name}.png`));
    for (const name of ['1_t2', '2_t2']) writeFileSync(join(set, 'masks', `${name}.png`), study.mask);
    writeFileSync(join(set, 'gradings.csv'), '\uFEFFname,level,pfirrmann\n3_t2,L5-S1,2\n\n1_t2,L5-S1,2\n');
    const done = await run(runValidate, set, '--spacing', MM, '--json');
    expect(done.code).toBe(1);
    const said = done.err.trim().split('\n');
    expect(said).toHaveLength(3);
    for (const name of ['images/2_t2', 'masks/4_t2', 'images/3_t2'])
      expect(said.some((line) => line.startsWith(`${join(set, name)}: the folder is empty`))).toBe(true);
    const result = JSON.parse(done.out);
    expect(result.pictures.map((one: { name: string }) => one.name)).toEqual(['1_t2.png']);
    expect(result.grades[0]).toMatchObject({ field: 'pfirrmann', n: 1, abstained: 0 });
  });

  it('a table that cannot be used ends with 1 and one line', async () => {
    const set = join(dir, 'table');
    mkdirSync(join(set, 'images'), { recursive: true });
    copyFileSync(study.t2, join(set, 'images', '1_t2.png'));
    writeFileSync(join(set, 'gradings.csv'), 'name,level,pfirrmann\n1_t2,L5/S1,2\n');
    const done = await run(runValidate, set);
    expect(done).toMatchObject({ code: 1, out: '' });
    expect(done.err).toMatch(/gradings\.csv: row 2: level is "L5\/S1", not one of [^\n]*L5-S1[^\n]*\n$/);
  });

  it('says what is missing', async () => {
    const empty = join(dir, 'empty');
    mkdirSync(join(empty, 'images'), { recursive: true });
    expect(await run(runValidate, empty)).toMatchObject({ code: 1 });
    copyFileSync(study.t2, join(empty, 'images', 'a.png'));
    const done = await run(runValidate, empty);
    expect(done.code).toBe(1);
    expect(done.err).toContain('no picture has a mask or a grading');
    expect(existsSync(join(empty, 'validation.html'))).toBe(false);
    expect((await run(runValidate)).code).toBe(2);
    expect((await run(runValidate, empty, '--labels', 'mine')).code).toBe(2);
  });
});

describe('gradings', () => {
  it("reads our columns and SPIDER's, and names a row that cannot be", () => {
    const spider =
      'Patient,IVD label,Modic,UP endplate,LOW endplate,Spondylolisthesis,Disc herniation,Disc narrowing,Disc bulging,Pfirrman grade\r\n7,1,0,1,0,0,0,1,1,3\r\n';
    expect(readGradings(spider, 't')).toEqual([
      {
        name: '7',
        index: 1,
        grades: {
          modic: 0,
          endplateUpper: 1,
          endplateLower: 0,
          spondylolisthesis: 0,
          herniation: 0,
          narrowing: 1,
          bulging: 1,
          pfirrmann: 3,
        },
      },
    ]);
    for (const beyond of ['0', '6', '2.5', 'x'])
      expect(() => readGradings(`name,level,pfirrmann\na,L5-S1,${beyond}\n`, 't')).toThrow(
        `row 2: pfirrmann is "${beyond}"`,
      );
    expect(() => readGradings('name,level,bulging\na,L5-S1,2\n', 't')).toThrow(/from 0 to 1/);
    expect(() => readGradings('x,y\n1,2\n', 't')).toThrow(/wants the columns/);
    expect(() => readGradings('name,level\na,\n', 't')).toThrow(/row 2 says no level and no index/);
    expect(() => readGradings('name,index\n,1\n', 't')).toThrow(/row 2 has no name/);
    expect(() => readGradings('name,index\n\na,0\n', 't')).toThrow(/row 3: index is "0"/);
  });

  it('scores agreement as worked out by hand', () => {
    const because = { seriesUid: 's', slice: 0, model: { id: 'm', version: '1', sha256: '' } };
    const findings = {
      levels: [
        [1, 4, 0.8, 0.9],
        [2, 3, 0.6, 0.2],
        [3, 2, 0.7, 0.4],
      ].map(([index, grade, p, narrow]) => ({
        level: 'L5-S1',
        indexFromBottom: index,
        confidence: 1,
        pfirrmann: { grade, p: [1, 2, 3, 4, 5].map((g) => (g === grade ? p : (1 - p!) / 4)) },
        narrowing: { p: narrow },
        measures: {},
        because,
      })),
    } as unknown as SpineFindings;
    const reading = (index: number, pfirrmann: number, narrowing: number) => ({
      name: 'a',
      index,
      grades: { pfirrmann, narrowing },
    });
    const readings = [reading(1, 4, 1), reading(2, 4, 0), reading(3, 2, 0), reading(4, 1, 0)];
    const [pfirrmann, narrowing] = scoreGrades([{ patient: 'a', findings, readings }]);
    expect(pfirrmann).toMatchObject({ n: 3, abstained: 1, withinOne: 1, meanError: 1 / 3 });
    // Squared differences 0, 1, 0 against those expected of the margins: variances 2/3 and 8/9, means 3 and 10/3.
    expect(pfirrmann!.kappa!.value).toBeCloseTo(1 - 1 / 3 / (2 / 3 + 8 / 9 + 1 / 9), 9);
    expect(narrowing).toMatchObject({ n: 3, positive: 1, abstained: 1 });
    expect(narrowing!.auc!.value).toBe(1);
    expect(narrowing!.ece).toBeCloseTo((0.1 + 0.2 + 0.4) / 3, 9);
    const refused = scoreGrades([{ patient: 'a', findings: null, readings }]);
    expect(refused[0]).toMatchObject({ n: 0, abstained: 4, kappa: null, withinOne: null });
  });
});
