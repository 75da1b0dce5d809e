/** The judgement: `assess` a case, then `plan` it. Pure functions with every conclusion's reasons. */
export { assess, type JudgementOptions } from './assess.ts';
export { MODEL_CARDS, type ModelCard, modelCard } from './forecast/model-cards.ts';
export { plan } from './plan/plan.ts';
