/** The judgement: `assess` a case, then `plan` it. Pure functions with every conclusion's reasons. */

export { type AidOption, type DecisionAid, decisionAid, type IconArray } from './aid/decision-aid.ts';
export { education } from './aid/education.ts';
export { assess, type JudgementOptions } from './assess.ts';
export { buildCase } from './case/build-case.ts';
export type { RecordedPerson } from './case/contradictions.ts';
export {
  catalogueFor,
  type ExplainedReason,
  explain,
  explainReasons,
  explainStep,
  explainTerm,
  explainTrigger,
} from './explain/explain.ts';
export { fernandezHuerta, fleschKincaidGrade } from './explain/readability.ts';
export { citedEvidence, traceNumbers } from './explain/trace.ts';
export { modelCard } from './forecast/model-cards.ts';
export { allQuestionnaires, answersOf, questionnaireOf } from './instruments/questionnaire.ts';
export { INSTRUMENTS, instrumentNamed, scoreQuestionnaire } from './instruments/score.ts';
export type { Catalogue, Message, ReaderLevel, Term } from './messages/catalogue.ts';
export { plan } from './plan/plan.ts';
export { triage } from './triage/triage.ts';
