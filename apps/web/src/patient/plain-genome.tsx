import { patientGenome } from '@foramen/report/genome';
import type { GenomicProfile } from '@foramen/spine';
import { useMemo } from 'react';
import { useLanguage } from '../judgement/reader.tsx';

/** The genotype as the patient is told of it: the words of the patient's genome report. Genes and guidelines stay with the clinician. */
export function PlainGenome({ genome }: { readonly genome: GenomicProfile }) {
  const language = useLanguage();
  const { words, warnings, cards } = useMemo(() => patientGenome(genome, language), [genome, language]);
  return (
    <div className="fo-stack fo-handout" lang={language}>
      <section className="fo-panel fo-pad fo-stack fo-tight">
        <h2>{words.title}</h2>
        <p>{words.genes}</p>
        <p>
          <strong>{words.doNotChange}</strong> {words.doNotChangeMore}
        </p>
        {warnings.map(({ danger, title, text }) => (
          <p key={title} className={danger ? 'fo-abstained' : undefined}>
            <strong>{title}</strong> {text}
          </p>
        ))}
      </section>
      {cards.map(({ look, title, text, lines }) => (
        <section className="fo-panel fo-pad fo-stack fo-tight" key={title}>
          <h2
            className="fo-advice"
            data-advice={look === 'change' ? 'adjust' : look === 'ok' ? 'prefer' : look}
          >
            {title}
          </h2>
          <p>{text}</p>
          <ul>
            {lines.map(({ use, drugs }) => (
              <li key={use}>
                <strong>{use}:</strong> {drugs.join(', ')}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {(
        [
          [words.cannotTell, words.cannotTellList],
          [words.doNow, words.doNowList],
        ] as const
      ).map(([title, list]) => (
        <section className="fo-panel fo-pad fo-stack fo-tight" key={title}>
          <h2>{title}</h2>
          <ul>
            {list.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
