import { z } from 'zod';
import shipped from '../../models/disc-rules.json' with { type: 'json' };
import { OrdinalModel } from './ordinal.ts';

/** Grades of a disc from its measures alone: one proportional-odds model per finding (card: `models/disc-rules.md`). */
export const DiscRules = z.object({
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  models: z.object({
    pfirrmann: OrdinalModel,
    narrowing: OrdinalModel,
    bulging: OrdinalModel,
    herniation: OrdinalModel,
    spondylolisthesis: OrdinalModel,
  }),
});
export type DiscRules = z.infer<typeof DiscRules>;

export const SHIPPED_DISC_RULES: DiscRules = DiscRules.parse(shipped);
