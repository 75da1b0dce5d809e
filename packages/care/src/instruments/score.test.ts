import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOf } from '@foramen/evidence';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eq5dUtility } from './quality-of-life.ts';
import { allQuestionnaires, answersOf, linkIdOf, questionnaireOf } from './questionnaire.ts';
import { INSTRUMENTS, instrumentNamed, scoreQuestionnaire } from './score.ts';

const score = (instrument: string, items: readonly (number | null)[], sex?: 'female' | 'male') =>
  scoreQuestionnaire({ instrument, items: [...items] }, 'q', { sex }).score;
const fill = (n: number, x: number): number[] => Array.from({ length: n }, () => x);

describe('worked examples', () => {
  it('ODI: 45 of 50 is 90; 9 answered of 20 points is 44; rounds half up', () => {
    expect(score('ODI', [5, 5, 5, 5, 5, 4, 4, 4, 4, 4])).toMatchObject({
      score: 90,
      band: 'bed-bound or exaggerating',
    });
    expect(score('ODI', [2, 2, 2, 2, 2, 2, 2, 2, 4, null])).toMatchObject({ score: 44 });
    expect(score('ODI', fill(10, 0))).toMatchObject({ score: 0, band: 'minimal', max: 100 });
    expect(score('ODI', [1, 1, 1, 1, 1, 1, 1, 1, null, null])).toMatchObject({ score: null });
    expect(score('Oswestry', [2, 2, 2, 2, 2, 0, 0, 0, 0, 0])).toMatchObject({
      instrument: 'odi',
      score: 20,
      band: 'minimal',
    });
  });

  it('RMDQ: an unanswered statement does not apply; nothing answered is no score', () => {
    expect(score('Roland-Morris', [...fill(7, 1), ...fill(17, 0)])).toMatchObject({
      score: 7,
      band: 'low to moderate',
    });
    expect(
      score(
        'RMDQ',
        fill(24, 1).map(() => null),
      ),
    ).toMatchObject({ score: null });
  });

  it('STarT Back: all four corners of the rule', () => {
    expect(score('STarT Back', [1, 1, 1, 0, 0, 0, 0, 0, 0]).band).toBe('low');
    expect(score('STarT Back', [1, 1, 1, 1, 0, 0, 0, 0, 0])).toMatchObject({
      band: 'medium',
      subscores: { psychosocial: 0 },
    });
    expect(score('STarT Back', [1, 0, 0, 0, 1, 1, 1, 0, 0]).band).toBe('medium');
    expect(score('STarT Back', [1, 1, 1, 1, 1, 1, 1, 1, 1])).toMatchObject({ score: 9, band: 'high' });
    expect(score('STarT Back', [1, 1, 1, 1, 1, 1, 1, 1, null])).toMatchObject({ score: null });
  });

  it('Oerebro: reversals of both forms', () => {
    // Ten zeros on the short form: the three reversed items are worth ten each.
    expect(score('Örebro short', fill(10, 0))).toMatchObject({ score: 30, band: 'low', max: 100 });
    expect(score('OMPSQ-SF', fill(10, 10))).toMatchObject({ score: 70, band: 'high' });
    expect(score('oerebro-10', [5, 7, 2, 4, 6, 5, 8, 3, 7, 6])).toMatchObject({
      score: 5 + 7 + 8 + 6 + 6 + 5 + 8 + 7 + 7 + 6,
    });
    // Long form: item 5 doubles the pain sites up to ten; eight items are reversed.
    expect(score('Oerebro-21', fill(21, 0))).toMatchObject({ score: 80, band: 'low' });
    expect(score('Oerebro-21', fill(21, 10))).toMatchObject({ score: 130, band: 'high' });
    expect(score('Oerebro-21', [3, ...fill(20, 0)])).toMatchObject({ score: 86 });
  });

  it('PHQ and GAD', () => {
    expect(score('PHQ-2', [1, 2])).toMatchObject({ score: 3, band: 'positive' });
    expect(score('PHQ-4', [2, 1, 0, 1])).toMatchObject({
      score: 4,
      band: 'mild',
      subscores: { anxiety: 3, depression: 1 },
    });
    expect(score('PHQ-9', [2, 2, 2, 2, 2, 2, 2, 1, 0])).toMatchObject({
      score: 15,
      band: 'moderately severe',
    });
    expect(score('GAD-7', [3, 3, 3, 3, 1, 1, 1])).toMatchObject({ score: 15, band: 'severe' });
    expect(score('GAD-2', [1, 1])).toMatchObject({ score: 2, band: 'negative' });
    expect(score('PHQ-9', [2, 2, 2, 2, 2, 2, 2, 1, null])).toMatchObject({ score: null });
    const ninth = scoreQuestionnaire({ instrument: 'PHQ-9', items: [0, 0, 0, 0, 0, 0, 0, 0, 1] }, 'q');
    expect(ninth.notes[0]).toMatch(/item 9/);
  });

  it('PCS: three parts', () => {
    const items = [1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3];
    expect(score('PCS', items)).toMatchObject({
      score: 26,
      band: 'not clinically relevant',
      subscores: { rumination: 8, magnification: 6, helplessness: 12 },
    });
    expect(score('PCS', fill(13, 4))).toMatchObject({ score: 52, band: 'clinically relevant' });
  });

  it('painDETECT: course and radiation', () => {
    expect(score('painDETECT', [...fill(7, 0), -1, 0])).toMatchObject({
      score: -1,
      band: 'neuropathic component unlikely',
    });
    expect(score('painDETECT', [...fill(7, 5), 1, 1])).toMatchObject({ score: 38, max: 38 });
    expect(score('painDETECT', [2, 2, 2, 2, 2, 2, 1, 0, 0])).toMatchObject({ score: 13, band: 'unclear' });
  });

  it('ORT: published weights and cut-offs, not the wrong ones in circulation', () => {
    const all = fill(10, 1);
    expect(score('ORT', all, 'female')).toMatchObject({ score: 26, band: 'high' });
    expect(score('ORT', all, 'male')).toMatchObject({ score: 26, band: 'high' });
    expect(score('ORT', [0, 0, 0, 0, 1, 0, 0, 0, 0, 0], 'male')).toMatchObject({
      score: 4,
      band: 'moderate',
    });
    expect(score('ORT', [0, 0, 0, 1, 1, 0, 1, 0, 0, 0])).toMatchObject({ score: 8, band: 'high' });
    expect(score('ORT', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({
      score: null,
      subscores: { ifFemale: 1, ifMale: 3 },
    });
    expect(score('ORT-OUD', [1, 1, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ score: 2, band: 'low' });
    expect(score('ORT-OUD', [1, 1, 1, 0, 0, 0, 0, 0, 0])).toMatchObject({ score: 3, band: 'high' });
  });

  it('COMI: five domains', () => {
    expect(score('COMI', [8, 6, 5, 5, 4, 3, 5])).toMatchObject({
      score: 8.6,
      subscores: { pain: 8, function: 10, wellbeing: 10, quality: 7.5, disability: 7.5 },
    });
  });

  it('TSK, CSI, DN4, NRS', () => {
    expect(score('TSK-17', fill(17, 4))).toMatchObject({ score: 56, band: 'high' });
    expect(score('CSI', [...fill(10, 4), ...fill(15, 0)])).toMatchObject({
      score: 40,
      band: 'above cut-off',
    });
    expect(score('DN4', [1, 1, 1, 0, 0, 0, 0, 1, 0, 0])).toMatchObject({
      score: 4,
      band: 'neuropathic pain likely',
    });
    expect(score('DN4', [1, 1, 1, 0, 0, 0, 0])).toMatchObject({ score: null, subscores: { interview: 3 } });
    expect(score('NRS-leg', [7])).toMatchObject({ instrument: 'nrs-leg', score: 7, band: 'severe' });
  });

  it('PROMIS-29 gives T scores by domain, of physical function where the version is named; Global-10 has both', () => {
    const threes = [...fill(28, 3), 5];
    expect(score('PROMIS-29', threes)).toMatchObject({
      score: null,
      subscores: { 'anxiety-raw': 12, 'anxiety-t': 63.4, 'pain-interference-t': 61.2, 'pain-intensity': 5 },
    });
    expect(score('PROMIS-29', threes).subscores).not.toHaveProperty('physical-function-t');
    expect(score('PROMIS-29 v2.0', threes).subscores).toMatchObject({ 'physical-function-t': 36.7 });
    expect(score('PROMIS-29 v2.1', [...fill(4, 1), ...fill(24, 5), 0]).subscores).toMatchObject({
      'physical-function-t': 22.5,
      'depression-t': 79.4,
      'sleep-disturbance-t': 73.3,
      'social-roles-t': 64.2,
      'fatigue-t': 75.8,
    });
    // A domain with a missing item has neither sum nor T; the others keep theirs.
    expect(score('PROMIS-29', [...fill(4, 3), null, ...fill(23, 3), 5]).subscores).toMatchObject({
      'anxiety-raw': null,
      'anxiety-t': null,
      'depression-t': 62.2,
    });
    expect(score('PROMIS Global-10', [3, 3, 3, 3, 3, 3, 5, 3, 3, 3])).toMatchObject({
      score: 39.8,
      subscores: { physicalRaw: 12, mentalT: 43.5 },
    });
    expect(score('PROMIS-10', [5, 5, 5, 5, 5, 5, 0, 5, 5, 5])).toMatchObject({ score: 67.7 });
  });
});

describe('EQ-5D value sets', () => {
  const SETS = ['UK-2026', 'England-2018', 'NL-2016', 'US-2019'];
  it.each([
    ['55555', [-0.567, -0.285, -0.446, -0.573]],
    ['21221', [0.863, 0.829, 0.813, 0.776]],
    ['32341', [0.447, 0.535, 0.411, 0.37]],
    ['43453', [-0.028, 0.112, -0.026, -0.136]],
    ['11121', [0.944, 0.937, 0.887, 0.94]],
    ['11111', [1, 1, 1, 1]],
  ])('5L state %s', (state, expected) => {
    const levels = [...state].map(Number);
    SETS.forEach((set, i) => {
      expect(eq5dUtility('5l', levels, set), set).toBeCloseTo(expected[i]!, 6);
    });
  });

  it('3L: worst states', () => {
    expect(eq5dUtility('3l', [3, 3, 3, 3, 3], 'UK-1997')).toBeCloseTo(-0.594, 6);
    expect(eq5dUtility('3l', [3, 3, 3, 3, 3], 'NL-2006')).toBeCloseTo(-0.329, 6);
    expect(eq5dUtility('3l', [1, 1, 1, 1, 1], 'UK-1997')).toBe(1);
  });

  it('has no utility for a state or a set that does not exist', () => {
    expect(eq5dUtility('5l', [6, 1, 1, 1, 1], 'UK-2026')).toBeUndefined();
    expect(eq5dUtility('5l', [1, 1, 1, 1, 1], 'Mars')).toBeUndefined();
  });
});

describe('any answers', () => {
  const instrument = fc.constantFrom(...INSTRUMENTS);
  it('give a score within the range of the instrument, or none with a reason', () => {
    fc.assert(
      fc.property(
        instrument.chain((i) =>
          fc.tuple(
            fc.constant(i),
            fc.tuple(...i.ranges.map(([a, b]) => fc.option(fc.integer({ min: a, max: b }), { freq: 30 }))),
          ),
        ),
        ([i, answers]) => {
          const s = score(i.id, answers, 'female');
          const [low, high] = recordOf('instrument', `instrument/${i.id}`).range;
          if (s.score === null) expect(s.why).toBeTruthy();
          else if (i.id !== 'promis-global-10')
            expect(s.score >= low && s.score <= high, `${i.id} ${s.score}`).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('out of range, fractional or too many are named and never scored', () => {
    fc.assert(
      fc.property(instrument, fc.nat(), fc.constantFrom(99, -7, 0.5), (i, at, bad) => {
        if (i.decimal && bad === 0.5) return;
        const items = i.ranges.map(([a]) => a as number);
        items[at % items.length] = bad;
        const scored = scoreQuestionnaire({ instrument: i.id, items }, 'q', { sex: 'male' });
        expect(scored.score.score).toBeNull();
        expect(scored.problems[0]?.code).toBe('out-of-range');
      }),
    );
    expect(scoreQuestionnaire({ instrument: 'PHQ-2', items: [1, 1, 1] }, 'q').problems[0]?.code).toBe(
      'inconsistent',
    );
  });

  it('a total without items is banded when it is possible', () => {
    expect(scoreQuestionnaire({ instrument: 'ODI', total: 44 }, 'q').score).toMatchObject({
      score: 44,
      band: 'severe',
    });
    expect(scoreQuestionnaire({ instrument: 'ODI', total: 144 }, 'q').score.score).toBeNull();
    const band = (instrument: string, total: number) =>
      scoreQuestionnaire({ instrument, total }, 'q').score.band;
    expect(band('STarT Back', 6)).toBe('medium or high');
    // Four items are not psychosocial: from 8 on at least four of the other five were agreed to.
    expect(band('STarT Back', 8)).toBe('high');
    // A percentage may lie between the bands, which are in whole points; a sum of answers may not.
    expect(band('ODI', 20.4)).toBe('minimal');
    expect(band('ODI', 20.5)).toBe('moderate');
    const half = scoreQuestionnaire({ instrument: 'PHQ-9', total: 7.5 }, 'q');
    expect(half.score.score).toBeNull();
    expect(half.problems[0]?.code).toBe('out-of-range');
  });
});

describe('names', () => {
  it('finds an instrument under its usual spellings', () => {
    for (const [name, id] of [
      ['odi', 'odi'],
      ['PHQ9', 'phq-9'],
      ['EQ5D-5L', 'eq-5d-5l'],
      ['Örebro-10', 'oerebro-10'],
      ['STarTBack', 'start-back'],
      ['pain DETECT', 'paindetect'],
    ]) {
      expect(instrumentNamed(name!)?.id, name).toBe(id);
    }
    expect(instrumentNamed('magic')).toBeUndefined();
  });
});

describe('FHIR Questionnaires', () => {
  it('every instrument has one, with unique link ids and the answers that it scores', () => {
    const all = allQuestionnaires();
    expect(all).toHaveLength(INSTRUMENTS.length);
    for (const q of all) {
      const i = instrumentNamed(q.id)!;
      expect(q.item).toHaveLength(i.ranges.length);
      expect(new Set(q.item.map((x) => x.linkId)).size).toBe(q.item.length);
      for (const item of q.item) {
        expect(item.text).toBeUndefined();
        if (item.type === 'choice')
          expect(item.answerOption!.every((o) => Number.isInteger(o.valueInteger))).toBe(true);
      }
    }
  });

  it('answers come back in order and score', () => {
    const odi = instrumentNamed('odi')!;
    const response = {
      item: [...Array(10).keys()]
        .reverse()
        .map((k) => ({ linkId: linkIdOf('odi', k + 1), answer: k === 4 ? [] : [{ valueInteger: 2 }] })),
    };
    expect(answersOf(odi, response)).toEqual([2, 2, 2, 2, null, 2, 2, 2, 2, 2]);
    expect(score('odi', answersOf(odi, response)).score).toBe(40);
  });

  it('takes the text of the clinic', () => {
    const q = questionnaireOf(instrumentNamed('phq-2')!, { itemText: ['first', 'second'] });
    expect(q.item.map((i) => i.text)).toEqual(['first', 'second']);
  });

  it('ships no item text', () => {
    const source = readFileSync(join(import.meta.dirname, 'questionnaire.ts'), 'utf8');
    expect(source).not.toMatch(/little interest|pain killers|I stay at home/i);
  });
});
