import { type AidOption, type DecisionAid, decisionAid } from '@foramen/care';
import type { PatientCase } from '@foramen/spine';
import { Slider } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { later, Part } from '../frame/later.tsx';
import { IconArray } from '../judgement/icon-array.tsx';
import type { PatientRecord } from '../record/patient-record.ts';
import { type Language, WORDS } from './aid-words.ts';
import { optionName } from './option-name.ts';
import { PatientLines, plain } from './patient-lines.tsx';
import type { Weights } from './ranked-options.tsx';
import './aid.css';

// The order is worked out by the whole plan, which brings all of triage with it: the figures do not wait for that.
const RankedOptions = later(() => import('./ranked-options.tsx').then((m) => ({ default: m.RankedOptions })));

interface AidViewProps {
  readonly record: PatientRecord;
  readonly language: Language;
  /** Stores the weights; absent where there is nowhere to store them. */
  readonly onSave?: (weights: Weights) => Promise<void>;
}

/** The decision aid: the same outcomes out of 100 people for every option, early or later, and what matters to this person. */
export function AidView({ record, language, onSave }: AidViewProps) {
  const words = WORDS[language];
  const { assessment } = record;
  const known = record.case;
  const aid = useMemo(
    () =>
      known === null || assessment === null || record.plan === null
        ? null
        : decisionAid(known, assessment, record.plan),
    [known, assessment, record.plan],
  );
  if (known === null || assessment === null || record.plan === null)
    return <p className="fo-panel fo-pad fo-quiet">{words.notYet}</p>;
  if (aid === null) {
    return (
      <p className={`fo-panel fo-pad ${assessment.triage.gate ? 'fo-aid-gate' : 'fo-quiet'}`} lang={language}>
        {assessment.triage.gate ? words.gate : words.well}
      </p>
    );
  }
  return (
    <div className="fo-aid" lang={language}>
      <section className="fo-panel fo-pad fo-stack fo-tight">
        <h2>{words.yourChoice}</h2>
        <PatientLines of={[aid.decision, aid.noTreatment]} language={language} />
      </section>
      <Values aid={aid} known={known} record={record} language={language} {...(onSave ? { onSave } : {})} />
      <section className="fo-stack fo-tight">
        <h2>{words.options}</h2>
        <div className="fo-aid-options">
          {aid.options.map((option) => (
            <OptionCard key={option.id} option={option} language={language} />
          ))}
        </div>
      </section>
      {aid.earlyLater.length > 0 && (
        <section className="fo-panel fo-pad fo-stack fo-tight">
          <h2>{words.earlyLater}</h2>
          <PatientLines of={aid.earlyLater} language={language} />
        </section>
      )}
      <section className="fo-panel fo-pad fo-stack fo-tight">
        <h2>{words.how}</h2>
        <PatientLines of={[aid.uncertainty]} language={language} />
      </section>
      <section className="fo-panel fo-pad fo-stack fo-tight">
        <h2>{words.ownWords}</h2>
        <PatientLines of={[aid.ownWords.prompt]} language={language} />
        {aid.ownWords.said.map((said) => (
          <blockquote key={said}>{said}</blockquote>
        ))}
        <div className="fo-aid-lines" aria-hidden="true" />
      </section>
      <details className="fo-more fo-aid-standard">
        <summary>{words.questions}</summary>
        <ul lang="en">
          {aid.ipdas.map((item) => (
            <li key={item.id}>
              {item.item} <span className="fo-quiet">({item.how})</span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function OptionCard({ option, language }: { readonly option: AidOption; readonly language: Language }) {
  const words = WORDS[language];
  return (
    <article className="fo-panel fo-pad fo-stack fo-tight">
      <h3>{optionName(option.id, option.name, language)}</h3>
      <div className="fo-aid-icons">
        {option.icons.map((icon) => (
          <figure key={`${icon.outcome} ${icon.weeks}`}>
            <IconArray
              count={icon.n}
              range={[icon.lo, icon.hi]}
              tone={icon.outcome === 'better' ? 'good' : 'bad'}
              label={plain(icon.statement, language)}
            />
            <figcaption>
              <strong>
                {icon.n} / {icon.of}
              </strong>{' '}
              {words.outcome[icon.outcome]} {words.inWeeks(icon.weeks)}.{' '}
              <span className="fo-quiet">{words.between(icon.lo, icon.hi)}</span>
            </figcaption>
          </figure>
        ))}
      </div>
      {option.icons.length > 0 && (
        <details className="fo-more">
          <summary>{words.why}</summary>
          <PatientLines of={option.icons.map((icon) => icon.statement)} language={language} />
        </details>
      )}
      {option.harms !== null && <PatientLines of={[option.harms]} language={language} />}
      {option.unknown.length > 0 && <PatientLines of={option.unknown} language={language} />}
    </article>
  );
}

/** Weights on sliders; the order of the options is computed again in this page with every move. */
function Values(props: {
  readonly aid: DecisionAid;
  readonly known: PatientCase;
  readonly record: PatientRecord;
  readonly language: Language;
  readonly onSave?: (weights: Weights) => Promise<void>;
}): ReactNode {
  const { aid, known, record, language } = props;
  const words = WORDS[language];
  const [weights, setWeights] = useState<Weights>(() =>
    Object.fromEntries(aid.values.flatMap(({ goal, weight }) => (weight === null ? [] : [[goal, weight]]))),
  );
  const [saved, setSaved] = useState<'no' | 'saving' | 'yes' | 'failed'>('no');
  const changed = aid.values.some(({ goal, weight }) => (weights[goal] ?? null) !== weight);
  return (
    <section className="fo-panel fo-pad fo-stack fo-tight" data-numbers="answers">
      <h2>{words.matters}</h2>
      <p className="fo-quiet">{words.mattersHelp}</p>
      <div className="fo-aid-values">
        <div>
          {aid.values.map(({ goal }) => (
            <div className="fo-aid-value" key={goal}>
              <span aria-hidden="true">{words.goal[goal]}</span>
              <Slider
                min={0}
                max={10}
                step={1}
                size="sm"
                label={null}
                thumbLabel={words.goal[goal]}
                value={weights[goal] ?? 0}
                onChange={(value) => {
                  setSaved('no');
                  setWeights({ ...weights, [goal]: value });
                }}
              />
              <span className="fo-num">
                {weights[goal] ?? <span className="fo-quiet fo-small">{words.notAsked}</span>}
              </span>
            </div>
          ))}
        </div>
        <div aria-live="polite">
          <h3>{words.fits}</h3>
          {record.assessment === null || !Object.values(weights).some((weight) => weight > 0) ? (
            <p className="fo-quiet">{words.notAsked}</p>
          ) : (
            <Part>
              <RankedOptions
                known={known}
                assessment={record.assessment}
                weights={weights}
                language={language}
              />
            </Part>
          )}
          {changed && saved !== 'yes' && (
            <p className="fo-small fo-quiet">
              {words.notSaved}{' '}
              {props.onSave !== undefined && (
                <button
                  type="button"
                  className="fo-plain"
                  disabled={saved === 'saving'}
                  onClick={() => {
                    setSaved('saving');
                    props.onSave?.(weights).then(
                      () => setSaved('yes'),
                      () => setSaved('failed'),
                    );
                  }}
                >
                  {words.save}
                </button>
              )}
            </p>
          )}
          {saved === 'yes' && <p className="fo-small">{words.saved}</p>}
          {saved === 'failed' && (
            <p className="fo-small fo-wrong" role="alert">
              {words.failed}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}
