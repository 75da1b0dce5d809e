/** Making gene tables from a published release. Apart from the reading room, so that a report does not load it. */

export type { RawGeneTable } from './gene-table.ts';
export type { RawGuidance } from './guidance-table.ts';
export * from './import-definitions.ts';
export * from './import-guidance.ts';
export * from './published-release.ts';
export * from './table-diff.ts';
