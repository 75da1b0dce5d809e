/** One study, genome and intake to findings, case, assessment and plan. */

export { analyze } from './analyze.ts';
export * from './inputs.ts';
export { type AnalysisStage, STAGE_WORDS } from './stages.ts';
