/** The field's vocabulary: levels, sides, units, patient coordinates, findings, the case, and what is said about it. */

export * from './access.ts';
export * from './assessment.ts';
export * from './calendar.ts';
export * from './case.ts';
export * from './corridor.ts';
export * from './decimals.ts';
export * from './evidence-record.ts';
export * from './finding.ts';
export * from './fragment-text.ts';
export * from './genome.ts';
export * from './grade-reading.ts';
export * from './intake.ts';
export * from './knowable.ts';
export * from './label-values.ts';
export * from './landmarks.ts';
export * from './level.ts';
export * from './measure-detail.ts';
export * from './measure-names.ts';
export * from './plan.ts';
export * from './problem.ts';
export * from './provenance.ts';
export * from './reader-mark.ts';
export * from './side.ts';
export * from './statement.ts';
export * from './units.ts';
export * from './volume.ts';
