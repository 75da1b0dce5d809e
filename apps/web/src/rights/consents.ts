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
    withdrawn: 'The care team no longer sees the record; only an emergency opens it, with a reason.',
  },
  genome: {
    name: 'Genome',
    open: 'Treating clinicians may see the genome.',
    given: 'Treating clinicians may see the genome.',
    withdrawn: 'Nobody but the patient sees the genome.',
  },
  research: {
    name: 'Research',
    open: 'Nothing is given to research.',
    given: 'De-identified copies may be used for research.',
    withdrawn: 'Nothing is given to research; copies made before are no longer shown.',
  },
  proxy: {
    name: 'Proxy',
    open: 'No proxy sees the record.',
    given: 'People appointed as proxy see the record, but for the genome.',
    withdrawn: 'No proxy sees the record.',
  },
};

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

export interface Access {
  readonly day: string;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly first: string;
  readonly last: string;
  readonly times: number;
  readonly read: readonly string[];
  readonly changed: readonly string[];
  readonly refused: number;
  readonly emergency: string | null;
  readonly byProgram: boolean;
}

const THING: Readonly<Record<string, string>> = {
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
};

/** "read pictures, findings; changed answers", in the patient's words. */
export function didText(access: Pick<Access, 'read' | 'changed' | 'refused'>): string {
  const said = (list: readonly string[]) => list.map((one) => THING[one] ?? one).join(', ');
  const parts = [
    ...(access.read.length === 0 ? [] : [`read ${said(access.read)}`]),
    ...(access.changed.length === 0 ? [] : [`changed ${said(access.changed)}`]),
    ...(access.refused === 0
      ? []
      : [`was refused ${access.refused === 1 ? 'once' : `${access.refused} times`}`]),
  ];
  return parts.join('; ');
}
