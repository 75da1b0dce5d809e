import type { GeneTable } from './gene-table.ts';
import type { OutsideCall } from './outside.ts';
import { arrangementScore } from './phenotype.ts';

/** Which of these genotypes hold copies that nobody counted. */
export function arrangementNotes(table: GeneTable, names: readonly string[]): string[] {
  const open = names.filter((name) =>
    name.split('/').some((allele) => arrangementScore(table, allele)?.atLeast),
  );
  return open.map((name) => `${name}: copy number not counted, the activity score is a lower bound`);
}

/** Where a report's own class or score differs from what the definitions here make of its diplotype. */
export function statedNotes(
  calls: readonly OutsideCall[],
  phenotype: string,
  score: string | null,
): string[] {
  const notes = calls.flatMap((call) => {
    const out: string[] = [];
    const stated = call.statedPhenotype?.replace(/metaboli[sz]er/i, 'Metabolizer');
    if (stated && stated.toLowerCase() !== phenotype.toLowerCase())
      out.push(`the report says ${stated}; by the definitions used here it is ${phenotype}`);
    if (call.statedScore && Number(call.statedScore) !== Number(score?.replace('≥', '') ?? Number.NaN))
      out.push(
        `the report says activity score ${call.statedScore}; by the definitions used here it is ${score ?? 'none'}`,
      );
    return out;
  });
  return [...new Set(notes)];
}
