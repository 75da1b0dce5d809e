import { percent } from './decimals.ts';
import type { GradeVector } from './finding.ts';

/** A grade of an ordered scale as it is put to a reader: what it is called, what it is expected to be, and what else it may be. */
interface GradeReading {
  /** Place in `p` of the grade that is named, and of the most probable one. */
  readonly named: number;
  readonly likeliest: number;
  /** Mean of the scale under `p`, in the scale's own numbering. */
  readonly expected: number;
  /** First and last place of the shortest run of grades about the named one that holds at least four fifths, and what it holds. */
  readonly range: readonly [number, number];
  readonly rangeP: number;
  /** Why another grade than the most probable one is named, as a sentence; null where the most probable one is. */
  readonly because: string | null;
}

const HELD = 0.8;

/**
 * Reads a grade of an ordered scale, the same for page, report and structured report.
 *
 * @param names of the grades in the order of `p`
 * @param first number of the scale's first grade
 */
export function readGrade(g: GradeVector, names: readonly string[], first: number): GradeReading {
  const { p } = g;
  const named = Math.min(p.length - 1, Math.max(0, g.grade - first));
  const likeliest = p.indexOf(Math.max(...p));
  const expected = first + p.reduce((sum, v, k) => sum + v * k, 0) / p.reduce((sum, v) => sum + v, 0);
  const { range, held } = rangeAbout(p, named);
  return {
    named,
    likeliest,
    expected,
    range,
    rangeP: held,
    because: (p[named] ?? 0) < (p[likeliest] ?? 0) ? why(g, names, named, likeliest, expected) : null,
  };
}

function rangeAbout(p: readonly number[], named: number): { range: readonly [number, number]; held: number } {
  let best: { range: readonly [number, number]; held: number } = { range: [0, p.length - 1], held: 1 };
  for (let from = 0; from <= named; from++) {
    for (let to = named; to < p.length; to++) {
      const held = p.slice(from, to + 1).reduce((a, b) => a + b, 0);
      const length = to - from;
      const shortest = best.range[1] - best.range[0];
      if (held >= HELD && (length < shortest || (length === shortest && held > best.held)))
        best = { range: [from, to], held };
    }
  }
  return best;
}

function why(
  g: GradeVector,
  names: readonly string[],
  named: number,
  likeliest: number,
  expected: number,
): string {
  const [call, other] = [names[named] ?? '', names[likeliest] ?? ''];
  const alone = `Named ${call} although ${other} alone is likelier (${percent(g.p[likeliest] ?? 0)}): `;
  const cut = named > likeliest ? g.cuts?.[named - 1] : g.cuts?.[named];
  if (cut === undefined) return `${alone}half of the probability lies on either side of ${call}.`;
  const where = named > likeliest ? 'from' : 'up to';
  // As many digits as it takes to see on which side of the cut it lies.
  const digits = expected.toFixed(1) === cut.toFixed(1) ? 2 : 1;
  return `${alone}the expected grade is ${expected.toFixed(digits)}, and expert readers say ${call} ${where} ${cut.toFixed(digits)}.`;
}
