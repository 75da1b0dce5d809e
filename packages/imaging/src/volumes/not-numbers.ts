import type { Problem } from '@foramen/spine';

/** Says how much of a picture is NaN or infinite; such voxels are read as 0. */
export const notNumbers = (n: number, of: number, where: string): Problem => ({
  code: 'out-of-range',
  severity: 'warning',
  where,
  what: `${Math.max(1, Math.round((100 * n) / of))} % of its voxels are not numbers and were read as 0`,
  help: 'Export the picture without a mask, in whole numbers',
});
