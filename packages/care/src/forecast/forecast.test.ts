import { EVIDENCE, recordOf } from '@foramen/evidence';
import type { PatientCase } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { withValue } from '../facts.ts';
import { normal } from '../normal.ts';
import { planView } from '../plan/view.ts';
import { judgeVignette } from '../vignettes/run.ts';
import { vignetteSchema } from '../vignettes/vignette.ts';
import { courseAt } from './course.ts';
import { chronicityOf, effectAt, effectCurve } from './effects.ts';
import { harmChance, reoperation } from './harms.ts';
import { MODEL_CARDS, modelCard } from './model-cards.ts';
import { prognosticShift } from './prognosis.ts';

const sciatica: PatientCase = judgeVignette(
  vignetteSchema.parse({
    id: 'sciatica',
    rule: 'forecast',
    case: {
      intake: {
        setting: 'specialist',
        person: { ageYears: 42, occupationLoad: 'heavy', offWorkWeeks: 2 },
        symptoms: {
          legPainNrs: 8,
          backPainNrs: 3,
          durationWeeks: 10,
          legPainSide: 'right',
          course: 'stable',
          regions: [{ region: 'lateral-leg', side: 'right' }],
        },
        examination: { straightLegRaise: { right: 'positive' } },
        history: { priorTreatments: [{ treatment: 'physiotherapy', weeks: 8, outcome: 'same' }] },
        questionnaires: [],
      },
      findings: {
        levels: [
          {
            level: 'L4-L5',
            herniation: 0.93,
            herniationSide: 'right',
            rootContacts: [{ root: 'L5', side: 'right', grade: 'compression', p: 0.9 }],
          },
        ],
      },
    },
  }),
).case;
const withOdi: PatientCase = { ...sciatica, scores: [{ instrument: 'ODI', score: 48, max: 100 }] };
const forecast = (c: PatientCase, option: string, outcome: string) =>
  assess(c).forecasts.find((f) => f.option === option && f.outcome === outcome);

const who = (weeks?: number, baseline = 50, concordant = false) => ({
  duration: weeks === undefined ? undefined : { value: weeks, path: 'x' },
  baseline,
  concordant,
});

describe('natural course', () => {
  it('ends where the cohorts end', () => {
    // ATLAS: leg pain 5.2 to 2.4 at a year.
    expect(courseAt('radicular', 'leg-pain', who(), 52).share).toBeCloseTo(2.4 / 5.2, 6);
    // Bailey: leg pain of four months and more, 8.0 to 5.2 at six months without an operation.
    expect(courseAt('radicular', 'leg-pain', who(30), 26).share).toBeCloseTo(5.2 / 8, 6);
    // SPORT, not operated: ODI 50.0 to 26.6 at three months and 25.0 at a year.
    expect(courseAt('radicular', 'function', who(8, 50, true), 13).share).toBeCloseTo(26.6 / 50, 6);
    expect(courseAt('radicular', 'function', who(8, 50, true), 52).share).toBeCloseTo(0.5, 6);
    // Wallwork, under six weeks: 56 to 26 at six weeks, 21 at a year.
    expect(courseAt('axial', 'back-pain', who(2), 6).share).toBeCloseTo(26 / 56, 6);
    expect(courseAt('axial', 'back-pain', who(2), 52).share).toBeCloseTo(21 / 56, 6);
  });

  it('lets as many with stenosis pass the 30 % change as the review found', () => {
    const { share } = courseAt('claudicant', 'function', who(60, 40), 52);
    const sd = recordOf('parameter', 'parameter/care-residual-sd-function', EVIDENCE).value;
    expect(normal((40 * (1 - share) - 0.3 * 40) / sd)).toBeCloseTo(0.415, 2);
  });

  it('lies between the extremes when the duration is unknown', () => {
    const at = (d?: number) => courseAt('axial', 'back-pain', who(d), 26).share;
    expect(at()).toBeGreaterThan(at(2));
    expect(at()).toBeLessThan(at(40));
  });
});

