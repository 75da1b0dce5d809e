import { createContext, useContext } from 'react';

export const ROLES = ['clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin', 'device'] as const;
export type Role = (typeof ROLES)[number];

/** Who is signed in; null in an analysis without an account. */
export interface Who {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** `first`: chosen by an administrator, to be changed before anything else; `none`: the demonstration's. */
  readonly password: 'none' | 'first' | 'own';
}

export const WhoContext = createContext<Who | null>(null);

export function useWho(): Who | null {
  return useContext(WhoContext);
}

export const ROLE_NAME: Readonly<Record<Role, string>> = {
  clinician: 'Clinician',
  'care-team': 'Care team',
  patient: 'Patient',
  proxy: 'Proxy',
  researcher: 'Researcher',
  admin: 'Administrator',
  device: 'Device',
};

/** What an account of a role may do, in a line; the server's policy decides, this only says so. */
export const ROLE_TEXT: Readonly<Record<Role, string>> = {
  clinician: 'sees and treats the patients of the own care team; opens others in an emergency, with a reason',
  'care-team': 'reads the patients of the own team but for the genome; writes intakes and diaries',
  patient: 'sees the own record, answers the intake, writes the diary, gives and withdraws consent',
  proxy: 'sees the record of a patient who has appointed a proxy, but for the genome, and writes the diary',
  researcher: 'sees de-identified records with consent to research only',
  admin: 'looks after accounts and the audit trail; sees no patient',
  device: 'a viewer, scanner or PACS: DICOM only, by tokens, no password',
};

export type Screen = 'worklist' | 'analyse' | 'evidence' | 'account' | 'tokens' | 'accounts' | 'trail';

/** The screens of each role. Nobody is shown a way to what the policy would refuse. */
export function screensOf(role: Role | null): readonly Screen[] {
  switch (role) {
    case null:
    case 'device':
      return ['analyse', 'evidence'];
    case 'admin':
      return ['accounts', 'trail', 'evidence', 'account'];
    case 'clinician':
    case 'care-team':
    case 'patient':
    case 'proxy':
    case 'researcher':
      return ['worklist', 'analyse', 'evidence', 'account', 'tokens'];
  }
}

/** Who may see a patient's consents, team and accesses, and who may change them. */
export function rightsOf(role: Role | null): {
  readonly reads: boolean;
  readonly consents: boolean;
  readonly team: boolean;
  readonly accesses: boolean;
} {
  return {
    reads: role === 'clinician' || role === 'care-team' || role === 'patient',
    consents: role === 'clinician' || role === 'patient',
    team: role === 'clinician',
    accesses: role === 'patient',
  };
}

/** Who may give the answers of an intake. */
export function mayAnswer(role: Role | null): boolean {
  return role === 'clinician' || role === 'care-team' || role === 'patient';
}

/** Who may write the diary. */
export function mayWriteDiary(role: Role | null): boolean {
  return mayAnswer(role) || role === 'proxy';
}

/** Who may open a record of another team in an emergency. */
export function mayOpenInEmergency(role: Role | null): boolean {
  return role === 'clinician';
}

/** Who may accept a plan. */
export function mayAccept(role: Role | null): boolean {
  return role === 'clinician';
}

/** Who may make a record and store studies and genomes in it. */
export function mayStore(role: Role | null): boolean {
  return role === 'clinician';
}
