/** Order of allele names: reference first, then by the numbers in them, so that *2 comes before *10 and c.85 before c.1905. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const comboA = isCombination(a);
  if (comboA !== isCombination(b)) return comboA ? 1 : -1;
  if (comboA) {
    const partsA = componentsOf(a);
    const partsB = componentsOf(b);
    if (partsA.length !== partsB.length) return partsA.length - partsB.length;
    for (let i = 0; i < partsA.length; i++) {
      const order = compareNames(partsA[i] ?? '', partsB[i] ?? '');
      if (order !== 0) return order;
    }
    return 0;
  }
  const refA = isReferenceName(a);
  if (refA !== isReferenceName(b)) return refA ? -1 : 1;
  const starA = a.startsWith('*');
  if (starA !== b.startsWith('*')) return starA ? -1 : 1;
  const chunksA = a.match(/\d+|\D+/g) ?? [];
  const chunksB = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(chunksA.length, chunksB.length); i++) {
    const x = chunksA[i] ?? '';
    const y = chunksB[i] ?? '';
    if (x === y) continue;
    const numeric = /^\d/.test(x) && /^\d/.test(y);
    if (numeric && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return chunksA.length - chunksB.length;
}

function isReferenceName(name: string): boolean {
  return name === 'Reference';
}

export function isCombination(name: string): boolean {
  return name.startsWith('[') && name.endsWith(']') && name.includes(' + ');
}

export function componentsOf(name: string): string[] {
  return isCombination(name) ? name.slice(1, -1).split(' + ') : [name];
}

export function combinationName(parts: readonly string[]): string {
  return parts.length > 1 ? `[${parts.join(' + ')}]` : (parts[0] ?? '');
}

/** Two strands as a diplotype, the earlier name first. */
function diplotypeName(a: string, b: string): string {
  return compareNames(a, b) <= 0 ? `${a}/${b}` : `${b}/${a}`;
}

/** Sub-alleles (`*45.001`) differ in silent bases only; they are reported as their core allele. */
export function coreAllele(name: string): string {
  return name.replace(/^(\*\d+)\.\d{3}$/, '$1');
}

/**
 * A diplotype as it is printed. Where the reference allele is called Reference rather than by a star number, one variant beside it
 * is said to be heterozygous.
 */
export function printDiplotype(reference: string, a: string, b: string): string {
  const plain =
    !reference.startsWith('*') && (reference === 'Reference' || reference.startsWith('ivacaftor'));
  const shown = (name: string) => (plain && name === reference ? 'Reference' : name);
  if (!plain || (a === reference) === (b === reference)) return diplotypeName(shown(a), shown(b));
  return `${a === reference ? b : a} (heterozygous)`;
}
