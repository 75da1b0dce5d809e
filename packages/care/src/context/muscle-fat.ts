import { because as cite, type EvidenceBase } from '@foramen/evidence';
import type { LevelContext, LevelFindings, Reason } from '@foramen/spine';
import { because, type Seen } from '../facts.ts';
import { say, traced } from '../say.ts';

const MUSCLES = [
  ['multifidusFatPercent', 'multifidus-fat', 'multifidus'],
  ['erectorSpinaeFatPercent', 'erector-fat', 'erector-spinae'],
] as const;
/** The decades for which healthy people were measured. */
const DECADES = [
  [20, 29],
  [30, 39],
  [40, 49],
  [50, 60],
] as const;

/**
 * Fat of the back muscles, on the fuller side, beside that of healthy people of the same decade. Outside the decades that were measured, or
 * with the age not known, nothing is said: there is no figure.
 */
export function muscleFatContext(
  level: LevelFindings,
  at: string,
  age: { readonly value: number; readonly path: string } | undefined,
  base: EvidenceBase,
): readonly LevelContext[] {
  const decade = DECADES.find(([from, to]) => age !== undefined && age.value >= from && age.value < to + 1);
  if (age === undefined || decade === undefined) return [];
  return MUSCLES.flatMap(([measure, record, muscle]): LevelContext[] => {
    const bySide = level.measures[measure];
    const side = (bySide?.left ?? -1) >= (bySide?.right ?? -1) ? 'left' : 'right';
    const share = bySide?.[side];
    const id = `threshold/${record}-${decade[0]}-${decade[1]}`;
    const healthy = base.records.get(id);
    if (share === undefined || healthy?.type !== 'threshold' || healthy.value === null || !healthy.interval)
      return [];
    const read: Reason = {
      kind: 'fact',
      path: `${at}.measures.${measure}.${side}`,
      text: `${muscle} fat at ${level.level}`,
    };
    const cited = cite(id, base);
    const [low, high] = healthy.interval;
    const params = {
      level: level.level,
      finding: `@finding.${muscle}`,
      q: traced(share / 100, [read]),
      age: traced(age.value, [because(age)]),
      p: traced(healthy.value / 100, [cited]),
      low: traced(low / 100, [cited]),
      high: traced(high / 100, [cited]),
    };
    const key = share > high ? 'context.muscle-fat-above' : 'context.muscle-fat';
    return [
      {
        level: level.level,
        finding: `${muscle}-fat`,
        prevalenceWithoutPain: null,
        statement: say(key, params, 'weak', [read, because(age), cited]),
      },
    ];
  });
}

/** The fuller multifidus of a level where its fat lies above the range of healthy people of that decade; undefined where not, or without a figure. */
export function muscleFatAbove(
  level: LevelFindings,
  at: string,
  age: Seen<number> | undefined,
  base: EvidenceBase,
): Seen<number> | undefined {
  const found = muscleFatContext(level, at, age, base).find(
    (c) => c.finding === 'multifidus-fat' && c.statement.key === 'context.muscle-fat-above',
  );
  const read = found?.statement.because[0];
  if (read?.kind !== 'fact') return undefined;
  const bySide = level.measures.multifidusFatPercent;
  return { value: Math.max(bySide?.left ?? 0, bySide?.right ?? 0), path: read.path };
}
