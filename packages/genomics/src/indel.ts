/** Two allele strings with what they share at both ends taken off, one base kept as the anchor of an indel. */
interface MinimalChange {
  readonly pos: number;
  readonly ref: string;
  readonly alt: string;
}

export function minimalChange(pos: number, ref: string, alt: string): MinimalChange {
  let endRef = ref.length;
  let endAlt = alt.length;
  while (endRef > 1 && endAlt > 1 && ref[endRef - 1] === alt[endAlt - 1]) {
    endRef--;
    endAlt--;
  }
  let start = 0;
  while (endRef - start > 1 && endAlt - start > 1 && ref[start] === alt[start]) start++;
  return { pos: pos + start, ref: ref.slice(start, endRef), alt: alt.slice(start, endAlt) };
}

/** Every placement of an indel that spells the same sequence, as `pos:ref:alt` keys: what an unnormalised file may say. */
export function placements(pos: number, ref: string, alt: string, shift: number): string[] {
  const small = minimalChange(pos, ref, alt);
  const isIndel = small.ref.length !== small.alt.length && (small.ref.length === 1 || small.alt.length === 1);
  if (!isIndel) return [`${small.pos}:${small.ref}:${small.alt}`];
  const deletion = small.ref.length > 1;
  const unit = deletion ? small.ref.slice(1) : small.alt.slice(1);
  const keys: string[] = [];
  for (let k = 0; k <= shift; k++) {
    const anchor = k === 0 ? (small.ref[0] ?? '') : (unit[(k - 1) % unit.length] ?? '');
    const turned = unit.slice(k % unit.length) + unit.slice(0, k % unit.length);
    keys.push(
      deletion
        ? `${small.pos + k}:${anchor}${turned}:${anchor}`
        : `${small.pos + k}:${anchor}:${anchor}${turned}`,
    );
  }
  return keys;
}

/** Whether a change adds or takes whole copies of a unit, begun anywhere in it. */
export function isCopies({ ref, alt }: MinimalChange, unit: string): boolean {
  if (Math.min(ref.length, alt.length) !== 1) return false;
  const changed = (ref.length > alt.length ? ref : alt).slice(1);
  if (changed.length === 0 || changed.length % unit.length !== 0) return false;
  return unit.repeat(changed.length / unit.length + 1).includes(changed);
}

/**
 * The base an allele string has at an offset of its reference string; null where it is deleted or cannot be told. Equal lengths
 * compare base by base, so a substitution of several bases falls apart into single ones.
 */
export function baseAt(ref: string, alt: string, offset: number): string | null {
  if (ref.length === alt.length) return alt[offset] ?? null;
  let prefix = 0;
  while (prefix < ref.length && prefix < alt.length && ref[prefix] === alt[prefix]) prefix++;
  if (offset < prefix) return alt[offset] ?? null;
  let suffix = 0;
  while (
    suffix < ref.length - prefix &&
    suffix < alt.length - prefix &&
    ref[ref.length - 1 - suffix] === alt[alt.length - 1 - suffix]
  ) {
    suffix++;
  }
  if (offset >= ref.length - suffix) return alt[alt.length - (ref.length - offset)] ?? null;
  return null;
}
