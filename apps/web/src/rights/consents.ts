import type { Access } from '@foramen/spine';

export const CONSENT_SCOPES = ['treatment', 'genome', 'research', 'proxy'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

export interface Consent {
  readonly scope: ConsentScope;
  readonly decision: 'permit' | 'deny';
  readonly at: string;
  readonly by: string;
}

/** What each consent is about, what holds while nothing is recorded, and what giving or withdrawing it does. */
export const CONSENT_TEXT: Readonly<
  Record<
    ConsentScope,
    { readonly name: string; readonly open: string; readonly given: string; readonly withdrawn: string }
  >
> = {
  treatment: {
    name: 'Treatment',
    open: 'The care team may see the record.',
    given: 'The care team may see the record.',
    withdrawn: 'The care team does not see the record. In an emergency it can be opened, with a reason.',
  },
  genome: {
    name: 'Genome',
    open: 'Doctors who treat the patient may see the genome.',
    given: 'Doctors who treat the patient may see the genome.',
    withdrawn: 'No one but the patient sees the genome.',
  },
  research: {
    name: 'Research',
    open: 'Nothing is given to research.',
    given: 'Research may use copies without the name.',
    withdrawn: 'Nothing is given to research. Copies made before are hidden.',
  },
  proxy: {
    name: 'Proxy',
    open: 'No proxy sees the record.',
    given: 'A proxy the patient has named sees the record, but not the genome.',
    withdrawn: 'No proxy sees the record.',
  },
};

/** What stands over a patient's own consents, and over the list of who has seen the record. */
export const OWN_CONSENTS =
  'You decide, and you may change it at any time. What you decide stays on record. The newest one holds.';
export const OWN_ACCESSES =
  'This list comes from the audit trail. It can only grow. No one can change it in secret. Times are UTC.';

/** The newest decision of each scope; the list comes newest first. */
export function currentOf(consents: readonly Consent[]): Readonly<Record<ConsentScope, Consent | null>> {
  const newest = (scope: ConsentScope) => consents.find((one) => one.scope === scope) ?? null;
  return {
    treatment: newest('treatment'),
    genome: newest('genome'),
    research: newest('research'),
    proxy: newest('proxy'),
  };
}

/** What somebody did to a record, in the words of its patient. */
export interface DidWords {
  readonly thing: Readonly<Record<string, string>>;
  readonly read: (what: string) => string;
  readonly changed: (what: string) => string;
  readonly refused: (times: number) => string;
}

export const DID_EN: DidWords = {
  thing: {
    patient: 'name and overview',
    study: 'studies',
    picture: 'pictures',
    findings: 'findings',
    judgement: 'assessment and plan',
    intake: 'answers',
    diary: 'diary',
    genome: 'genome',
    job: 'analyses',
    consent: 'consents',
    team: 'care team',
    audit: 'this list',
  },
  read: (what) => `read ${what}`,
  changed: (what) => `changed ${what}`,
  refused: (times) => `was refused ${times === 1 ? 'once' : `${times} times`}`,
};

/** "read pictures, findings; changed answers". */
export function didText(
  access: Pick<Access, 'read' | 'changed' | 'refused'>,
  words: DidWords = DID_EN,
): string {
  const said = (list: readonly string[]) => list.map((one) => words.thing[one] ?? one).join(', ');
  return [
    ...(access.read.length === 0 ? [] : [words.read(said(access.read))]),
    ...(access.changed.length === 0 ? [] : [words.changed(said(access.changed))]),
    ...(access.refused === 0 ? [] : [words.refused(access.refused)]),
  ].join('; ');
}
