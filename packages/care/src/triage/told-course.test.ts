import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildCase } from '../case/build-case.ts';
import { earlyIntervention } from './early.ts';
import { triageInput } from './signs.ts';
import { toldCourse } from './told-course.ts';
import { triage } from './triage.ts';

function caseOf(freeText: string, symptoms: Record<string, unknown> = {}) {
  const built = buildCase({
    patientId: 'p',
    now: '2026-11-22',
    intake: { symptoms: { freeText, ...symptoms } },
  });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return built.value;
}
const early = (text: string, symptoms?: Record<string, unknown>) =>
  earlyIntervention(triageInput(caseOf(text, symptoms)))!;

describe('the course of the pain in told words', () => {
  it.each([
    ['Sciatica for four months', 17.3],
    ['back pain for the last 3 weeks', 3],
    ['I have had back pain for years', 156],
    ['a six-week history of low back pain', 6],
    ['my back pain started 10 days ago', 1.4],
    ['me duele la espalda desde hace dos meses', 8.7],
    ['llevo 5 semanas con ciatica', 5],
    ['breast cancer for 3 years', undefined],
    ['back hurts, sitting for 2 hours', undefined],
    ["it's been a month and it zips down my leg", 4.3],
    ['half a year now with this back', 26],
    ["I've had it a year and a half", 78],
    ['medio ano con ciatica', 26],
    ["I haven't been to work for five weeks with it", undefined],
    ['Back pain for 2 years, leg pain for 3 weeks', undefined],
    ['my mother had back pain for 20 years', undefined],
    ['my back has been bad since January', 44],
    ['the pain started on Friday', 0.3],
    ['6 month history of LBP, worse for 2 weeks', 26],
    ['come back if the pain lasts more than six weeks', undefined],
    ['does sciatica last for months?', undefined],
    ['my knee has hurt for two years', undefined],
    ['I take ibuprofen for two days when it flares', undefined],
  ])('%s: weeks', (text, weeks) => {
    const told = toldCourse(text, '2026-11-22').weeks?.value;
    if (weeks === undefined) expect(told).toBeUndefined();
    else expect(told).toBeCloseTo(weeks, 0);
  });

  it.each([
    ['the pain shoots down to my foot', 'below-knee'],
    ['me baja el dolor hasta el pie', 'below-knee'],
    ['pain in the back of my thigh', 'leg'],
    ['tengo ciatica', 'leg'],
    ['back pain, no leg pain', 'back-only'],
    ['it does not go down my leg', 'back-only'],
    ['dolor lumbar sin irradiar', 'back-only'],
    ['pain down the leg, no pain in the leg at night', undefined],
    ['shocks into my big toe', 'below-knee'],
    ['it stays in the small of my back', 'back-only'],
    ['the pain stops at the knee', 'leg'],
    ['my back is stiff', undefined],
    ['it used to go down my leg', undefined],
    ['down the thigh but not below the knee', 'leg'],
    ['pain down the thigh, not below the knee', 'leg'],
    ['they say it may travel to the foot', undefined],
    ['I hurt my foot playing football', undefined],
  ])('%s: radiation', (text, radiation) => {
    expect(toldCourse(text).radiation?.value).toBe(radiation);
  });

  it.each([
    ["I can't walk to the car", 2],
    ['signed off for 3 weeks', 2],
    ['no puedo levantarme de la cama', 2],
    ["I can't sit for long and I limp", 1],
    ['me cuesta andar', 1],
    ['still working and walking is fine', 0],
    ["I haven't left the house since Tuesday", 2],
    ['my wife has to put my socks on', 1],
    ['sigo yendo al gimnasio', 0],
    ["can't walk the dog further than the gate", 1],
    ['my back hurts', undefined],
    ["I'm afraid I'll have to stop working", undefined],
    ["My friend can't walk any more because of her back", undefined],
    ["I can't concentrate at work", undefined],
    ["It doesn't stop me doing anything", 0],
  ])('%s: mobility', (text, points) => {
    expect(toldCourse(text).mobility?.value).toBe(points);
  });

  it('scores what is told plainly, keeps the questions, and says that it was told', () => {
    const e = early("Sciatica down to my foot for four months, I'm off work for 6 weeks");
    expect(e).toMatchObject({ points: [6, 6], band: 'refer-now', told: true });
    expect(e.ask).toHaveLength(3);
    const t = triage(caseOf('Sciatica down to my foot for four months, I am off work for 6 weeks'));
    expect(t.urgency).toBe('soon');
    expect(t.statements.map((s) => s.key)).toContain('triage.early.told');
  });

  it('advises self-care only when all three are told, and stays open for a half story', () => {
    const light = 'Back pain for 4 days, it does not go down my leg, still working';
    expect(early(light)).toMatchObject({ points: [0, 0], band: 'self-care', open: false, told: true });
    expect(early('Back pain for 4 days')).toMatchObject({ points: [0, 4], open: true });
  });

  it('never speaks over an answer', () => {
    const e = early('back pain for four months', { durationWeeks: 2 });
    expect(e.points[0]).toBe(0);
    expect(e.told).toBe(false);
  });
});

/** Wordings of duration, radiation and mobility, each set written before it was run; what is not named is not told. */
const wordingSchema = z.strictObject({
  text: z.string(),
  weeks: z.number().optional(),
  radiation: z.enum(['below-knee', 'leg', 'back-only']).optional(),
  mobility: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
});
const file = join(import.meta.dirname, '..', '..', 'vignettes', 'course', 'told-course.json');
const wordings = z.array(wordingSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

describe('the bank of told courses', () => {
  it('finds what is told, and nothing that is not', () => {
    let told = 0;
    const missed: string[] = [];
    const wrong: string[] = [];
    for (const w of wordings) {
      const heard = toldCourse(w.text, '2026-11-22');
      const moves = heard.mobility?.value ?? (heard.walkM === undefined ? undefined : 1);
      const near = (weeks: number): boolean => Math.abs(weeks - (w.weeks ?? 0)) <= Math.max(0.4, weeks / 4);
      const facts = [
        [w.weeks, heard.weeks?.value, heard.weeks !== undefined && near(heard.weeks.value)],
        [w.radiation, heard.radiation?.value, w.radiation === heard.radiation?.value],
        [w.mobility, moves, w.mobility === moves],
      ] as const;
      for (const [said, found, same] of facts) {
        if (said !== undefined) told++;
        if (said !== undefined && found === undefined) missed.push(w.text);
        if (found !== undefined && (said === undefined || !same)) wrong.push(`${w.text}: ${found}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(missed.length / told, missed.join('\n')).toBeLessThan(0.05);
    expect(told).toBeGreaterThan(350);
  });
});
