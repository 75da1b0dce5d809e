import type { Hypothesis } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { plainCauses } from './plain-causes.ts';

const at = (condition: string, p: number, side?: 'left' | 'right'): Hypothesis => ({
  id: `${condition}:${side ?? ''}`,
  condition,
  ...(side === undefined ? {} : { level: 'L5-S1' as const, root: 'S1' as const, side }),
  p,
  interval: [p / 2, Math.min(1, p * 2)],
  statement: {
    key: 'hypothesis.at',
    text: '',
    strength: 'weak',
    params: { p: { value: p, from: [`lr/${condition}-${side}`] } },
    because: [{ kind: 'evidence', id: `lr/${condition}-${side}`, text: 'test' }],
  },
});

describe('causes in plain words', () => {
  it('tells a cause at two places once, with the chance of both', () => {
    const causes = plainCauses([
      at('herniation', 0.3, 'left'),
      at('disc', 0.35),
      at('herniation', 0.2, 'right'),
    ]);
    expect(causes.map((c) => [c.condition, c.p, c.places.length])).toEqual([
      ['herniation', 0.5, 2],
      ['disc', 0.35, 0],
    ]);
    expect(causes[0]?.statement.params?.p).toEqual({
      value: 0.5,
      from: ['lr/herniation-left', 'lr/herniation-right'],
    });
    expect(causes[0]?.statement.because).toHaveLength(2);
  });

  it('loses nothing: the chances still make one', () => {
    const all = [at('herniation', 0.3, 'left'), at('herniation', 0.2, 'right'), at('disc', 0.5)];
    expect(plainCauses(all).reduce((sum, c) => sum + c.p, 0)).toBeCloseTo(1, 10);
  });
});
