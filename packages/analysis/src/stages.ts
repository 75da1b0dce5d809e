/** The steps of an analysis, in their order, each with the English words that tell a waiting reader of it. */
export const STAGE_WORDS = {
  read: 'reading the pictures',
  segment: 'finding the spine',
  measure: 'measuring',
  grade: 'grading each level',
  compare: 'comparing with earlier studies',
  genome: 'reading the genome',
  judge: 'weighing findings and symptoms',
} as const;

export type AnalysisStage = keyof typeof STAGE_WORDS;
