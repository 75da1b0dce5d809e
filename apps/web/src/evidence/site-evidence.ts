import { EVIDENCE, type EvidenceBase, withOverride } from '@foramen/evidence';
import type { Problem } from '@foramen/spine';
import { useEffect, useState } from 'react';
import { ApiError, getOptional } from '../api/client.ts';

export interface SiteEvidence {
  /** The base with the site's records in place; the shipped one while nothing is known of a site file. */
  readonly base: EvidenceBase;
  /** The file itself, for an analysis that runs in this tab. */
  readonly file: unknown;
  readonly problems: readonly Problem[];
}

const SHIPPED: SiteEvidence = { base: EVIDENCE, file: undefined, problems: [] };

/** The base as this site uses it. Without a server, or without a site file, it is the base as shipped. */
export async function loadSiteEvidence(signal?: AbortSignal): Promise<SiteEvidence> {
  try {
    const answer = await getOptional<{ readonly evidence: unknown }>('/api/evidence/site', signal);
    const file = answer?.evidence ?? null;
    if (file === null) return SHIPPED;
    const read = withOverride(file);
    return read.ok ? { base: read.value, file, problems: [] } : { ...SHIPPED, problems: read.problems };
  } catch (error) {
    if (error instanceof ApiError && error.problems.length > 0)
      return { ...SHIPPED, problems: error.problems };
    return SHIPPED;
  }
}

export function useSiteEvidence(): SiteEvidence {
  const [site, setSite] = useState(SHIPPED);
  useEffect(() => {
    const stop = new AbortController();
    void loadSiteEvidence(stop.signal).then((loaded) => {
      if (!stop.signal.aborted) setSite(loaded);
    });
    return () => stop.abort();
  }, []);
  return site;
}
