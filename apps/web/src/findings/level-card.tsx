import {
  type Concordance,
  type Graded,
  isGrade,
  isPresence,
  type LevelContext,
  type LevelFindings,
  type Presence,
  withUnit,
} from '@foramen/spine';
import { amount, percent, ROMAN, words } from '../frame/figures.ts';
import { Chance } from '../judgement/chance.tsx';
import { StatementLine } from '../judgement/statement.tsx';
import { Contacts, contactsNotAssessed } from './contacts.tsx';
import { GradeBars } from './grade-bars.tsx';
import { intervalOf, measured, sourceOf } from './measures.ts';
import './findings.css';
import { LevelPick } from './level-pick.tsx';

export interface LevelCardProps {
  readonly level: LevelFindings;
  readonly context: readonly LevelContext[];
  readonly concordance: readonly Concordance[];
  readonly selected: boolean;
  readonly onSelect: () => void;
}

const PRESENCES = [
  ['herniation', 'Herniation'],
  ['bulging', 'Bulging'],
  ['narrowing', 'Narrowing'],
  ['spondylolisthesis', 'Slip'],
  ['endplateUpper', 'Upper endplate'],
  ['endplateLower', 'Lower endplate'],
  ['signalLoss', 'Loss of T2 signal'],
  ['highIntensityZone', 'High-intensity zone'],
] as const satisfies readonly (readonly [keyof LevelFindings, string])[];

const GRADES = [
  ['modic', 'Modic', ['0', '1', '2', '3']],
  ['meyerding', 'Meyerding', ['0', 'I', 'II', 'III', 'IV']],
  ['schizas', 'Schizas', ['A', 'B', 'C', 'D']],
  ['leeCentral', 'Lee central', ['0', '1', '2', '3']],
  ['msuSize', 'MSU size', ['1', '2', '3']],
  ['msuZone', 'MSU zone', ['A', 'B', 'C']],
  ['nassType', 'NASS type', ['none', 'Bu', 'Pr', 'Ex', 'Se']],
] as const satisfies readonly (readonly [keyof LevelFindings, string, readonly string[]])[];

/** Grades of each side, shown from the grade that is worth a look: a few streaks of fat in muscle are the rule at any age. */
const SIDED_GRADES = [
  ['leeForaminal', 'Lee foraminal', ['0', '1', '2', '3'], 1],
  ['goutallierMultifidus', 'Goutallier, multifidus', ['0', '1', '2', '3', '4'], 2],
] as const satisfies readonly (readonly [keyof LevelFindings, string, readonly string[], number])[];

/** One disc level: grades with their probabilities, measures with units, findings beside how common they are without pain. */
export function LevelCard(props: LevelCardProps) {
  const { level } = props;
  const rows = measured(level.measures);
  const first = rows.filter((row) => row.first === true);
  const rest = rows.filter((row) => row.first !== true);
  const refused = [...abstentions(level), ...contactsNotAssessed(level)];
  const quiet = isQuiet(level) && !props.concordance.some((entry) => entry.grade >= 2);
  const body = (
    <>
      {level.abstained !== undefined ? (
        <p className="fo-abstained">Not graded: {level.abstained}</p>
      ) : (
        <div className="fo-level-body">
          <div className="fo-level-grades">
            {isGrade(level.pfirrmann) && (
              <GradeBars title="Pfirrmann" grade={level.pfirrmann} names={ROMAN.slice(1)} first={1} />
            )}
            {GRADES.map(([key, title, names]) => {
              const graded = level[key];
              if (!isGrade(graded)) return null;
              const first = key === 'schizas' || key === 'msuSize' || key === 'msuZone' ? 1 : 0;
              // "No change" with little doubt needs no picture of its own.
              if (graded.grade === first && (graded.p[0] ?? 0) > 0.85) return null;
              return <GradeBars key={key} title={title} grade={graded} names={names} first={first} />;
            })}
            {SIDED_GRADES.flatMap(([key, title, names, from]) =>
              (['left', 'right'] as const).map((side) => {
                const graded = level[key]?.[side];
                if (!isGrade(graded) || graded.grade < from) return null;
                return (
                  <GradeBars
                    key={`${key} ${side}`}
                    title={`${title}, ${side}`}
                    grade={graded}
                    names={names}
                    first={0}
                  />
                );
              }),
            )}
          </div>
          <div className="fo-presences">
            {PRESENCES.map(([key, name]) => {
              const presence = level[key];
              if (!isPresence(presence)) return null;
              return (
                <div className="fo-presence" key={key}>
                  <span>{name}</span>
                  <Chance p={presence.p} label={name} width={64} />
                  <span className="fo-num">{percent(presence.p)}</span>
                </div>
              );
            })}
          </div>
        </div>
      )}
      {first.length > 0 && (
        <dl className="fo-measures">
          {first.map((row) => (
            <Measure
              key={row.key}
              name={row.name}
              unit={row.unit}
              text={amount(row.measured, row.digits)}
              source={sourceOf(row, level.details)}
            />
          ))}
        </dl>
      )}
      <Contacts level={level} />
      {props.context.length > 0 && (
        <div className="fo-context">
          {props.context.map((entry) => (
            <div key={entry.finding}>
              <StatementLine statement={entry.statement} />
            </div>
          ))}
        </div>
      )}
      {(rest.length > 0 || refused.length > 0) && (
        <details className="fo-more">
          <summary>
            {rest.length > 0 ? `${rest.length} more measures` : ''}
            {rest.length > 0 && refused.length > 0 ? ' · ' : ''}
            {refused.length > 0 ? `${refused.length} not judged` : ''}
          </summary>
          {rest.length > 0 && (
            <dl className="fo-measures">
              {rest.map((row) => (
                <Measure
                  key={row.key}
                  name={row.name}
                  unit={row.unit}
                  text={amount(row.measured, row.digits)}
                  interval={intervalOf(row, level.details)}
                  source={sourceOf(row, level.details)}
                />
              ))}
            </dl>
          )}
          {refused.length > 0 && (
            <ul className="fo-small">
              {refused.map(([what, why]) => (
                <li key={what}>
                  {what}: {why}
                </li>
              ))}
            </ul>
          )}
        </details>
      )}
    </>
  );
  return (
    <article className="fo-level" data-selected={props.selected} aria-label={level.level}>
      <header>
        <LevelPick {...props} />
        {level.confidence < 0.9 && (
          <span className="fo-chip" data-tone="warn">
            level name {percent(level.confidence)} sure
          </span>
        )}
        {level.herniationType !== undefined && level.herniationType !== 'unknown' && (
          <span className="fo-chip">
            {words(level.herniationType)}
            {level.herniationSide !== undefined && level.herniationSide !== 'unknown'
              ? `, ${level.herniationSide}`
              : ''}
            {level.herniationZone !== undefined && level.herniationZone !== 'unknown'
              ? `, ${level.herniationZone}`
              : ''}
          </span>
        )}
        {props.concordance
          .filter((entry) => entry.grade >= 2)
          .map((entry) => (
            <span className="fo-chip" data-tone="accent" key={`${entry.root} ${entry.side}`}>
              fits {entry.root} symptoms, {entry.side}
            </span>
          ))}
      </header>
      {quiet ? (
        <details className="fo-more" open={props.selected}>
          <summary>{inShort(level)}</summary>
          {body}
        </details>
      ) : (
        body
      )}
    </article>
  );
}

