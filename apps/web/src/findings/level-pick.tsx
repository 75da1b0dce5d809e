import { useTabWords } from '../judgement/reader.tsx';
import type { LevelCardProps } from './level-card.tsx';

/** The name of a level; choosing it shows the level in the picture. */
export function LevelPick(props: Pick<LevelCardProps, 'level' | 'selected' | 'onSelect'>) {
  const said = useTabWords().study;
  return (
    <button type="button" className="fo-level-pick" aria-pressed={props.selected} onClick={props.onSelect}>
      <h3>{props.level.level}</h3>
      <span className="fo-quiet fo-small">{props.selected ? said.shown : said.show}</span>
    </button>
  );
}
