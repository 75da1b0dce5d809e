/** One study, genome and intake to findings, case, assessment and plan. */

export * from './inputs.ts';