/** Nothing at the level is more likely there than not, beside what age alone brings to a disc: it steps back behind the others. */
function isQuiet(level: LevelFindings): boolean {
  if (level.abstained !== undefined || level.confidence < 0.9) return false;
  if (!isGrade(level.pfirrmann) || level.pfirrmann.grade > 3) return false;
  if (level.herniationType !== undefined && level.herniationType !== 'unknown') return false;
  const likely = PRESENCES.some(([key]) => {
    const presence = level[key];
    return isPresence(presence) && presence.p >= 0.5;
  });
  const graded = GRADES.some(([key, , names]) => {
    const grade = level[key];
    return isGrade(grade) && grade.grade > (names[0] === '0' || names[0] === 'none' ? 0 : 1);
  });
  const sided = SIDED_GRADES.some(([key, , , from]) =>
    (['left', 'right'] as const).some((side) => {
      const grade = level[key]?.[side];
      return isGrade(grade) && grade.grade >= from;
    }),
  );
  return !likely && !graded && !sided;
}

/** What a quiet level says without being opened: its grade, and the likeliest of what is unlikely. */
function inShort(level: LevelFindings): string {
  const grade = isGrade(level.pfirrmann)
    ? `Pfirrmann ${ROMAN[level.pfirrmann.grade]}, ${percent(level.pfirrmann.p[level.pfirrmann.grade - 1] ?? 0)}`
    : '';
  const [likeliest] = PRESENCES.flatMap(([key, name]) => {
    const presence = level[key];
    return isPresence(presence) ? [{ name, p: presence.p }] : [];
  }).sort((a, b) => b.p - a.p);
  return likeliest === undefined
    ? grade
    : `${grade} · nothing likely: ${likeliest.name.charAt(0).toLowerCase()}${likeliest.name.slice(1)} ${percent(likeliest.p)} at most`;
}

function Measure(props: {
  readonly name: string;
  readonly unit: string;
  readonly text: string;
  readonly interval?: string | null;
  readonly source?: string | null;
}) {
  return (
    <div {...(props.source ? { title: props.source } : {})}>
      <dt>{props.name}</dt>
      <dd>
        {withUnit(props.text, props.unit)}
        {props.interval ? <span className="fo-quiet"> {props.interval}</span> : null}
      </dd>
    </div>
  );
}

/** Every grade of the level that was refused, with the reason. */
function abstentions(level: LevelFindings): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const note = (name: string, value: Graded | Presence | undefined) => {
    if (value !== undefined && 'abstained' in value) found.push([name, value.abstained]);
  };
  note('Pfirrmann', level.pfirrmann);
  for (const [key, name] of GRADES) note(name, level[key]);
  for (const [key, name] of PRESENCES) note(name, level[key]);
  for (const side of ['left', 'right'] as const) {
    note(`Lee foraminal, ${side}`, level.leeForaminal?.[side]);
    note(`Lateral recess, ${side}`, level.lateralRecess?.[side]);
    note(`Goutallier, multifidus, ${side}`, level.goutallierMultifidus?.[side]);
    note(`Goutallier, erector spinae, ${side}`, level.goutallierErectorSpinae?.[side]);
  }
  return found;
}
