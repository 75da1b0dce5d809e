/** One study, genome and intake to findings, case, assessment and plan. */

export { analyze } from './analyze.ts';
export { carryLabels } from './carry-labels.ts';
export * from './inputs.ts';
