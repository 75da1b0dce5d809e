/** What one account did with a record on one day (UTC), as the patient is shown it. Times are ISO 8601. */
export interface Access {
  readonly day: string;
  readonly accountId: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly first: string;
  readonly last: string;
  readonly times: number;
  /** What was looked at or changed, and how often something was refused. */
  readonly read: readonly string[];
  readonly changed: readonly string[];
  readonly refused: number;
  /** Why the record was opened in an emergency, in the words given then. */
  readonly emergency: string | null;
  /** By a program with a token, or a peer over DICOM. */
  readonly byProgram: boolean;
}