describe('effects', () => {
  it('takes one class of comparator, the least biased first', () => {
    // Open-label -20.3 against usual care; sham-controlled about -4: the sham trial is used.
    const bvna = effectCurve('basivertebral-ablation', 'function', 'axial', 'chronic');
    expect(bvna?.comparator).toBe('sham-placebo');
    expect(bvna?.points[0]?.estimate).toBeGreaterThan(-8);
  });

  it('halves as-treated effects and lets their interval reach no effect', () => {
    const odi = effectCurve('decompression', 'function', 'claudicant', 'chronic');
    expect(odi?.confounded).toBe(true);
    expect(odi?.points.at(-1)?.estimate).toBeCloseTo(-9.4 / 2, 6);
    expect(odi?.points.at(-1)?.hi).toBeGreaterThanOrEqual(0);
  });

  it('tells acute from chronic trials and late sciatica from early', () => {
    expect(effectCurve('muscle-relaxant', 'back-pain', 'axial', 'chronic')).toBeNull();
    expect(effectCurve('muscle-relaxant', 'back-pain', 'axial', 'acute')?.points[0]?.estimate).toBeCloseTo(
      -0.77,
      6,
    );
    const late = effectCurve('discectomy-open', 'leg-pain', 'radicular', chronicityOf(30));
    expect(late?.points.map((p) => p.id)).toEqual(['effect/bailey-leg']);
    expect(effectCurve('discectomy-open', 'leg-pain', 'radicular', chronicityOf(8))?.points[0]?.id).toBe(
      'effect/liu-leg-6',
    );
  });

  it('fades beyond the last horizon and never grows there', () => {
    const curve = effectCurve('esi-transforaminal', 'leg-pain', 'radicular', 'acute')!;
    const half = recordOf('parameter', 'parameter/care-effect-half-life', EVIDENCE).value;
    const last = curve.points.at(-1)!;
    expect(effectAt(curve, last.weeks + half, half).estimate).toBeCloseTo(last.estimate / 2, 9);
  });
});

