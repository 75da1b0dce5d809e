import type { Concordance, Hypothesis } from '@foramen/spine';
import { instrumentName, interval, percent, words } from '../frame/figures.ts';
import { BodyMap } from '../judgement/body-map.tsx';
import { Chance } from '../judgement/chance.tsx';
import { StatementLine, Statements } from '../judgement/statement.tsx';
import type { PatientRecord } from '../record/patient-record.ts';

/** Hypotheses shown without opening the rest. */
const LEADING = 7;

const FIT = ['no fit', 'picture only', 'picture and pain', 'picture, pain and sign'] as const;

export function AssessmentTab({ record }: { readonly record: PatientRecord }) {
  const assessment = record.assessment;
  if (assessment === null) return <p className="fo-quiet">Nothing has been judged yet.</p>;
  const scored = record.case?.scores ?? [];
  const concordance = [...assessment.concordance].sort((a, b) => b.grade - a.grade);
  return (
    <div className="fo-columns">
      <div>
        <section className="fo-panel fo-pad fo-section">
          <h2>What explains the symptoms</h2>
          {assessment.differential.length === 0 && (
            <p className="fo-quiet">No hypothesis could be weighed.</p>
          )}
          {assessment.differential.slice(0, LEADING).map((hypothesis) => (
            <HypothesisRow key={hypothesis.id} hypothesis={hypothesis} />
          ))}
          {assessment.differential.length > LEADING && (
            <details className="fo-more">
              <summary>Less likely</summary>
              {assessment.differential.slice(LEADING).map((hypothesis) => (
                <HypothesisRow key={hypothesis.id} hypothesis={hypothesis} />
              ))}
            </details>
          )}
        </section>
        {concordance.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Does the picture fit the symptoms</h2>
            {concordance.map((entry) => (
              <ConcordanceRow key={`${entry.level} ${entry.root} ${entry.side}`} entry={entry} />
            ))}
          </section>
        )}
        {assessment.statements.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Notes</h2>
            <Statements of={assessment.statements} />
          </section>
        )}
      </div>
      <div>
        {record.intake !== null &&
          (record.intake.symptoms?.regions?.length ?? 0) + (record.intake.symptoms?.numbness?.length ?? 0) >
            0 && (
            <section className="fo-panel fo-pad fo-section">
              <h2>Where it hurts</h2>
              <BodyMap intake={record.intake} />
            </section>
          )}
        <section className="fo-panel fo-pad fo-section" data-numbers="shared">
          <h2>Red flags</h2>
          <table className="fo-table fo-flags">
            <tbody>
              {assessment.triage.flags.map((flag) => (
                <tr key={flag.condition}>
                  <td>{words(flag.condition)}</td>
                  <td>
                    <span
                      className="fo-chip"
                      data-tone={flag.status === 'raised' || flag.status === 'possible' ? 'warn' : undefined}
                    >
                      {FLAG[flag.status]}
                    </span>
                  </td>
                  <td className="fo-num">{flag.p === null ? '' : percent(flag.p)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <details className="fo-more">
            <summary>Why</summary>
            <Statements
              of={[...assessment.triage.flags.map((flag) => flag.statement), ...assessment.triage.statements]}
            />
          </details>
        </section>
        {assessment.nextTests.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Tests that would change the ranking most</h2>
            {assessment.nextTests.map((test) => (
              <div className="fo-hypothesis fo-narrow" key={test.test}>
                <StatementLine statement={test.statement} />
                <Chance
                  p={Math.min(1, test.value)}
                  label={`Expected change of the ranking by ${test.test}`}
                  width={70}
                />
                <span className="fo-num">{percent(test.value)}</span>
              </div>
            ))}
          </section>
        )}
        {assessment.risks.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Risks</h2>
            {assessment.risks.map((risk) => (
              <div className="fo-hypothesis fo-narrow" key={risk.risk}>
                <div>
                  <StatementLine statement={risk.statement} />
                  {risk.modifiable.length > 0 && (
                    <details className="fo-more">
                      <summary>What can be changed</summary>
                      <Statements of={risk.modifiable} />
                    </details>
                  )}
                </div>
                {risk.p === null ? (
                  <span />
                ) : (
                  <Chance p={risk.p} range={risk.interval} label={risk.risk} width={70} />
                )}
                <span className="fo-num">
                  {risk.p === null ? (
                    <span className="fo-quiet">{risk.band}</span>
                  ) : (
                    <>
                      <strong>{percent(risk.p)}</strong>
                      <span className="fo-quiet fo-small fo-band">{risk.band}</span>
                    </>
                  )}
                </span>
              </div>
            ))}
          </section>
        )}
        {scored.length > 0 && (
          <section className="fo-panel fo-pad fo-section" data-numbers="answers">
            <h2>Questionnaires</h2>
            <table className="fo-table">
              <tbody>
                {scored.map((score) => (
                  <tr key={`${score.instrument} ${score.date ?? ''}`}>
                    <td>{instrumentName(score.instrument)}</td>
                    <td className="fo-num">
                      {score.score === null ? (
                        <span className="fo-quiet">not scored</span>
                      ) : (
                        <>
                          <strong>{Number(score.score.toFixed(2))}</strong>{' '}
                          <span className="fo-quiet">of {score.max}</span>
                        </>
                      )}
                    </td>
                    <td className="fo-quiet">{score.band ?? score.why ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {(assessment.abstained.length > 0 || (record.case?.problems.length ?? 0) > 0) && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Not judged</h2>
            <Statements of={assessment.abstained} />
            {(record.case?.setAside ?? []).map((aside) => (
              <p className="fo-small" key={aside.path}>
                <strong>{aside.path}:</strong> {JSON.stringify(aside.value)} could not be used and counts as
                unknown.
              </p>
            ))}
            {record.case?.problems.map((problem) => (
              <p className="fo-small" key={`${problem.where} ${problem.what}`}>
                <strong>{problem.where}:</strong> {problem.what}. {problem.help}
              </p>
            ))}
          </section>
        )}
      </div>
    </div>
  );
}

const FLAG = {
  raised: 'raised',
  possible: 'possible',
  'not-raised': 'not raised',
  'not-assessed': 'not asked',
} as const;

function HypothesisRow({ hypothesis }: { readonly hypothesis: Hypothesis }) {
  return (
    <div className="fo-hypothesis">
      <StatementLine statement={hypothesis.statement} />
      <Chance p={hypothesis.p} range={hypothesis.interval} label={hypothesis.condition} width={130} />
      <span className="fo-num">
        <strong>{percent(hypothesis.p)}</strong>{' '}
        <span className="fo-quiet fo-small">{interval(hypothesis.interval)}</span>
      </span>
    </div>
  );
}

function ConcordanceRow({ entry }: { readonly entry: Concordance }) {
  return (
    <div className="fo-concordance">
      <div>
        <strong>{entry.level}</strong>
        <div className="fo-small fo-quiet">
          {entry.root}, {entry.side}
        </div>
      </div>
      <div>
        <div className="fo-small">
          <span className="fo-pips" aria-hidden="true">
            {[1, 2, 3].map((n) => (
              <i key={n} data-on={n <= entry.grade} />
            ))}
          </span>
          {FIT[entry.grade]}
          {entry.contactP === undefined ? '' : ` · contact with the root ${percent(entry.contactP)}`}
        </div>
        <StatementLine statement={entry.statement} />
      </div>
    </div>
  );
}
