import type { Concordance, Hypothesis, Statement } from '@foramen/spine';
import { instrumentName, interval, percent, words } from '../frame/figures.ts';
import { BodyMap } from '../judgement/body-map.tsx';
import { Chance } from '../judgement/chance.tsx';
import { placeOf, plainCauses } from '../judgement/plain-causes.ts';
import { useLanguage, useReader, useTabWords } from '../judgement/reader.tsx';
import { StatementLine, Statements } from '../judgement/statement.tsx';
import type { PatientRecord } from '../record/patient-record.ts';

/** Hypotheses shown without opening the rest. */
const LEADING = 7;

export function AssessmentTab({ record }: { readonly record: PatientRecord }) {
  const assessment = record.assessment;
  const said = useTabWords().assessment;
  const language = useLanguage();
  const plain = useReader() === 'patient';
  if (assessment === null) return <p className="fo-quiet">{said.none}</p>;
  const scored = record.case?.scores ?? [];
  const concordance = [...assessment.concordance].sort((a, b) => b.grade - a.grade);
  return (
    <div className="fo-columns">
      <div>
        <section className="fo-panel fo-pad fo-section">
          <h2>{said.explains}</h2>
          {assessment.differential.length === 0 && <p className="fo-quiet">{said.noHypothesis}</p>}
          <Causes of={assessment.differential} />
        </section>
        {concordance.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.fits}</h2>
            {concordance.map((entry) => (
              <ConcordanceRow key={`${entry.level} ${entry.root} ${entry.side}`} entry={entry} />
            ))}
          </section>
        )}
        {assessment.statements.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.notes}</h2>
            <Statements of={assessment.statements} />
          </section>
        )}
      </div>
      <div>
        {record.intake !== null &&
          (record.intake.symptoms?.regions?.length ?? 0) + (record.intake.symptoms?.numbness?.length ?? 0) >
            0 && (
            <section className="fo-panel fo-pad fo-section">
              <h2>{said.where}</h2>
              <BodyMap intake={record.intake} language={language} />
            </section>
          )}
        <section className="fo-panel fo-pad fo-section" data-numbers="shared">
          <h2>{said.redFlags}</h2>
          {/* The name of a danger and its figure are for whoever knows what they mean; the sentence is for both. */}
          {plain && <Statements of={assessment.triage.flags.map((flag) => flag.statement)} />}
          {!plain && (
            <table className="fo-table fo-flags">
              <tbody>
                {assessment.triage.flags.map((flag) => (
                  <tr key={flag.condition}>
                    <td>{words(flag.condition)}</td>
                    <td>
                      <span
                        className="fo-chip"
                        data-tone={
                          flag.status === 'raised' || flag.status === 'possible' ? 'warn' : undefined
                        }
                      >
                        {said.flag[flag.status]}
                      </span>
                    </td>
                    <td className="fo-num">{flag.p === null ? '' : percent(flag.p)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <details className="fo-more">
            <summary>{said.why}</summary>
            <Statements
              of={[
                ...(plain ? [] : assessment.triage.flags.map((flag) => flag.statement)),
                ...assessment.triage.statements,
              ]}
            />
          </details>
        </section>
        {assessment.nextTests.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.tests}</h2>
            {assessment.nextTests.map((test) => (
              <div className="fo-hypothesis fo-narrow" key={test.test}>
                <StatementLine statement={test.statement} />
                <Chance
                  p={Math.min(1, test.value)}
                  label={plain ? said.tests : `Expected change of the ranking by ${test.test}`}
                  width={70}
                />
                <span className="fo-num">{percent(test.value)}</span>
              </div>
            ))}
          </section>
        )}
        {assessment.risks.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.risks}</h2>
            {assessment.risks.map((risk) => (
              <div className="fo-hypothesis fo-narrow" key={risk.risk}>
                <div>
                  <StatementLine statement={risk.statement} />
                  {risk.modifiable.length > 0 && (
                    <details className="fo-more">
                      <summary>{said.change}</summary>
                      <Statements of={risk.modifiable} />
                    </details>
                  )}
                </div>
                {risk.p === null ? (
                  <span />
                ) : (
                  <Chance
                    p={risk.p}
                    range={risk.interval}
                    label={plain ? said.risks : risk.risk}
                    width={70}
                  />
                )}
                <span className="fo-num">
                  {risk.p === null ? (
                    <span className="fo-quiet">{said.band[risk.band]}</span>
                  ) : (
                    <>
                      <strong>{percent(risk.p)}</strong>
                      <span className="fo-quiet fo-small fo-band">{said.band[risk.band]}</span>
                    </>
                  )}
                </span>
              </div>
            ))}
          </section>
        )}
        {scored.length > 0 && (
          <section className="fo-panel fo-pad fo-section" data-numbers="answers">
            <h2>{said.questionnaires}</h2>
            <table className="fo-table">
              <tbody>
                {scored.map((score) => (
                  <tr key={`${score.instrument} ${score.date ?? ''}`}>
                    <td>{said.asks[score.instrument.toLowerCase()] ?? instrumentName(score.instrument)}</td>
                    <td className="fo-num">
                      {score.score === null ? (
                        <span className="fo-quiet">{said.notScored}</span>
                      ) : (
                        <>
                          <strong>{Number(score.score.toFixed(2))}</strong>{' '}
                          <span className="fo-quiet">{said.of(score.max)}</span>
                        </>
                      )}
                    </td>
                    <td className="fo-quiet">{plain ? '' : (score.band ?? score.why ?? '')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {(assessment.abstained.length > 0 || (record.case?.problems.length ?? 0) > 0) && (
          <section className="fo-panel fo-pad fo-section">
            <h2>{said.notJudged}</h2>
            <Statements of={assessment.abstained} />
            {plain && (record.case?.setAside ?? []).length > 0 && (
              <p className="fo-small">{said.setAside(record.case!.setAside!.length)}</p>
            )}
            {(plain ? [] : (record.case?.setAside ?? [])).map((aside) => (
              <p className="fo-small" key={aside.path}>
                <strong>{aside.path}:</strong> {JSON.stringify(aside.value)} could not be used and counts as
                unknown.
              </p>
            ))}
            {(plain ? [] : (record.case?.problems ?? [])).map((problem) => (
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

/** Every site on its own for a clinician; in plain words each cause once. */
function Causes({ of }: { readonly of: readonly Hypothesis[] }) {
  const { assessment: said, side } = useTabWords();
  const plain = useReader() === 'patient';
  const where = (h: Hypothesis): string =>
    placeOf(h)
      .map((part) => side[part as keyof typeof side] ?? part)
      .join(', ');
  const rows = plain
    ? plainCauses(of).map((cause) => (
        <CauseRow
          key={cause.condition}
          statement={cause.statement}
          label={said.explains}
          p={cause.p}
          where={cause.places.map(where)}
        />
      ))
    : of.map((h) => (
        <CauseRow
          key={h.id}
          statement={h.statement}
          label={h.condition}
          p={h.p}
          range={h.interval}
          where={[]}
        />
      ));
  return (
    <>
      {rows.slice(0, LEADING)}
      {rows.length > LEADING && (
        <details className="fo-more">
          <summary>{said.lessLikely}</summary>
          {rows.slice(LEADING)}
        </details>
      )}
    </>
  );
}

function CauseRow(props: {
  readonly statement: Statement;
  readonly label: string;
  readonly p: number;
  readonly range?: readonly [number, number];
  readonly where: readonly string[];
}) {
  return (
    <div className="fo-hypothesis">
      <div>
        <StatementLine statement={props.statement} />
        {props.where.length > 0 && <div className="fo-hypothesis-where">{props.where.join('; ')}</div>}
      </div>
      <Chance p={props.p} range={props.range ?? null} label={props.label} width={130} />
      <span className="fo-num">
        <strong>{percent(props.p)}</strong>{' '}
        {props.range !== undefined && <span className="fo-quiet fo-small">{interval(props.range)}</span>}
      </span>
    </div>
  );
}

function ConcordanceRow({ entry }: { readonly entry: Concordance }) {
  const { assessment: said, side } = useTabWords();
  return (
    <div className="fo-concordance">
      <div>
        <strong>{entry.level}</strong>
        <div className="fo-small fo-quiet">
          {entry.root}, {side[entry.side] ?? entry.side}
        </div>
      </div>
      <div>
        <div className="fo-small">
          <span className="fo-pips" aria-hidden="true">
            {[1, 2, 3].map((n) => (
              <i key={n} data-on={n <= entry.grade} />
            ))}
          </span>
          {said.fit[entry.grade]}
          {entry.contactP === undefined ? '' : ` · ${said.contact(percent(entry.contactP))}`}
        </div>
        <StatementLine statement={entry.statement} />
      </div>
    </div>
  );
}
