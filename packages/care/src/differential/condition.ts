/** The hypotheses of the differential; exclusive, and together everything: "non-specific" holds what is left. */
export const CONDITIONS = [
  'herniation',
  'central-stenosis',
  'lateral-recess-stenosis',
  'foraminal-stenosis',
  'disc',
  'facet',
  'sacroiliac',
  'axial-spondyloarthritis',
  'spondylolisthesis',
  'spondylolysis',
  'fracture',
  'hip',
  'vascular-claudication',
  'peripheral-mimic',
  'non-specific',
] as const;
export type Condition = (typeof CONDITIONS)[number];
