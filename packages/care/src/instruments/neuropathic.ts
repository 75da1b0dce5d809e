import { complete, INCOMPLETE, type Instrument, repeat, sum } from './instrument.ts';

/**
 * painDETECT (Freynhagen 2006): seven items 0 to 5; item 8 is the points of the pain course (0, -1 or 1); item 9 is
 * radiating pain, no 0, yes 1 (counted as 2 points; a 2 is read as yes).
 */
export const PAIN_DETECT: Instrument = {
  id: 'paindetect',
  aliases: ['pain detect', 'paindetect questionnaire', 'pd-q'],
  ranges: [...repeat(7, 0, 5), [-1, 1], [0, 2]],
  score: (answers) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const radiating = all[8]! > 0 ? 2 : 0;
    return { score: sum(all.slice(0, 7)) + all[7]! + radiating };
  },
};

/** DN4: seven interview items, then three of examination. Without the examination the interview part alone is scored. */
export const DN4: Instrument = {
  id: 'dn4',
  aliases: ['douleur neuropathique 4'],
  ranges: repeat(10, 0, 1),
  score: (answers) => {
    const interview = complete(answers.slice(0, 7));
    if (interview === null) return INCOMPLETE;
    const part = sum(interview);
    const all = complete(answers);
    if (all === null) {
      return {
        score: null,
        subscores: { interview: part },
        why: 'the examination items are missing; the interview part is scored alone',
        notes: [part >= 3 ? 'interview part positive' : 'interview part negative'],
      };
    }
    return { score: sum(all), subscores: { interview: part } };
  },
};
