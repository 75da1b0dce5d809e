import { complete, INCOMPLETE, type Instrument, repeat, type Scored, sum } from './instrument.ts';

/**
 * Items of the Opioid Risk Tool (Webster 2005), in order: family alcohol, illegal drugs, prescription drugs; personal
 * alcohol, illegal drugs, prescription drugs; age 16 to 45; sexual abuse before adolescence; ADD, OCD, bipolar disorder or
 * schizophrenia; depression. [female, male] points.
 */
const ORT_WEIGHTS: readonly (readonly [number, number])[] = [
  [1, 3],
  [2, 3],
  [4, 4],
  [3, 3],
  [4, 4],
  [5, 5],
  [1, 1],
  [3, 0],
  [2, 2],
  [1, 1],
];

const weigh = (all: readonly number[], column: 0 | 1): number =>
  sum(all.map((x, i) => x * (ORT_WEIGHTS[i]?.[column] ?? 0)));

export const ORT: Instrument = {
  id: 'ort',
  aliases: ['opioid risk tool'],
  ranges: repeat(10, 0, 1),
  score: (answers, { sex }): Scored => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const [female, male] = [weigh(all, 0), weigh(all, 1)];
    if (sex === undefined && female !== male) {
      return {
        score: null,
        subscores: { ifFemale: female, ifMale: male },
        why: 'the points of an answer depend on sex, which is not known',
      };
    }
    return { score: sex === 'male' ? male : female };
  },
};

/** The nine items of the ORT without sexual abuse, one point each (Cheatle 2019). */
export const ORT_OUD: Instrument = {
  id: 'ort-oud',
  aliases: ['revised opioid risk tool', 'ort revised', 'ortoud'],
  ranges: repeat(9, 0, 1),
  score: (answers) => {
    const all = complete(answers);
    return all === null ? INCOMPLETE : { score: sum(all) };
  },
};
