import { IDENTITY_TAGS } from './dictionary-identity.ts';
import { IMAGE_TAGS } from './dictionary-image.ts';
import type { Vr } from './vr.ts';

/** A data element tag as one number: group in the high 16 bits, element in the low 16. */
export type Tag = number;

/** Keyword of PS3.6 to [tag, VR]. Only elements the product names; any other tag is addressed by number. */
export const DICTIONARY = { ...IDENTITY_TAGS, ...IMAGE_TAGS } as const;
export type Keyword = keyof typeof DICTIONARY;

const ENTRIES: ReadonlyMap<Tag, { readonly keyword: Keyword; readonly vr: Vr }> = new Map(
  (Object.entries(DICTIONARY) as [Keyword, readonly [Tag, Vr]][]).map(([keyword, [tag, vr]]) => [
    tag,
    { keyword, vr },
  ]),
);

export function tagOf(name: Keyword | Tag): Tag {
  return typeof name === 'number' ? name : DICTIONARY[name][0];
}

export function keywordOf(tag: Tag): Keyword | undefined {
  return ENTRIES.get(tag)?.keyword;
}

/** VR of a named element; for those that may be US or SS (or OB or OW) the first of the two. */
export function namedVr(tag: Tag): Vr | undefined {
  return ENTRIES.get(tag)?.vr;
}

/** "(0008,0018) SOPInstanceUID", for messages. */
export function describeTag(tag: Tag): string {
  const hex = tag.toString(16).padStart(8, '0');
  const keyword = keywordOf(tag);
  return `(${hex.slice(0, 4)},${hex.slice(4)})${keyword ? ` ${keyword}` : ''}`;
}
