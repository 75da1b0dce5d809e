import {
  type Assessment,
  type CarePlan,
  drugNameIn,
  type Forecast,
  type MedicationAdvice,
  type PlanOption,
  type ValueOfInformation,
} from '@foramen/spine';
import { capital, percent, words } from '../frame/figures.ts';
import { Chance } from '../judgement/chance.tsx';
import { ForecastFan } from '../judgement/forecast-fan.tsx';
import { Named, StepText, TriggerText, UnknownNames } from '../judgement/named.tsx';
import { useLanguage, useReader, useTabWords } from '../judgement/reader.tsx';
import { Reasoned, StatementLine, Statements } from '../judgement/statement.tsx';
import type { PatientRecord } from '../record/patient-record.ts';
import { PlanHistory } from './plan-history.tsx';

export function PlanTab({ record }: { readonly record: PatientRecord }) {
  const { plan, assessment } = record;
  const said = useTabWords().plan;
  const plain = useReader() === 'patient';
  const language = useLanguage();
  if (plan === null) return <p className="fo-quiet">{said.none}</p>;
  const ranked = plan.options.filter((option) => option.rank !== null);
  const options = [...plan.options].sort((a, b) => (a.rank ?? 999) - (b.rank ?? 999));
  return (
    <div className="fo-columns">
      <div>
        <section className="fo-panel fo-pad fo-section">
          <h2>{said.next}</h2>
          <Statements of={plan.next} />
        </section>
        <section className="fo-section fo-stack fo-tight">
          <div className="fo-row">
            <h2>{said.options}</h2>
            <span className="fo-quiet fo-small">{said[whyRanked(plan, assessment, ranked.length)]}</span>
          </div>
          {options.length === 0 && <p className="fo-panel fo-pad fo-quiet">{said.noOption}</p>}
          {options.map((option) => (
            <Option key={option.id} option={option} forecasts={forecastsOf(option, assessment)} />
          ))}
        </section>
      </div>
      <div>
        {plan.medications.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.medicines}</h2>
            {byDrug(plan.medications).map(([drug, [first, ...others]]) => (
              <div className="fo-drug" key={drug}>
                <strong>{words(drugNameIn(drug, language))}</strong>
                <AdviceMark of={first} />
                <div>
                  <StatementLine statement={first.statement} />
                  {others.length > 0 && (
                    <details className="fo-more">
                      <summary>{said.guidelines(others.length)}</summary>
                      <Statements of={others.map((advice) => advice.statement)} />
                    </details>
                  )}
                </div>
              </div>
            ))}
          </section>
        )}
        {plan.triggers.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.changes}</h2>
            {plan.triggers.map((trigger) => (
              <div className="fo-trigger" key={`${trigger.when} ${trigger.then}`}>
                <span
                  className="fo-small"
                  style={{ color: trigger.direction === 'escalate' ? 'var(--fo-urgent)' : 'var(--fo-ink-2)' }}
                >
                  {said.direction[trigger.direction]}
                </span>
                <Reasoned because={trigger.because}>
                  <span>
                    <TriggerText trigger={trigger} />
                  </span>
                </Reasoned>
              </div>
            ))}
          </section>
        )}
        {plan.valueOfInformation.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.worthKnowing}</h2>
            {plan.valueOfInformation.filter(matters).map((entry) => (
              <div className="fo-hypothesis fo-narrow" key={entry.unknown}>
                <StatementLine statement={entry.statement} />
                <Chance
                  p={entry.probabilityPlanChanges}
                  label={plain ? said.chance : `Chance that ${entry.unknown} changes the plan`}
                  width={70}
                />
                <span className="fo-num">{percent(entry.probabilityPlanChanges)}</span>
              </div>
            ))}
            {!plan.valueOfInformation.some(matters) && <p className="fo-quiet">{said.nothingMatters}</p>}
            <Idle of={plan.valueOfInformation.filter((entry) => !matters(entry))} />
          </section>
        )}
        {plan.counterfactuals.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.smallest}</h2>
            <Statements of={plan.counterfactuals.map((entry) => entry.statement)} />
          </section>
        )}
        {plan.limits.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.limits}</h2>
            {plain && plan.limitStatements !== undefined ? (
              <Statements of={plan.limitStatements} />
            ) : (
              <ul className="fo-small">
                {plan.limits.map((limit) => (
                  <li key={limit}>{capital(limit)}</li>
                ))}
              </ul>
            )}
          </section>
        )}
        {!record.local && <PlanHistory patientId={record.id} planAt={plan.now} />}
      </div>
      {plan.ruledOut.length > 0 && (
        <section className="fo-panel fo-pad fo-whole">
          <div className="fo-row">
            <h2>{said.ruledOut}</h2>
            <span className="fo-quiet fo-small">{said.ruledOutHelp(plan.ruledOut.length)}</span>
          </div>
          <div className="fo-ruled-out">
            {plan.ruledOut.map(({ id, name, statements }) => (
              <div key={id}>
                <h3>
                  <Named term={`option.${id}`} name={name} />
                </h3>
                <Statements of={statements.slice(0, 1)} />
                {statements.length > 1 && (
                  <details className="fo-more">
                    <summary>{said.reasons(statements.length - 1)}</summary>
                    <Statements of={statements.slice(1)} />
                  </details>
                )}
              </div>
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

const CAUTION: readonly MedicationAdvice['advice'][] = [
  'avoid',
  'stop-before-procedure',
  'adjust',
  'review',
  'prefer',
  'standard',
];

/** One entry a drug, its most cautious advice first; drugs to be avoided before the others. */
function byDrug(
  list: readonly MedicationAdvice[],
): readonly (readonly [string, readonly [MedicationAdvice, ...MedicationAdvice[]]])[] {
  const drugs = new Map<string, [MedicationAdvice, ...MedicationAdvice[]]>();
  const sorted = [...list].sort((a, b) => CAUTION.indexOf(a.advice) - CAUTION.indexOf(b.advice));
  for (const advice of sorted) {
    const known = drugs.get(advice.drug);
    if (known === undefined) drugs.set(advice.drug, [advice]);
    else known.push(advice);
  }
  return [...drugs];
}

/** A chance that would be written as 0% is not worth an errand. */
function matters(entry: ValueOfInformation): boolean {
  return entry.probabilityPlanChanges >= 0.005;
}

/** What need not be asked, said once for all of it. */
function Idle({ of }: { readonly of: readonly ValueOfInformation[] }) {
  const said = useTabWords().plan;
  if (of.length === 0) return null;
  return (
    <p className="fo-small fo-quiet">
      {said.notNeeded} <UnknownNames of={of.map((entry) => entry.unknown)} />.
    </p>
  );
}

function whyRanked(
  plan: CarePlan,
  assessment: Assessment | null,
  ranked: number,
): 'ranked' | 'gated' | 'noGoals' {
  if (ranked > 0) return 'ranked';
  return assessment?.triage.gate === true || plan.urgency === 'emergency' ? 'gated' : 'noGoals';
}

function Option({
  option,
  forecasts,
}: {
  readonly option: PlanOption;
  readonly forecasts: readonly Forecast[];
}) {
  const said = useTabWords().plan;
  // Rank and score stand in the header already: what they rest on opens there.
  const placed =
    option.score === null
      ? undefined
      : option.statements.find((statement) => statement.key === 'option.rank');
  return (
    <article className="fo-option" data-first={option.rank === 1}>
      <header>
        {option.rank !== null && (
          <span className="fo-rank" title={said.rank(option.rank)}>
            {option.rank}
            {option.tied === undefined ? '' : '='}
          </span>
        )}
        <h3>
          <Named term={`option.${option.id}`} name={option.name} />
        </h3>
        {option.score !== null && (
          <Reasoned because={placed?.because ?? []}>
            <span className="fo-quiet fo-small" title={said.servesHelp}>
              {said.serves(Math.round(option.score <= 1 ? option.score * 100 : option.score))}
            </span>
          </Reasoned>
        )}
      </header>
      <Statements of={option.statements.filter((statement) => statement !== placed)} />
      {forecasts.length > 0 && (
        <details className="fo-more" open={option.rank === 1}>
          <summary>{said.expect}</summary>
          <div className="fo-fans">
            {forecasts.map((forecast) => (
              <ForecastFan key={`${forecast.option} ${forecast.outcome}`} forecast={forecast} />
            ))}
          </div>
        </details>
      )}
      {option.steps.length > 0 && (
        <details className="fo-more">
          <summary>{said.steps}</summary>
          <ol>
            {option.steps.map((step) => (
              <li key={step}>
                <StepText step={step} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}

/** Forecasts are found by the keys the option names: `option:outcome`. */
function forecastsOf(option: PlanOption, assessment: Assessment | null): readonly Forecast[] {
  if (assessment === null) return [];
  const keys = new Set(option.forecastKeys);
  return assessment.forecasts.filter((forecast) => keys.has(`${forecast.option}:${forecast.outcome}`));
}

/** In a word what to do with a drug. A patient who takes it now is told to ask, never to leave it. */
function AdviceMark({ of }: { readonly of: MedicationAdvice }) {
  const said = useTabWords().plan;
  const plain = useReader() === 'patient';
  const advice = plain && of.taken === true && of.advice === 'avoid' ? 'review' : of.advice;
  return (
    <span className="fo-advice" data-advice={advice}>
      {said.advice[advice]}
    </span>
  );
}
