/** The judgement: `assess` a case, then `plan` it. Pure functions with every conclusion's reasons. */

export { type AidOption, type DecisionAid, decisionAid, type IconArray } from './aid/decision-aid.ts';
export { education } from './aid/education.ts';
export { IPDAS_ITEMS, type IpdasItem } from './aid/ipdas.ts';
export { assess, type JudgementOptions } from './assess.ts';
export { buildCase, type CaseParts } from './case/build-case.ts';
export { type ReadIntake, readIntake } from './case/read-intake.ts';
export { levelContext } from './context/context.ts';
export {
  CATALOGUES,
  catalogueFor,
  type ExplainedReason,
  type ExplainOptions,
  type Explanation,
  explain,
  explainTrigger,
} from './explain/explain.ts';
export { fernandezHuerta, fleschKincaidGrade } from './explain/readability.ts';
export { allStatements, citedEvidence, traceNumbers, type UntracedNumber } from './explain/trace.ts';
export { MODEL_CARDS, type ModelCard, modelCard } from './forecast/model-cards.ts';
export { eq5dUtility } from './instruments/quality-of-life.ts';
export {
  allQuestionnaires,
  answersOf,
  type FhirQuestionnaire,
  questionnaireOf,
} from './instruments/questionnaire.ts';
export {
  INSTRUMENTS,
  instrumentNamed,
  type ScoredQuestionnaire,
  scoreQuestionnaire,
} from './instruments/score.ts';
export type { Catalogue, Message, ReaderLevel, Term } from './messages/catalogue.ts';
export { plan } from './plan/plan.ts';
export { riskEstimates } from './risk/risk.ts';
export { type Question, questionsOf, RED_FLAG_QUESTIONS } from './triage/questions.ts';
export { triage } from './triage/triage.ts';
