import { EVIDENCE } from '@foramen/evidence';
import type { LevelFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { muscleFatContext } from './muscle-fat.ts';

const level = (left: number, right: number): LevelFindings => ({
  level: 'L4-L5',
  indexFromBottom: 2,
  confidence: 1,
  measures: { multifidusFatPercent: { left, right } },
  because: { slice: 0, box: [0, 0, 1, 1], models: [] },
});
const age = (value: number) => ({ value, path: 'intake.person.ageYears' });

describe('fat of the back muscles beside healthy people', () => {
  it('takes the fuller side and cites the decade', () => {
    const [one] = muscleFatContext(level(22, 31), 'findings.levels[1]', age(45), EVIDENCE);
    expect(one?.finding).toBe('multifidus-fat');
    expect(one?.statement.text).toContain('31% fat');
    expect(one?.statement.text).toContain('22% on average, 9% to 34%');
    const ids = one?.statement.because.map((r) => (r.kind === 'fact' ? r.path : r.id));
    expect(ids).toContain('threshold/multifidus-fat-40-49');
    expect(ids).toContain('findings.levels[1].measures.multifidusFatPercent.right');
  });
  it('says when it is more than healthy people have', () => {
    const [one] = muscleFatContext(level(50, 31), 'x', age(45), EVIDENCE);
    expect(one?.statement.key).toBe('context.muscle-fat-above');
  });
  it('says nothing without a figure: age unknown, beyond the decades measured, nothing measured', () => {
    expect(muscleFatContext(level(30, 30), 'x', undefined, EVIDENCE)).toEqual([]);
    expect(muscleFatContext(level(30, 30), 'x', age(74), EVIDENCE)).toEqual([]);
    expect(muscleFatContext({ ...level(1, 1), measures: {} }, 'x', age(45), EVIDENCE)).toEqual([]);
  });
});
