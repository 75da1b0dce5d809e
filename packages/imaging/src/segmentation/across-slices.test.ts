import { expect, it } from 'vitest';
import { agreeAcrossSlices, neighbourSay } from './across-slices.ts';
import { emptyField, type ProbabilityField } from './field.ts';
import { CLASS, CLASS_COUNT } from './model.ts';

/** Slices of two pixels: for each, the disc's probability (of 255) in both; the rest is background. */
function discs(slices: readonly (readonly [number, number])[], sliceMm: number): ProbabilityField {
  const field = emptyField(
    2,
    1,
    [0.75, 0.75],
    sliceMm,
    slices.map((_, z) => 10 + 2 * z),
  );
  slices.forEach((pair, z) => {
    pair.forEach((value, i) => {
      field.p[i + 2 * (CLASS.disc + CLASS_COUNT * z)] = value;
      field.p[i + 2 * (CLASS.background + CLASS_COUNT * z)] = 255 - value;
      field.classes[i + 2 * z] = value > 127 ? CLASS.disc : CLASS.background;
    });
  });
  return field;
}

const GIVEN: readonly (readonly [number, number])[] = [
  [230, 10],
  [110, 90],
  [240, 5],
  [250, 0],
];

it('what a slice misses and both neighbours show is there, and what only it shows faintly stays', () => {
  const field = discs(GIVEN, 1.8);
  agreeAcrossSlices(field);
  expect([...field.classes]).toEqual([
    CLASS.disc,
    CLASS.background,
    CLASS.disc,
    CLASS.background,
    CLASS.disc,
    CLASS.background,
    CLASS.disc,
    CLASS.background,
  ]);
  for (let z = 0; z < 4; z++) {
    for (let i = 0; i < 2; i++) {
      let sum = 0;
      for (let c = 0; c < CLASS_COUNT; c++) sum += field.p[i + 2 * (c + CLASS_COUNT * z)] as number;
      expect(Math.abs(sum - 255)).toBeLessThanOrEqual(4);
    }
  }
});

it('a slice that is sure is not overruled by a neighbour', () => {
  const field = discs(
    [
      [255, 0],
      [0, 255],
    ],
    1.8,
  );
  agreeAcrossSlices(field);
  expect([...field.classes]).toEqual([CLASS.disc, CLASS.background, CLASS.background, CLASS.disc]);
});

it('slices 4 mm and more apart are left as the network read them, byte for byte', () => {
  const field = discs(GIVEN, 4.4);
  const before = [...field.p];
  agreeAcrossSlices(field);
  expect([...field.p]).toEqual(before);
  expect([0, 1.8, 3.6, 4, 4.4].map((mm) => Number(neighbourSay(mm).toFixed(2)))).toEqual([
    1, 0.4, 0.07, 0, 0,
  ]);
});

it('counted from the other side the slices say the same', () => {
  const field = discs(GIVEN, 1.8);
  const back = discs([...GIVEN].reverse(), 1.8);
  agreeAcrossSlices(field);
  agreeAcrossSlices(back);
  const plane = 2 * CLASS_COUNT;
  for (let z = 0; z < 4; z++)
    expect([...back.p.subarray(z * plane, (z + 1) * plane)]).toEqual([
      ...field.p.subarray((3 - z) * plane, (4 - z) * plane),
    ]);
});
