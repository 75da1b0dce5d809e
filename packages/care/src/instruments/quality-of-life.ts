import { EVIDENCE, type EvidenceBase, table } from '@foramen/evidence';
import {
  complete,
  INCOMPLETE,
  type Instrument,
  repeat,
  type Scored,
  type ScoringContext,
  sum,
} from './instrument.ts';

const DIMENSIONS = ['MO', 'SC', 'UA', 'PD', 'AD'] as const;

/** Rounds to the three decimals of the value sets. */
const exact = (x: number): number => Math.round(x * 1000) / 1000;

function decrements(key: string, row: string, base: EvidenceBase): ReadonlyMap<string, number> | undefined {
  const t = table(key, base);
  const values = t.rows.find((r) => r.row === row)?.values;
  return values === undefined ? undefined : new Map(t.columns.map((c, i) => [c, values[i] ?? 0]));
}

/**
 * Utility of a health state on one value set: 1 minus the decrement of each dimension, minus the constant (5L: once if
 * any level is above 1; 3L: c2 if any is above 1 and c3 if any is 3).
 * @param levels five levels: mobility, self-care, usual activities, pain or discomfort, anxiety or depression.
 * @returns undefined for an unknown value set or a level outside it.
 */
export function eq5dUtility(
  version: '5l' | '3l',
  levels: readonly number[],
  valueSet: string,
  base: EvidenceBase = EVIDENCE,
): number | undefined {
  const d = decrements(`eq-5d-${version}`, valueSet, base);
  const highest = version === '5l' ? 5 : 3;
  if (d === undefined || levels.length !== 5) return undefined;
  if (levels.some((l) => !Number.isInteger(l) || l < 1 || l > highest)) return undefined;
  const loss = sum(DIMENSIONS.map((dim, i) => (levels[i] === 1 ? 0 : (d.get(`${dim}${levels[i]}`) ?? 0))));
  const any = levels.some((l) => l > 1);
  const constant =
    version === '5l'
      ? any
        ? d.get('c')!
        : 0
      : (any ? d.get('c2')! : 0) + (levels.some((l) => l === 3) ? d.get('c3')! : 0);
  return exact(1 - loss - constant);
}

function scoreEq5d(version: '5l' | '3l', fallback: string) {
  return (answers: readonly (number | null)[], { valueSet, base }: ScoringContext): Scored => {
    const levels = complete(answers);
    if (levels === null) return INCOMPLETE;
    const rows = table(`eq-5d-${version}`, base).rows.map((r) => r.row);
    const wanted = valueSet ?? fallback;
    const subscores = Object.fromEntries(rows.map((r) => [r, eq5dUtility(version, levels, r, base) ?? null]));
    const score = eq5dUtility(version, levels, wanted, base);
    if (score === undefined) return { score: null, subscores, why: `there is no value set ${wanted}` };
    return { score, subscores, notes: [`value set ${wanted}`, `state ${levels.join('')}`] };
  };
}

export const EQ_5D_5L: Instrument = {
  id: 'eq-5d-5l',
  aliases: ['eq5d5l', 'eq-5d', 'eq5d', 'euroqol'],
  ranges: repeat(5, 1, 5),
  decimalTotal: true,
  score: scoreEq5d('5l', 'UK-2026'),
};
export const EQ_5D_3L: Instrument = {
  id: 'eq-5d-3l',
  aliases: ['eq5d3l'],
  ranges: repeat(5, 1, 3),
  decimalTotal: true,
  score: scoreEq5d('3l', 'UK-1997'),
};

/**
 * PROMIS Global-10: physical health from items 3, 6, 7, 8 and mental health from 2, 4, 5, 10; item 7 is pain 0 to 10
 * recoded to 5, 4, 3, 2, 1. The score shown is the physical T.
 */
export const PROMIS_GLOBAL_10: Instrument = {
  id: 'promis-global-10',
  aliases: ['promis global', 'promis10', 'promis-10'],
  ranges: [...repeat(6, 1, 5), [0, 10], ...repeat(3, 1, 5)],
  decimalTotal: true,
  score: (answers, { base }) => {
    const all = complete(answers);
    if (all === null) return INCOMPLETE;
    const pain = all[6]!;
    const recoded = pain === 0 ? 5 : pain <= 3 ? 4 : pain <= 6 ? 3 : pain <= 9 ? 2 : 1;
    const item = (n: number): number => (n === 7 ? recoded : all[n - 1]!);
    const physical = sum([3, 6, 7, 8].map(item));
    const mental = sum([2, 4, 5, 10].map(item));
    const t = table('promis-global-10', base);
    const lookUp = (row: string, raw: number): number | null =>
      t.rows.find((r) => r.row === row)?.values[t.columns.indexOf(String(raw))] ?? null;
    return {
      score: lookUp('physical', physical),
      subscores: {
        physicalRaw: physical,
        mentalRaw: mental,
        physicalT: lookUp('physical', physical),
        mentalT: lookUp('mental', mental),
      },
    };
  },
};

/** Domains whose table is the same in every version of the profile; that of physical function is not. */
const ALIKE = ['anxiety', 'depression', 'fatigue', 'sleep-disturbance', 'social-roles', 'pain-interference'];
const DOMAINS = ['physical-function', ...ALIKE];

/**
 * PROMIS-29: seven domains of four items, scored as numbered on the form, and pain 0 to 10. Raw sums and T scores by the manual's tables;
 * physical function has a T score only where the version is named, for its table changed from 2.0 to 2.1.
 */
function promis29(version: 'v2.0' | 'v2.1' | null, aliases: readonly string[]): Instrument {
  return {
    id: version === null ? 'promis-29' : `promis-29-${version}`,
    aliases,
    ranges: [...repeat(28, 1, 5), [0, 10]],
    score: (answers, { base }) => {
      const subscores: Record<string, number | null> = {};
      DOMAINS.forEach((domain, i) => {
        const items = complete(answers.slice(i * 4, i * 4 + 4));
        const raw = items === null ? null : sum(items);
        subscores[`${domain}-raw`] = raw;
        const alike = ALIKE.includes(domain);
        if (!alike && version === null) return;
        const t = table(alike ? 'promis-29' : 'promis-29-function', base);
        const values = t.rows.find((r) => r.row === (alike ? domain : version))?.values;
        subscores[`${domain}-t`] = raw === null ? null : (values?.[t.columns.indexOf(String(raw))] ?? null);
      });
      subscores['pain-intensity'] = answers[28] ?? null;
      return {
        score: null,
        subscores,
        why: `a profile of seven domains, without one total${
          version === null ? '; physical function has a T score only for a named version, 2.0 or 2.1' : ''
        }`,
      };
    },
  };
}

export const PROMIS_29 = promis29(null, ['promis29', 'promis-29 profile']);
export const PROMIS_29_V20 = promis29('v2.0', ['promis-29 v2', 'promis-29 profile v2.0']);
export const PROMIS_29_V21 = promis29('v2.1', ['promis-29 profile v2.1', 'promis-29+2 v2.1']);
