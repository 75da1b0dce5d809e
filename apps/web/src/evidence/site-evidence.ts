import {
  EVIDENCE,
  type EvidenceBase,
  type EvidenceOverride,
  readOverride,
  withOverride,
} from '@foramen/evidence';
import type { Problem } from '@foramen/spine';
import { useEffect, useState } from 'react';
import { ApiError, getOptional } from '../api/client.ts';

interface SiteEvidence {
  /** The base with the site's records in place; the shipped one while nothing is known of a site file. */
  readonly base: EvidenceBase;
  /** The file itself, for an analysis that runs in this tab. */
  readonly file: EvidenceOverride | undefined;
  readonly problems: readonly Problem[];
}

const SHIPPED: SiteEvidence = { base: EVIDENCE, file: undefined, problems: [] };

/** The base as this site uses it. Without a server, or without a site file, it is the base as shipped. */
async function loadSiteEvidence(signal?: AbortSignal): Promise<SiteEvidence> {
  try {
    const answer = await getOptional<{ readonly evidence: unknown }>('/api/evidence/site', signal);
    const file = answer?.evidence ?? null;
    if (file === null) return SHIPPED;
    const read = readOverride(file);
    if (!read.ok) return { ...SHIPPED, problems: read.problems };
    const base = withOverride(read.value);
    return base.ok
      ? { base: base.value, file: read.value, problems: [] }
      : { ...SHIPPED, problems: base.problems };
  } catch (error) {
    if (error instanceof ApiError && error.problems.length > 0)
      return { ...SHIPPED, problems: error.problems };
    return SHIPPED;
  }
}

let asked: Promise<SiteEvidence> | null = null;
let known: SiteEvidence | null = null;

/** Asked once a page: a site's file changes with a restart or a new judgement, not while somebody reads. */
export function useSiteEvidence(): SiteEvidence {
  const [site, setSite] = useState(known ?? SHIPPED);
  useEffect(() => {
    let here = true;
    asked ??= loadSiteEvidence();
    void asked.then((loaded) => {
      known = loaded;
      // What could not be had is asked for again by the next page: somebody may have signed in meanwhile.
      if (loaded.problems.length > 0) asked = null;
      if (here) setSite(loaded);
    });
    return () => {
      here = false;
    };
  }, []);
  return site;
}
