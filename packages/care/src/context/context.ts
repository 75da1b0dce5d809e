import { because as cite, EVIDENCE, type EvidenceBase, prevalenceWithoutPain } from '@foramen/evidence';
import {
  isGrade,
  isPresence,
  type LevelContext,
  type LevelFindings,
  type PatientCase,
  type Reason,
} from '@foramen/spine';
import { ageOf, because, isWithheld, round, rule } from '../facts.ts';
import { say, traced } from '../say.ts';
import { muscleFatContext } from './muscle-fat.ts';

/** A finding named at a level: its key in the prevalence records, how likely it is there, and where it was read. */
interface Named {
  /** Key of the prevalence records, or null when the base has no figure for people without pain. */
  readonly finding: string;
  readonly p: number;
  readonly path: string;
}

/** A finding is put in context from even odds on. */
const SHOWN_FROM = 0.5;

const atLeast = (p: readonly number[], from: number): number => p.slice(from).reduce((a, b) => a + b, 0);

function herniationKey(level: LevelFindings): string {
  return level.herniationType === 'extrusion' || level.herniationType === 'sequestration'
    ? 'extrusion'
    : 'protrusion';
}

function findingsOf(level: LevelFindings, at: string): readonly Named[] {
  const out: Named[] = [];
  const add = (finding: string, p: number, field: string): void => {
    if (p >= SHOWN_FROM) out.push({ finding, p: round(p), path: `${at}.${field}` });
  };
  // Pfirrmann III and more is what the age table counts as degeneration.
  if (isGrade(level.pfirrmann)) add('disc-degeneration', atLeast(level.pfirrmann.p, 2), 'pfirrmann');
  if (isPresence(level.narrowing)) add('height-loss', level.narrowing.p, 'narrowing');
  if (isPresence(level.signalLoss)) add('signal-loss', level.signalLoss.p, 'signalLoss');
  if (isPresence(level.annularFissure)) add('annular-fissure', level.annularFissure.p, 'annularFissure');
  const facets = (['left', 'right'] as const).flatMap((side) => {
    const grade = level.facetDegeneration?.[side];
    return isGrade(grade) ? [{ side, p: atLeast(grade.p, 1) }] : [];
  });
  const [worst] = facets.toSorted((a, b) => b.p - a.p);
  if (worst !== undefined) add('facet-degeneration', worst.p, `facetDegeneration.${worst.side}`);
  if (isPresence(level.bulging)) add('bulge', level.bulging.p, 'bulging');
  if (isPresence(level.herniation)) add(herniationKey(level), level.herniation.p, 'herniation');
  if (isPresence(level.spondylolisthesis))
    add('spondylolisthesis', level.spondylolisthesis.p, 'spondylolisthesis');
  if (isGrade(level.modic)) add('modic-any', atLeast(level.modic.p, 1), 'modic');
  if (isGrade(level.schizas)) add('severe-central-stenosis', atLeast(level.schizas.p, 2), 'schizas');
  return out;
}

/**
 * Each finding beside how common it is at that age in people without pain (Brinjikji 2015 and others, by evidence id).
 * An unknown age gives no figure, said as such, never an average over ages.
 */
export function levelContext(patient: PatientCase, base: EvidenceBase = EVIDENCE): readonly LevelContext[] {
  const stated = ageOf(patient);
  // An age that another answer contradicts gives no figure.
  const age = stated !== undefined && !isWithheld(patient, stated.path) ? stated : undefined;
  return (patient.findings?.levels ?? []).flatMap((level, i) => [
    ...findingsOf(level, `findings.levels[${i}]`).map(({ finding, p, path }): LevelContext => {
      const read: Reason = { kind: 'fact', path, text: `${finding} at ${level.level}` };
      const share = age === undefined ? null : prevalenceWithoutPain(finding, age.value, base);
      const any = age === undefined ? prevalenceWithoutPain(finding, 50, base) : share;
      const ageless = any !== null && any.ids.length === 1 && isAgeless(any.ids[0], base) ? any : null;
      const used = share ?? ageless;
      const name = { level: level.level, finding: `@finding.${finding}`, q: traced(p, [read]) };
      if (used === null) {
        const why =
          age === undefined
            ? rule('context/age-unknown', 'how common it is depends on age, and the age is not known')
            : rule('context/no-figure', 'no figure for this finding at this age in people without pain');
        return {
          level: level.level,
          finding,
          prevalenceWithoutPain: null,
          statement: say(
            age === undefined ? 'context.age-unknown' : 'context.no-figure',
            name,
            'insufficient',
            [read, why, ...(age === undefined ? [] : [because(age)])],
          ),
        };
      }
      const cited = used.ids.map((id) => cite(id, base));
      const common = used.p >= 0.5;
      const params = { ...name, p: traced(round(used.p), cited) };
      const statement =
        age === undefined || ageless !== null
          ? say('context.any-age', params, 'moderate', [read, ...cited])
          : say(
              common ? 'context.usual' : 'context.share',
              { ...params, age: traced(age.value, [because(age)]) },
              'moderate',
              [read, because(age), ...cited],
            );
      return { level: level.level, finding, prevalenceWithoutPain: round(used.p), statement };
    }),
    ...muscleFatContext(level, `findings.levels[${i}]`, age, base),
  ]);
}

function isAgeless(id: string, base: EvidenceBase): boolean {
  const found = base.records.get(id);
  return found?.type === 'prevalence' && found.age === null;
}
