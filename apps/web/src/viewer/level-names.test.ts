import { LABEL_SACRUM, VERTEBRA_LABEL } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { TABS_EN } from '../judgement/tab-words-en.ts';
import { TABS_ES } from '../judgement/tab-words-es.ts';
import type { SlicePlace } from './contour.ts';
import { levelNames } from './level-names.ts';

const place = (label: number, centre: readonly [number, number]): [number, SlicePlace] => [
  label,
  { label, voxels: 400, centre, box: [0, 0, 200, 200], edge: centre },
];

describe('names on an axial slice', () => {
  const places = new Map([place(LABEL_SACRUM, [100, 60]), place(VERTEBRA_LABEL.L5!, [100, 120])]);

  it('call the sacrum as the language of the page does, and a vertebra by its letter and number', () => {
    const named = (sacrum: string) => levelNames(places, 'axial', sacrum).map(({ text }) => text);
    expect(named(TABS_EN.study.sacrum)).toEqual(['Sacrum', 'L5']);
    expect(named(TABS_ES.study.sacrum)).toEqual(['Sacro', 'L5']);
  });
});
