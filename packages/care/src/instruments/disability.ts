import { complete, INCOMPLETE, type Instrument, repeat, sum } from './instrument.ts';

/** Oswestry Disability Index: 100 x sum over 5 x answered items, rounded; one item may be missing (Fairbank 1980, 2000). */
export const ODI: Instrument = {
  id: 'odi',
  aliases: ['oswestry', 'oswestry disability index'],
  ranges: repeat(10, 0, 5),
  decimalTotal: true,
  score: (answers) => {
    const given = answers.filter((a) => a !== null);
    if (given.length < 9)
      return { score: null, why: `${10 - given.length} items are missing; at most one may be` };
    return { score: Math.round((100 * sum(given)) / (5 * given.length)) };
  },
};

/** Roland-Morris: an unanswered statement does not apply, by the instrument's own rule; none answered is no score. */
export const RMDQ: Instrument = {
  id: 'rmdq',
  aliases: ['roland morris', 'roland-morris disability questionnaire', 'rdq'],
  ranges: repeat(24, 0, 1),
  score: (answers) => {
    const given = answers.filter((a) => a !== null);
    return given.length === 0 ? { score: null, why: 'no statement was answered' } : { score: sum(given) };
  },
};

/** Core Outcome Measures Index, back: mean of five domains on 0 to 10. */
export const COMI: Instrument = {
  id: 'comi',
  aliases: ['comi back', 'core outcome measures index'],
  ranges: [...repeat(2, 0, 10), ...repeat(5, 1, 5)],
  decimal: true,
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const [back, leg, ...rest] = all as [number, number, ...number[]];
    const [fn, wellbeing, quality, social, work] = rest.map((x) => (x - 1) * 2.5) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const domains = {
      pain: Math.max(back, leg),
      function: fn,
      wellbeing,
      quality,
      disability: (social + work) / 2,
    };
    return { score: Math.round(sum(Object.values(domains)) * 20) / 100, subscores: domains };
  },
};

export const NRS: Instrument = {
  id: 'nrs',
  aliases: ['nrs pain', 'numeric rating scale', 'vas 0-10'],
  ranges: repeat(1, 0, 10),
  decimal: true,
  score: ([value]) => (value === null || value === undefined ? INCOMPLETE : { score: value }),
};
