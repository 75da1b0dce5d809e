/** Protocol data units of the DICOM upper layer (PS3.8, 9.3): what the bytes on an association mean. */

export interface PresentationContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** 0 accepted, 1 user rejection, 2 no reason, 3 abstract syntax not supported, 4 transfer syntaxes not supported. */
export type ContextResult = 0 | 1 | 2 | 3 | 4;

export interface ContextAnswer {
  readonly id: number;
  readonly result: ContextResult;
  /** Of no meaning unless accepted. */
  readonly transferSyntax: string;
}

export interface RoleSelection {
  readonly sopClass: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

export interface UserIdentity {
  /** 1 user name, 2 user name and passcode, 3 Kerberos ticket, 4 SAML assertion, 5 JSON web token. */
  readonly type: number;
  readonly responseRequested: boolean;
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

export interface UserInformation {
  /** Most bytes of a P-DATA-TF the sender takes behind its six-byte head; 0 is no limit. */
  readonly maxLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersion?: string;
  /** Most operations outstanding; absent means one each way. */
  readonly asynchronous?: { readonly invoked: number; readonly performed: number };
  readonly roles?: readonly RoleSelection[];
  readonly extended?: readonly { readonly sopClass: string; readonly data: Uint8Array }[];
  readonly identity?: UserIdentity;
  /** Server's answer to a user identity. */
  readonly identityResponse?: Uint8Array;
}

export interface AssociateRequest {
  readonly kind: 'associate-request';
  /** The peer does not speak version 1 of the protocol (PS3.8, 9.3.2): rejected, not aborted. */
  readonly otherVersion?: true;
  readonly calledAe: string;
  readonly callingAe: string;
  readonly applicationContext: string;
  readonly contexts: readonly PresentationContext[];
  readonly user: UserInformation;
}

export interface AssociateAccept {
  readonly kind: 'associate-accept';
  readonly calledAe: string;
  readonly callingAe: string;
  readonly applicationContext: string;
  readonly contexts: readonly ContextAnswer[];
  readonly user: UserInformation;
}

export interface AssociateReject {
  readonly kind: 'associate-reject';
  /** 1 for good, 2 for now. */
  readonly result: 1 | 2;
  /** 1 service user, 2 provider (ACSE), 3 provider (presentation). */
  readonly source: 1 | 2 | 3;
  /** Table 9-21; with source 1: 1 no reason, 2 application context, 3 calling AE, 7 called AE not recognised. */
  readonly reason: number;
}

export interface PresentationDataValue {
  readonly contextId: number;
  /** True for a part of a command, false for a part of a data set. */
  readonly command: boolean;
  readonly last: boolean;
  readonly data: Uint8Array;
}

export interface DataTransfer {
  readonly kind: 'data';
  readonly values: readonly PresentationDataValue[];
}

interface Abort {
  readonly kind: 'abort';
  /** 0 service user, 2 service provider. */
  readonly source: number;
  readonly reason: number;
}

export type Pdu =
  | AssociateRequest
  | AssociateAccept
  | AssociateReject
  | DataTransfer
  | { readonly kind: 'release-request' }
  | { readonly kind: 'release-response' }
  | Abort;

export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

export const PDU_TYPE: Readonly<Record<Pdu['kind'], number>> = {
  'associate-request': 1,
  'associate-accept': 2,
  'associate-reject': 3,
  data: 4,
  'release-request': 5,
  'release-response': 6,
  abort: 7,
};
