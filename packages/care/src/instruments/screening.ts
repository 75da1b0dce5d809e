import { complete, INCOMPLETE, type Instrument, plainSum, repeat, sum } from './instrument.ts';

/**
 * STarT Back: item 9 is coded 1 for "very much" or "extremely", else 0 (Hill 2008). Subgroups by total and by the
 * psychosocial items 5 to 9.
 */
export const START_BACK: Instrument = {
  id: 'start-back',
  aliases: ['start', 'startback', 'start back screening tool', 'sbst'],
  ranges: repeat(9, 0, 1),
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const [total, psych] = [sum(all), sum(all.slice(4))];
    const band = total <= 3 ? 'low' : psych <= 3 ? 'medium' : 'high';
    return { score: total, subscores: { psychosocial: psych }, band };
  },
};

/** Items 5 to 25 of the Oerebro questionnaire; answers are codes as marked, item 5 is the number of pain sites. */
export const OEREBRO_21: Instrument = {
  id: 'oerebro-21',
  aliases: ['orebro-21', 'ompq', 'omspq', 'örebro', 'oerebro', 'orebro musculoskeletal pain questionnaire'],
  ranges: repeat(21, 0, 10),
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const reversed = new Set([12, 16, 17, 21, 22, 23, 24, 25]);
    const points = all.map((x, i) => {
      const item = i + 5;
      if (item === 5) return Math.min(10, 2 * x);
      return reversed.has(item) ? 10 - x : x;
    });
    return { score: sum(points) };
  },
};

/** Short form (Linton 2011): light work, sleep at night and expectation to work are reversed. */
export const OEREBRO_10: Instrument = {
  id: 'oerebro-10',
  aliases: [
    'oerebro short',
    'orebro short',
    'orebro-10',
    'ompsq-sf',
    'ompsq-10',
    'omspq-sf',
    'oerebro-sf',
    'orebro short form',
  ],
  ranges: repeat(10, 0, 10),
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    return { score: sum(all.map((x, i) => ([3, 4, 8].includes(i + 1) ? 10 - x : x))) };
  },
};

export const PCS: Instrument = {
  id: 'pcs',
  aliases: ['pain catastrophizing scale', 'pain catastrophising scale'],
  ranges: repeat(13, 0, 4),
  score: plainSum({
    rumination: [8, 9, 10, 11],
    magnification: [6, 7, 13],
    helplessness: [1, 2, 3, 4, 5, 12],
  }),
};

const positive = (score: number): string => (score >= 3 ? 'positive' : 'negative');

export const PHQ_2: Instrument = {
  id: 'phq-2',
  aliases: ['phq2'],
  ranges: repeat(2, 0, 3),
  score: plainSum(),
};
export const GAD_2: Instrument = {
  id: 'gad-2',
  aliases: ['gad2'],
  ranges: repeat(2, 0, 3),
  score: plainSum(),
};
export const GAD_7: Instrument = {
  id: 'gad-7',
  aliases: ['gad7'],
  ranges: repeat(7, 0, 3),
  score: plainSum(),
};

export const PHQ_4: Instrument = {
  id: 'phq-4',
  aliases: ['phq4'],
  ranges: repeat(4, 0, 3),
  score: (answers) => {
    const scored = plainSum({ anxiety: [1, 2], depression: [3, 4] })(answers);
    if (scored.score === null) return scored;
    const { anxiety, depression } = scored.subscores as { anxiety: number; depression: number };
    return {
      ...scored,
      notes: [`anxiety ${positive(anxiety)}`, `depression ${positive(depression)}`],
    };
  },
};

/** Any answer above 0 to item 9 (thoughts of being better off dead) is followed up whatever the total. */
export const PHQ_9: Instrument = {
  id: 'phq-9',
  aliases: ['phq9', 'patient health questionnaire'],
  ranges: repeat(9, 0, 3),
  score: (answers) => {
    const scored = plainSum()(answers);
    const ninth = answers[8];
    const notes =
      ninth !== null && ninth !== undefined && ninth > 0 ? ['item 9 is above 0: ask about safety today'] : [];
    return { ...scored, subscores: { item9: ninth ?? null }, notes };
  },
};

export const TSK_17: Instrument = {
  id: 'tsk-17',
  aliases: ['tsk', 'tampa scale of kinesiophobia'],
  ranges: repeat(17, 1, 4),
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    return { score: sum(all.map((x, i) => ([4, 8, 12, 16].includes(i + 1) ? 5 - x : x))) };
  },
};

export const CSI: Instrument = {
  id: 'csi',
  aliases: ['central sensitization inventory', 'central sensitisation inventory'],
  ranges: repeat(25, 0, 4),
  score: plainSum(),
};
