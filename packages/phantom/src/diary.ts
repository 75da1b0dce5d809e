import { clamp, type Rng } from './prng.ts';

/** One day: pain now 0 to 10, worst leg pain, steps; null where the patient wrote nothing. */
export interface DiaryDay {
  readonly date: string;
  readonly pain: number | null;
  readonly legPain: number | null;
  readonly steps: number | null;
}

/** Course between `turns` (day, pain, leg pain, steps): straight lines, with day-to-day noise and gaps. */
export interface DiaryStory {
  readonly start: string;
  readonly days: number;
  readonly turns: readonly (readonly [day: number, pain: number, legPain: number, steps: number])[];
  readonly missing: number;
}

/** ISO date `days` after an ISO date (proleptic Gregorian, no time zone). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function writeDiary(story: DiaryStory, rng: Rng): DiaryDay[] {
  let drift = 0;
  return Array.from({ length: story.days }, (_, day): DiaryDay => {
    const next = Math.max(
      1,
      story.turns.findIndex((t) => t[0] > day),
    );
    const b = story.turns[story.turns.findIndex((t) => t[0] > day) < 0 ? story.turns.length - 1 : next]!;
    const a = story.turns[story.turns.findIndex((t) => t[0] > day) < 0 ? story.turns.length - 1 : next - 1]!;
    const f = b[0] > a[0] ? clamp((day - a[0]) / (b[0] - a[0]), 0, 1) : 0;
    const mix = (k: 1 | 2 | 3): number => a[k] + (b[k] - a[k]) * f;
    drift = 0.6 * drift + rng.normal(0, 0.55);
    const pain = mix(1);
    const leg = mix(2);
    const wobble = pain < 0.5 ? Math.abs(drift) * 0.4 : drift;
    const weekend = day % 7 >= 5 ? 0.85 : 1;
    const steps = Math.max(0, mix(3) * weekend * Math.exp(rng.normal(0, 0.2)) * (1 - 0.03 * drift));
    const gap = rng.chance(story.missing);
    const noSteps = rng.chance(story.missing * 0.6);
    return {
      date: addDays(story.start, day),
      pain: gap ? null : Math.round(clamp(pain + wobble, 0, 10)),
      legPain: gap ? null : Math.round(clamp(leg > 0 ? leg + wobble * 0.9 : 0, 0, 10)),
      steps: noSteps ? null : Math.round(steps),
    };
  });
}

export function diaryCsv(days: readonly DiaryDay[]): string {
  const cell = (v: number | null): string => (v === null ? '' : String(v));
  const rows = days.map((d) => [d.date, cell(d.pain), cell(d.legPain), cell(d.steps)].join(','));
  return `${['date,pain,leg_pain,steps', ...rows].join('\n')}\n`;
}
