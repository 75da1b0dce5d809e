import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import type { Verdict } from './judged.ts';
import { lifted } from './raised-by-hearing.ts';
import { heardAgain } from './second-hearing.ts';
import { triageInput } from './signs.ts';
import { scores, toldModel } from './told-reader.ts';
import { statementsIn, wordsOf } from './told-tokens.ts';
import { triage } from './triage.ts';

function caseOf(freeText: string, intake: Record<string, unknown> = {}) {
  const built = buildCase({
    patientId: 'p',
    now: '2026-11-22',
    intake: { symptoms: { freeText }, ...intake },
  });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return built.value;
}
/** Words that no phrase and no net decides. */
const KNEE = 'my knee needs a hand behind it or it pings out from under me';
const SOLDIER = "I look like a soldier marching, that's the only way to get the foot over things";

describe('the second hearing', () => {
  it.each([KNEE, SOLDIER])('asks the same day about words no rule decides: %s', (text) => {
    const t = triage(caseOf(text));
    const flag = t.flags.find((f) => f.condition === 'progressive-deficit')!;
    expect(['possible', 'raised']).toContain(flag.status);
    expect(t.urgency).toBe('urgent');
    expect(t.gate).toBe(false);
    expect(flag.ask.length).toBeGreaterThan(0);
    const said = t.statements.find((s) => s.key === 'triage.heard-again')!;
    expect(said.text).toContain(text.slice(0, 40).toLowerCase());
    expect(said.text).toContain('may be wrong');
  });

  it('is answered by muscle power that was measured', () => {
    const power = { hipFlexion: 5, kneeExtension: 5, ankleDorsiflexion: 5 };
    const t = triage(caseOf(KNEE, { examination: { motorLeft: power, motorRight: power } }));
    expect(t.urgency).not.toBe('urgent');
  });

  it('asks once more where every box says no', () => {
    const symptoms = { freeText: KNEE, weaknessReported: 'no', weaknessProgressive: 'no' };
    const flag = triage(caseOf('', { symptoms })).flags.find((f) => f.condition === 'progressive-deficit')!;
    expect(['possible', 'raised']).toContain(flag.status);
    expect(flag.ask.length).toBeGreaterThan(0);
  });

  it('asks nothing about a goal that only sounds a little like a danger, and does about one that says it', () => {
    const wish = (text: string) => triage(caseOf('', { goals: { statements: [text] } }));
    expect(wish('Know whether the worn discs on my scan need anything done').urgency).not.toBe('urgent');
    expect(['urgent', 'emergency']).toContain(wish('Climb the stairs without my knee giving way').urgency);
  });

  it('never lowers a verdict and never makes an emergency', () => {
    const input = triageInput(caseOf(KNEE));
    const verdict: Verdict = {
      status: 'raised',
      p: 0.9,
      ids: [],
      reasons: [],
      urgency: 'emergency',
      hoursId: null,
      who: 'emergency',
      gate: true,
    };
    expect(lifted(input, 'progressive-deficit', verdict)).toBe(verdict);
    const soon: Verdict = { ...verdict, urgency: 'soon', gate: false };
    expect(lifted(input, 'progressive-deficit', soon)).toMatchObject({
      urgency: 'urgent',
      status: 'raised',
      p: 0.9,
    });
    expect(lifted(input, 'fracture', soon)).toBe(soon);
  });

  it.each([
    'I can lift both feet and stand on my toes',
    'my neighbour dragged his leg after a stroke, I only have a stiff back',
    'come back if your leg gives way',
    'My back is stiff in the mornings and better after a shower',
    'orino bien y no tengo fiebre',
  ])('stays quiet: %s', (text) => {
    expect(heardAgain(text, 'x')).toEqual([]);
  });

  it('hears that somebody does not want to live, in listed words and in others', () => {
    for (const text of [
      'I want to end my life',
      'no quiero seguir viviendo con este dolor',
      'they would be better off without me',
    ]) {
      const t = triage(caseOf(text));
      expect(t.statements.map((s) => s.key)).toContain('triage.safety.told');
      expect(t.urgency).toBe('urgent');
    }
    expect(triage(caseOf("I'd die for a good night's sleep")).urgency).toBe('routine');
  });
});

describe('the learned reader', () => {
  it('gives the same scores for the same words, and takes any words', () => {
    const words = wordsOf('my leg was not there');
    expect(scores(words)).toEqual(scores(words));
    for (const odd of [[], ['zzzzzz'], Array.from({ length: 60 }, () => 'leg')])
      expect(scores(odd).every(Number.isFinite)).toBe(true);
  });

  it('reads a word one slip away as the word', () => {
    expect(scores(['my', 'bladdder'])).toEqual(scores(['my', 'bladder']));
  });

  it('has a level to ask for each condition, and a higher one to be sure', () => {
    const { conditions, ask, sure } = toldModel();
    expect(conditions).toHaveLength(7);
    conditions.forEach((condition, i) => {
      // Only a question about safety is asked below even odds.
      if (condition !== 'self-harm') expect(ask[i]).toBeGreaterThanOrEqual(0);
      expect(sure[i]!).toBeGreaterThan(ask[i]!);
    });
  });
});

describe('statements and words', () => {
  it('reads each sentence, and each with the one before', () => {
    expect(statementsIn('i had cancer. my back hurts')).toEqual([
      'i had cancer',
      'my back hurts',
      'i had cancer , my back hurts',
    ]);
  });

  it('writes short forms out and tells ages and temperatures from other numbers', () => {
    expect(wordsOf("i can't, i'm 81 at 38.5 for 3 days")).toEqual([
      'i',
      'can',
      'not',
      ',',
      'i',
      '<old>',
      'at',
      '<hot>',
      'for',
      '<n>',
      'days',
    ]);
  });
});
