import { useTabWords } from '../judgement/reader.tsx';
import { StatementLine } from '../judgement/statement.tsx';
import type { LevelCardProps } from './level-card.tsx';
import { LevelPick } from './level-pick.tsx';

/** A disc as a patient is told of it: what stands out, how common that is, whether it fits what hurts. Grades and measures stay with the clinician. */
export function PlainLevel(props: LevelCardProps) {
  const said = useTabWords().study;
  const { level, context } = props;
  const statements = [...props.concordance.filter((entry) => entry.grade >= 2), ...context].map(
    (entry) => entry.statement,
  );
  return (
    <article className="fo-level" data-selected={props.selected} aria-label={level.level}>
      <header>
        <LevelPick {...props} />
      </header>
      {statements.length > 0 ? (
        <div className="fo-context">
          {statements.map((statement) => (
            <StatementLine key={`${statement.key} ${statement.text}`} statement={statement} />
          ))}
        </div>
      ) : (
        <p className="fo-quiet fo-small">{level.abstained === undefined ? said.nothing : said.notRead}</p>
      )}
    </article>
  );
}
