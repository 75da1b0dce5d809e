import { withNarrative } from './narrative.ts';

export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [key: string]: unknown;
}

export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly id?: string;
  readonly type: 'collection';
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: FhirResource }[];
}

/** FNV-1a with the multiplier of MurmurHash3's finish, four times over differing starts. */
function mixed(text: string, start: number): number {
  let h = (0x811c9dc5 ^ Math.imul(start, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A UUID that follows from a text (RFC 9562, version 8): the same result has the same name each time it is written. */
function uuidOf(text: string): string {
  const hex = [1, 2, 3, 4].map((start) => mixed(text, start).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * Resources as a bundle of type collection. They name each other as `Type/id`; in a file that no server gave an address this resolves to nothing
 * (FHIR R4, bundle references), so every entry gets a URN and every such reference becomes it. `owner` keeps two people's bundles apart. Each
 * resource gets its narrative.
 */
export function collection(
  resources: readonly FhirResource[],
  owner: string,
  timestamp: string,
  id?: string,
): FhirBundle {
  const urls = new Map(
    resources.map(({ resourceType, id: own }) => {
      const name = `${resourceType}/${own}`;
      return [name, `urn:uuid:${uuidOf(`${owner} ${name}`)}`] as const;
    }),
  );
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === 'reference' && typeof part === 'string' ? (urls.get(part) ?? part) : named(part),
      ]),
    );
  };
  return {
    resourceType: 'Bundle',
    ...(id === undefined ? {} : { id }),
    type: 'collection',
    timestamp,
    entry: resources.map((resource) => ({
      fullUrl: urls.get(`${resource.resourceType}/${resource.id}`) ?? '',
      resource: named(withNarrative(resource)) as FhirResource,
    })),
  };
}
