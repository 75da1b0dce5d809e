import type { MarkerResult } from '@foramen/spine';
import RAW from '../data/markers.json' with { type: 'json' };
import type { GeneTable } from './gene-table.ts';
import type { GeneSites } from './site.ts';

export const MARKER_VERSION = RAW.version;

interface RawMarker {
  readonly marker: string;
  readonly rsid: string;
  readonly about: string;
  readonly verdict: string;
  readonly text: string;
  readonly effect: string;
  readonly sample: string;
  readonly replication: string;
  readonly sources: readonly string[];
  readonly site?: readonly (string | number)[];
}

const MARKERS = RAW.markers as readonly RawMarker[];

function tableName(marker: RawMarker): string {
  return `marker ${marker.rsid}`;
}

/** Positions of the markers that may be shown with a genotype, as tables the reader can look out for. */
export function markerTables(): readonly GeneTable[] {
  return MARKERS.filter((marker) => marker.site !== undefined).map((marker): GeneTable => {
    const [chromosome, pos38, pos37, ref, alt] = marker.site ?? [];
    return {
      gene: tableName(marker),
      chromosome: String(chromosome),
      source: 'dbSNP',
      version: RAW.version,
      modified: RAW.version,
      functionVersion: RAW.version,
      positions: [
        {
          pos38: Number(pos38),
          pos37: Number(pos37),
          rsid: marker.rsid,
          ref: String(ref),
          ref37: String(ref),
          alts: [String(alt)],
          hgvs: [],
          shift: 0,
        },
      ],
      alleles: [],
      functions: new Map(),
      scores: new Map(),
      pairs: new Map(),
      scored: false,
      required: [],
      priorities: [],
      tier1: [],
    };
  });
}

/**
 * Susceptibility markers, each as its verdict allows: information with the genotype; research with the genotype only on request;
 * refused never with a genotype, always with the numbers that refuse it. None of them moves a plan.
 */
export function markerResults(
  sites: ReadonlyMap<string, GeneSites>,
  showResearch: boolean,
): readonly MarkerResult[] {
  return MARKERS.map((marker): MarkerResult => {
    const verdict = marker.verdict as MarkerResult['verdict'];
    const site = sites.get(tableName(marker))?.get(0);
    const mayShow = verdict === 'information' || (verdict === 'research' && showResearch);
    const genotype =
      mayShow && site?.first && site.second ? [site.first, site.second].sort().join('/') : undefined;
    return {
      marker: marker.rsid ? `${marker.marker} (${marker.rsid})` : marker.marker,
      verdict,
      ...(genotype ? { genotype } : {}),
      text: `${marker.about}: ${marker.text}. Sample: ${marker.sample}; replication: ${marker.replication}`,
      effect: marker.effect,
      sources: marker.sources,
    };
  });
}
