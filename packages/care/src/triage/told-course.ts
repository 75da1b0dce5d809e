import { normaliseText } from './phrase-book.ts';
import { weeksIn } from './told-duration.ts';
import { mobilityIn } from './told-mobility.ts';
import { tellsOfNow } from './told-now.ts';
import { radiationIn } from './told-radiation.ts';

/**
 * How long the pain lasts, where it goes and what it stops, where nobody was asked and the words say it plainly. Told, not confirmed:
 * the questions stay open beside it. Two durations in one story, or a denial that reaches the words, leave the answer open.
 */
export interface ToldCourse {
  readonly weeks?: Told<number>;
  readonly radiation?: Told<'below-knee' | 'leg' | 'back-only'>;
  readonly walkM?: Told<number>;
  readonly offWorkWeeks?: Told<number>;
  /** 2: up and about or at work no more; 1: hampered; 0: does everything. */
  readonly mobility?: Told<0 | 1 | 2>;
}

export interface Told<T> {
  readonly value: T;
  readonly quote: string;
}

const FIGURES: Readonly<Record<string, number>> = {
  ten: 10,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  'a hundred': 100,
  'one hundred': 100,
  'two hundred': 200,
  diez: 10,
  veinte: 20,
  cincuenta: 50,
  cien: 100,
  doscientos: 200,
};
const WALK = new RegExp(
  `\\b(?:walk|manage|andar|camin\\w+|ando)\\w*\\b[^.;!?\\n\\d]{0,25}?\\b(\\d{1,4}|${Object.keys(FIGURES).join('|')}) ?(m|met(?:er|re)s?|metros|yards?|steps|pasos)\\b`,
);
const WEEKS_EACH: Readonly<Record<string, number>> = {
  day: 1 / 7,
  dia: 1 / 7,
  week: 1,
  semana: 1,
  month: 52 / 12,
  mes: 52 / 12,
  year: 52,
  ano: 52,
};
const OFF_WORK =
  /\b(?:off (?:work|sick)|signed off|de baja)\b[^.;!?\n]{0,20}?\b(\d{1,2}|an?|una?) (day|dia|week|semana|month|mes|year|ano)(?:e?s)?\b/;

/**
 * What the story tells, each with the words that told it.
 *
 * @param now the moment of judgement, ISO 8601; "since March" is read only with it
 */
export function toldCourse(raw: string, now?: string): ToldCourse {
  const text = normaliseText(raw);
  const weeks = weeksIn(text.replace(OFF_WORK, ' '), now);
  const radiation = radiationIn(text);
  const far = WALK.exec(text);
  const walk = far !== null && tellsOfNow(text, far.index, far[0].length) ? far : null;
  const off = OFF_WORK.exec(text);
  const away = off !== null && tellsOfNow(text, off.index, off[0].length) ? off : null;
  const mobility = mobilityIn(text);
  return {
    ...(weeks === undefined ? {} : { weeks }),
    ...(radiation === undefined ? {} : { radiation }),
    ...(walk === null
      ? {}
      : {
          walkM: {
            value: (FIGURES[walk[1]!] ?? Number(walk[1])) * (/^(?:step|paso)/.test(walk[2]!) ? 0.75 : 1),
            quote: walk[0],
          },
        }),
    ...(away === null
      ? {}
      : {
          offWorkWeeks: {
            value: (/^\d/.test(away[1]!) ? Number(away[1]) : 1) * (WEEKS_EACH[away[2]!] ?? 0),
            quote: away[0],
          },
        }),
    ...(mobility === undefined ? {} : { mobility }),
  };
}