describe('forecasts', () => {
  it('shows faster relief after surgery and nearly the same year-end', () => {
    const wait = forecast(withOdi, 'waiting', 'leg-pain')!;
    const operate = forecast(withOdi, 'discectomy-open', 'leg-pain')!;
    expect(wait.points[0]!.mean - operate.points[0]!.mean).toBeGreaterThan(0.8);
    expect(wait.points[3]!.mean - operate.points[3]!.mean).toBeLessThan(0.5);
  });

  it('believes an injection for as long as trials followed it, and an operation longer', () => {
    const gain = (option: string, at: number) =>
      forecast(withOdi, 'waiting', 'leg-pain')!.points[at]!.mean -
      forecast(withOdi, option, 'leg-pain')!.points[at]!.mean;
    // Oliveira 2020: about half a point of ten up to three months, none after twelve.
    expect(gain('esi-transforaminal', 0)).toBeGreaterThan(0.4);
    expect(gain('esi-transforaminal', 3)).toBeLessThan(0.1);
    expect(gain('esi-transforaminal', 4)).toBeLessThan(0.02);
    expect(gain('discectomy-open', 3)).toBeGreaterThan(gain('esi-transforaminal', 3));
  });

  it('shows the whole change that registry and trials saw, apart from what the option adds', () => {
    const half: PatientCase = { ...withOdi, scores: [{ instrument: 'ODI', score: 50, max: 100 }] };
    for (const weeks of [10, 35]) {
      const c = withValue(half, 'intake.symptoms.durationWeeks', weeks);
      const f = forecast(c, 'discectomy-open', 'function')!;
      const year = f.points[3]!;
      // 6,840 Norwegian discectomies: 28.7 of about 50; SPORT 36 to 40; after six months or more (Rihn) 35.
      expect(f.baseline! - year.mean, `${weeks} weeks`).toBeGreaterThan(25);
      expect(f.baseline! - year.mean, `${weeks} weeks`).toBeLessThan(36);
      // SPORT as treated 14 to 20, confounded, taken halfway.
      expect(year.beyondWaiting!, `${weeks} weeks`).toBeLessThan(-5);
      expect(year.beyondWaiting!, `${weeks} weeks`).toBeGreaterThan(-10);
      const wait = forecast(c, 'waiting', 'function')!.points[3]!;
      expect(wait.beyondWaiting).toBe(0);
      expect(wait.mean + year.beyondWaiting!).toBeCloseTo(year.mean, 1);
    }
    // Bailey: 8.0 to 5.2 without, to 2.8 with an operation at six months; how long it lasted is not counted twice.
    const late = withValue(half, 'intake.symptoms.durationWeeks', 35);
    expect(forecast(late, 'waiting', 'leg-pain')!.points[2]!.mean).toBeCloseTo(5.2, 0);
    expect(forecast(late, 'discectomy-open', 'leg-pain')!.points[2]!.mean).toBeCloseTo(2.8, 0);
  });

  it('lets people back to work when registries saw them back, and forecasts no return for who is at work', () => {
    const at = (c: PatientCase, option: string) => forecast(c, option, 'return-to-work');
    const works = withValue(withOdi, 'intake.person.offWorkWeeks', 0);
    expect(at(works, 'waiting')).toBeUndefined();
    expect(assess(works).abstained.map((s) => s.key)).toContain('abstained.at-work');
    // 82 % of those who worked are back within three months, half of them at six weeks; heavy work takes longer.
    const usual = withValue(works, 'intake.person.occupationLoad', 'moderate');
    const back = at(usual, 'discectomy-open')!.points;
    expect(back[0]!.mean).toBeCloseTo(0.5, 1);
    expect(back[1]!.mean).toBeCloseTo(0.82, 1);
    expect(at(works, 'discectomy-open')!.points[0]!.mean).toBeLessThan(back[0]!.mean);
    expect(back.at(-1)!.mean).toBeLessThan(1);
  });

  it('covers pain, function, work, harm and reoperation at the five horizons', () => {
    for (const outcome of ['leg-pain', 'function', 'return-to-work']) {
      expect(
        forecast(withOdi, 'discectomy-open', outcome)?.points.map((p) => p.weeks),
        outcome,
      ).toEqual([6, 13, 26, 52, 104]);
    }
    expect(forecast(withOdi, 'discectomy-open', 'harm')?.points[0]?.mean).toBeCloseTo(0.03, 3);
    expect(forecast(withOdi, 'discectomy-open', 'reoperation')?.points.map((p) => p.mean)).toEqual([
      0.06, 0.08,
    ]);
  });

  it('moves every option alike by prognosis, and widens unlike the trials', () => {
    const before = withValue(withOdi, 'intake.history.previousSpineSurgery', [
      { procedure: 'discectomy', outcome: 'better' },
    ]);
    const shift = (option: string) =>
      forecast(before, option, 'leg-pain')!.points[3]!.mean -
      forecast(withOdi, option, 'leg-pain')!.points[3]!.mean;
    expect(shift('waiting')).toBeGreaterThan(0);
    expect(shift('discectomy-open')).toBeCloseTo(shift('waiting'), 1);
    const width = (c: PatientCase) => {
      const p = forecast(c, 'waiting', 'function')!.points[0]!;
      return p.interval[1] - p.interval[0];
    };
    expect(width(before)).toBeGreaterThan(width(withOdi));
  });

  it('is updated by what the same treatment did before', () => {
    const given = (outcome: string) =>
      withValue(withOdi, 'intake.history.priorTreatments', [
        { treatment: 'physiotherapy', weeks: 8, outcome: 'same' },
        { treatment: 'transforaminal epidural', outcome },
      ]);
    const mean = (c: PatientCase) => forecast(c, 'esi-transforaminal', 'leg-pain')!.points[0]!.mean;
    expect(mean(given('better'))).toBeLessThan(mean(withOdi));
    expect(mean(given('worse'))).toBeGreaterThan(mean(withOdi));
  });

  it('abstains from what has no baseline, and says so', () => {
    expect(forecast(sciatica, 'waiting', 'function')).toBeUndefined();
    expect(assess(sciatica).abstained.map((s) => s.key)).toContain('abstained.no-baseline-function');
  });

  it('names a model card that exists', () => {
    for (const f of assess(withOdi).forecasts) expect(modelCard(f.modelCard), f.modelCard).toBeDefined();
    expect(MODEL_CARDS.course.notFor.length).toBeGreaterThan(0);
  });

  it('keeps payer and marital status out of prognosis', () => {
    const odd = withValue(withOdi, 'intake.history.workersCompensation', 'yes');
    expect(prognosticShift(planView(odd, null), 'function')).toEqual(
      prognosticShift(planView(withOdi, null), 'function'),
    );
  });
});

describe('harms', () => {
  it('uses any-complication where a registry gives it, else joins different events', () => {
    expect(harmChance('discectomy-tubular').ids).toEqual(['harm/norway-any-perioperative']);
    expect(harmChance('scs').ids.length).toBeGreaterThan(1);
    expect(harmChance('education-exercise').ids).toEqual([]);
  });
  it('never lets cumulative reoperation fall', () => {
    for (const option of ['discectomy-open', 'decompression', 'decompression-fusion']) {
      const p = reoperation(option).map((r) => r.p);
      expect(p).toEqual([...p].sort((a, b) => a - b));
    }
  });
});
