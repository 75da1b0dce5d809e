/** A drug and one thing that is said of it. */
export type Said = readonly [drug: string, why: string];

/**
 * Drugs of which the same is said, together, in the order of the first mention: `naproxen, ibuprofen: bleeding with apixaban` as lines of a
 * list, `naproxen, ibuprofen (bleeding with apixaban)` within a sentence.
 */
export function sayOnce(said: readonly Said[], as: 'lines' | 'sentence' = 'lines'): readonly string[] {
  const drugs = new Map<string, string[]>();
  for (const [drug, why] of said) {
    const list = drugs.get(why) ?? [];
    if (!list.includes(drug)) drugs.set(why, [...list, drug]);
  }
  return [...drugs].map(([why, list]) =>
    as === 'lines' ? `${list.join(', ')}: ${why}` : `${list.join(', ')} (${why})`,
  );
}

/** Takes `drug: why` apart where the drug is one of those named; what is said of none of them comes back as it is. */
export function splitReasons(
  reasons: readonly string[],
  drugs: readonly string[],
): { readonly said: readonly Said[]; readonly other: readonly string[] } {
  const said: Said[] = [];
  const other: string[] = [];
  for (const reason of reasons) {
    const at = reason.indexOf(': ');
    if (at > 0 && drugs.includes(reason.slice(0, at))) said.push([reason.slice(0, at), reason.slice(at + 2)]);
    else other.push(reason);
  }
  return { said, other };
}

/**
 * What the guideline would say without the drugs taken now, where it is told: `by genotype alone: CYP2D6 Ultrarapid Metabolizer, avoid`. It comes
 * back when they are stopped.
 */
export function actionByGenotypeAlone(because: readonly string[]): string | null {
  const alone = because.find((reason) => reason.startsWith('by genotype alone: '));
  return alone === undefined ? null : alone.slice(alone.lastIndexOf(', ') + 2);
}

const NONE_PASSES = 'no alternative passes the checks: ';
const PERSON = 'this patient: ';
/** What to look after with the drugs that are offered stands beside them. */
const CARE = 'of the alternatives, ';

interface SortedReasons {
  /** What the genes say, and other remarks. */
  readonly genes: readonly string[];
  /** What in this person speaks against the drug, whatever the genes say. */
  readonly person: readonly string[];
  /** Drugs looked at in its place, each with what stood against it. */
  readonly refused: readonly Said[];
  /** What to look after with those that are offered, and what is not settled of them. */
  readonly care: readonly string[];
}

/** The reasons of a drug action, by what they are about. */
export function sortReasons(because: readonly string[]): SortedReasons {
  const genes: string[] = [];
  const person: string[] = [];
  const refused: Said[] = [];
  const care: string[] = [];
  for (const reason of because) {
    if (reason.startsWith(PERSON)) person.push(reason.slice(PERSON.length));
    else if (reason.startsWith(NONE_PASSES)) refused.push(...listed(reason.slice(NONE_PASSES.length)));
    else if (reason.startsWith(CARE)) care.push(reason.slice(CARE.length));
    else genes.push(reason);
  }
  return { genes, person, refused, care };
}

/** `naproxen (bleeding), celecoxib (CPIC: start-low (CYP2C9 ...))`: brackets may hold brackets. */
function listed(text: string): Said[] {
  const out: Said[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (at < text.length && !(text[at] === ',' && depth === 0)) continue;
    const entry = text.slice(from, at).trim();
    const open = entry.indexOf(' (');
    if (open > 0) out.push([entry.slice(0, open), entry.slice(open + 2, -1)]);
    from = at + 1;
  }
  return out;
}
