import { type DecisionAid, plan } from '@foramen/care';
import type { Assessment, PatientCase } from '@foramen/spine';
import { type ReactNode, useMemo } from 'react';
import type { Language } from './aid-words.ts';
import { optionName } from './option-name.ts';

/** How much each goal matters, 0 to 10, of those that were asked about. */
export type Weights = Readonly<Partial<Record<DecisionAid['values'][number]['goal'], number>>>;

/** The options in the order in which they serve these weights, by the plan as the server would make it. */
export function RankedOptions(props: {
  readonly known: PatientCase;
  readonly assessment: Assessment;
  readonly weights: Weights;
  readonly language: Language;
}): ReactNode {
  const { known, assessment, weights, language } = props;
  const ranked = useMemo(() => {
    const intake = { ...(known.intake ?? {}), goals: { ...known.intake?.goals, weights } };
    return [...plan({ ...known, intake }, assessment).options]
      .filter((option) => option.rank !== null)
      .sort((a, b) => a.rank! - b.rank!);
  }, [known, assessment, weights]);
  return (
    <ol className="fo-aid-ranked">
      {ranked.slice(0, 6).map((option) => (
        <li key={option.id}>{optionName(option.id, option.name, language)}</li>
      ))}
    </ol>
  );
}
