import type { Assessment, LevelContext } from '@foramen/spine';

/** Findings that the picture shows of each cause. */
const SHOWS: Readonly<Partial<Record<string, readonly string[]>>> = {
  herniation: ['protrusion', 'extrusion'],
  'central-stenosis': ['severe-central-stenosis'],
  'lateral-recess-stenosis': ['severe-central-stenosis'],
  disc: ['modic-any', 'annular-fissure', 'disc-degeneration', 'height-loss', 'signal-loss'],
  facet: ['facet-degeneration'],
  spondylolisthesis: ['spondylolisthesis'],
};
const MOST = 4;

/**
 * What of a scan a patient is told, each finding once: first what the picture shows of the likeliest cause, at its level where one is named, with or
 * without a figure of how usual it is; then the usual ones, from the lowest level that shows each.
 */
export function findingsForPatient(assessment: Assessment): readonly LevelContext[] {
  const top = assessment.differential[0];
  const shown = top === undefined ? [] : (SHOWS[top.condition] ?? []);
  const here = assessment.context.filter(({ finding }) => shown.includes(finding));
  const lead = here.find(({ level }) => level === top?.level) ?? here[0];
  const others = assessment.context.filter(
    (entry, n, all) =>
      entry.prevalenceWithoutPain !== null &&
      entry.finding !== lead?.finding &&
      all.findIndex((other) => other.finding === entry.finding && other.prevalenceWithoutPain !== null) === n,
  );
  return [...(lead === undefined ? [] : [lead]), ...others].slice(0, MOST);
}
