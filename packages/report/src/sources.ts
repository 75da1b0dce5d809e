import {
  citationOf,
  EVIDENCE,
  type EvidenceBase,
  type EvidenceOverride,
  withOverride,
} from '@foramen/evidence';
import { escapeHtml as e } from './genome-style.ts';

/** The base that was judged with: the shipped one, or with a site's own file in place. A file that cannot be used judged nothing. */
export function evidenceOf(siteEvidence: EvidenceOverride | null | undefined): EvidenceBase {
  if (siteEvidence === undefined || siteEvidence === null) return EVIDENCE;
  const read = withOverride(siteEvidence);
  return read.ok ? read.value : EVIDENCE;
}

/** Where every record that these documents cite comes from, each source once, as list items; a site's own figures name its file. */
export function sourceItems(documents: readonly unknown[], base: EvidenceBase): readonly string[] {
  const ids = new Set<string>();
  JSON.stringify(documents, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string' && base.records.has(value)) ids.add(value);
    return value;
  });
  const cited = new Map<string, string>();
  for (const id of ids) {
    const record = base.records.get(id);
    if (record === undefined) continue;
    const { text, link, site } = citationOf(record, base);
    const said = e(text);
    const linked =
      link !== null && /^https:\/\//.test(link) ? `<a href="${e(link)}" rel="noreferrer">${said}</a>` : said;
    cited.set(text, site === undefined ? linked : `${linked}: <code>${e(id)}</code>`);
  }
  return [...cited.values()];
}
