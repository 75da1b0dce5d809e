import { positionLabel } from './call-gene.ts';
import type { GeneTable } from './gene-table.ts';
import type { Assembly } from './locus.ts';
import type { GeneSites, SiteCall } from './site.ts';

/**
 * Positions at which the reference genome (GRCh38) itself carries the rarer allele: most people differ from it, so a file that lists
 * variants only must list them, and a silent file is more likely unread than reference (1000 Genomes frequencies).
 */
const REFERENCE_CARRIES_MINOR: Readonly<Record<string, string>> = {
  rs3758581: 'CYP2C19: 89-98% of chromosomes carry G, the reference genome A (*38)',
  rs776746: 'CYP3A5: most people outside Africa carry C (*3), the reference genome T (*1)',
};

interface AssumedSites {
  readonly sites: GeneSites;
  /** Every position filled in. */
  readonly assumed: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Absent positions filled with the reference base of the file's assembly, because the caller asked for it; every one of them is named. One that the
 * file does speak of without a call (`./.`, contradictory, unreadable) is not absent, and stays missing.
 */
export function withAssumedReference(
  table: GeneTable,
  sites: GeneSites,
  assembly: Assembly,
  unread: ReadonlySet<number> = new Set(),
): AssumedSites {
  const filled = new Map<number, SiteCall>(sites);
  const haploid =
    sites.size > 0 ? [...sites.values()].every((site) => site.haploid) : table.chromosome === 'chrM';
  const names: string[] = [];
  const doubtful: string[] = [];
  table.positions.forEach((position, at) => {
    if (sites.has(at) || unread.has(at)) return;
    const name = positionLabel(table, at);
    names.push(name);
    // The two assemblies do not carry the same base everywhere: on GRCh37 a silent rs3758581 means CYP2C19 *1.
    const ref = assembly === 'GRCh37' ? position.ref37 : position.ref;
    if (ref === position.ref && REFERENCE_CARRIES_MINOR[name]) doubtful.push(name);
    filled.set(at, {
      first: ref,
      second: haploid ? null : ref,
      haploid,
      phased: false,
      phaseSet: null,
      undocumented: [],
    });
  });
  const notes =
    names.length > 0
      ? [`${names.length} positions read as reference because asked to, not because seen`]
      : [];
  return {
    sites: filled,
    assumed: names,
    notes: [
      ...notes,
      ...doubtful.map((name) => `${name} was assumed reference although ${REFERENCE_CARRIES_MINOR[name]}`),
    ],
  };
}

/** A missing position of that kind deserves a word of its own. */
export function referenceMinorNotes(table: GeneTable, sites: GeneSites): readonly string[] {
  if (sites.size === 0) return [];
  return table.positions.flatMap((position, at) => {
    const why = REFERENCE_CARRIES_MINOR[position.rsid];
    return why && !sites.has(at) ? [`${position.rsid} is missing, and ${why}`] : [];
  });
}
