export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

export const SCOPES = [
  { scope: 'dicomweb:read', text: 'DICOMweb: search and fetch pictures' },
  { scope: 'dicomweb:write', text: 'DICOMweb: store pictures' },
  { scope: 'api:read', text: 'Interface: read' },
  { scope: 'api:write', text: 'Interface: write' },
  { scope: 'fhir:read', text: 'FHIR: read' },
  { scope: 'fhir:write', text: 'FHIR: write' },
] as const;

/** Longest life of a token, days. */
export const LONGEST_DAYS = 366;

/** What keeps a form from being sent; empty when nothing does. */
export function missingOf(form: {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number | string;
}): string {
  if (form.name.trim() === '') return 'Give the token a name: what will use it.';
  if (form.scopes.length === 0) return 'Choose what it may do.';
  const days = Number(form.days);
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_DAYS)
    return `It ends after 1 to ${LONGEST_DAYS} days.`;
  return '';
}

/** Tokens that work first, then newest first. */
export function arrangeTokens(tokens: readonly Token[]): readonly Token[] {
  const rank = (t: Token) => (t.state === 'active' ? 0 : 1);
  return [...tokens].sort((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
}
