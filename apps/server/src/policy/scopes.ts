import type { Action, Path, Resource } from './evaluate.ts';

/** What a token may be used for: a way in, and looking or changing. Scopes narrow what the token's account may do; they never widen it. */
export const SCOPES = [
  'dicomweb:read',
  'dicomweb:write',
  'api:read',
  'api:write',
  'fhir:read',
  'fhir:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** Things a person does in person: no token opens a record in an emergency, changes rights or a password, accepts a plan, or makes further tokens. */
const IN_PERSON: ReadonlySet<Resource> = new Set([
  'account',
  'audit',
  'token',
  'password',
  'consent',
  'team',
  'acceptance',
]);

export function withinScopes(
  scopes: ReadonlySet<Scope>,
  request: { readonly path: Path; readonly resource: Resource; readonly action: Action },
): boolean {
  const { path, resource, action } = request;
  if (IN_PERSON.has(resource) || action === 'break-glass') return false;
  const way = action === 'read' || action === 'list' ? 'read' : 'write';
  return (scopes as ReadonlySet<string>).has(`${path}:${way}`);
}
