export const WAYS = ['C-STORE', 'STOW', 'upload', 'answer'] as const;
export type Way = (typeof WAYS)[number];
export const PHASES = ['room', 'nearly full', 'full', 'room again'] as const;
export type Phase = (typeof PHASES)[number];

/** What came of everything that was sent, by phase and way. */
export class Tally {
  readonly #counts = new Map<Phase, Map<Way, Map<string, number>>>();

  note(phase: Phase, way: Way, outcome: string): void {
    const ways = this.#counts.get(phase) ?? new Map<Way, Map<string, number>>();
    const outcomes = ways.get(way) ?? new Map<string, number>();
    this.#counts.set(phase, ways.set(way, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)));
  }

  /** How often this way had such an outcome in that phase. */
  noted(phase: Phase, way: Way, outcome: RegExp): number {
    return this.#outcomes(phase, way).reduce((sum, [said, n]) => (outcome.test(said) ? sum + n : sum), 0);
  }

  /** A row for each phase, in Markdown. */
  table(): string {
    const row = (phase: Phase): string =>
      `| ${phase} | ${WAYS.map((way) =>
        this.#outcomes(phase, way)
          .map(([said, n]) => `${n} ${said}`)
          .join(', '),
      ).join(' | ')} |`;
    return [`| | ${WAYS.join(' | ')} |`, '|---|---|---|---|---|', ...PHASES.map(row)].join('\n');
  }

  #outcomes(phase: Phase, way: Way): readonly (readonly [string, number])[] {
    return [...(this.#counts.get(phase)?.get(way) ?? [])];
  }
}

/** Notes what does not hold. */
export type Demand = (holds: boolean, what: string) => void;
