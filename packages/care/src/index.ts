/** The judgement: `assess` a case, then `plan` it. Pure functions with every conclusion's reasons. */
export { assess, type JudgementOptions } from './assess.ts';
export { buildCase, type CaseParts } from './case/build-case.ts';
export { type ReadIntake, readIntake } from './case/read-intake.ts';
export { levelContext } from './context/context.ts';
export { CATALOGUES, type ExplainedReason, type Explanation, explain } from './explain/explain.ts';
export { MODEL_CARDS, type ModelCard, modelCard } from './forecast/model-cards.ts';
export { eq5dUtility } from './instruments/quality-of-life.ts';
export {
  INSTRUMENTS,
  instrumentNamed,
  type ScoredQuestionnaire,
  scoreQuestionnaire,
} from './instruments/score.ts';
export { plan } from './plan/plan.ts';
export { riskEstimates } from './risk/risk.ts';
export { type Question, questionsOf, RED_FLAG_QUESTIONS } from './triage/questions.ts';
export { triage } from './triage/triage.ts';
