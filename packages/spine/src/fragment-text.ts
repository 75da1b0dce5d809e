import { percent } from './decimals.ts';
import type { PossibleFragment } from './finding.ts';

/** A possible migrated fragment in a sentence. */
export const fragmentText = (f: PossibleFragment): string =>
  `Behind ${f.behind}: possible migrated fragment of disc (${percent(f.p)}), ${f.lengthMm.toFixed(0)} mm long and ${f.depthMm.toFixed(0)} mm deep between vertebra and dural sac, neither fat nor fluid; free or still joined to its disc is not told.`;
