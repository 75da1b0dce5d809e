import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from '../write.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateAccept,
  type AssociateReject,
  type AssociateRequest,
  type ContextAnswer,
} from './pdu.ts';

export interface AcceptPolicy {
  /** Our AE title; a request that calls another is rejected. Null accepts any. */
  readonly aeTitle: string | null;
  /** Calling AE titles let in; null lets in any. */
  readonly callers: readonly string[] | null;
  /** Transfer syntaxes taken for an abstract syntax, best first; empty or null when it is not offered. */
  readonly transferSyntaxes: (abstractSyntax: string) => readonly string[] | null;
  /** Most bytes of a P-DATA-TF we take. */
  readonly maxLength: number;
  /** Whether a role asked for (SCP by the requestor, for C-GET) is granted. Default no. */
  readonly grantScpRole?: (sopClass: string) => boolean;
}

/**
 * Answers an association request (PS3.8, 9.3.3): context by context the best transfer syntax both sides have. Rejects an
 * unknown application context, called or calling title.
 */
export function negotiate(
  request: AssociateRequest,
  policy: AcceptPolicy,
): AssociateAccept | AssociateReject {
  const reject = (reason: number): AssociateReject => ({
    kind: 'associate-reject',
    result: 1,
    source: 1,
    reason,
  });
  // Source 2: the protocol machine itself, before anybody is asked.
  if (request.otherVersion) return { kind: 'associate-reject', result: 1, source: 2, reason: 2 };
  if (request.applicationContext !== APPLICATION_CONTEXT) return reject(2);
  if (policy.aeTitle !== null && request.calledAe !== policy.aeTitle) return reject(7);
  if (policy.callers !== null && !policy.callers.includes(request.callingAe)) return reject(3);
  const contexts = request.contexts.map((context): ContextAnswer => {
    const offered = policy.transferSyntaxes(context.abstractSyntax);
    const fallback = context.transferSyntaxes[0] ?? '1.2.840.10008.1.2';
    if (!offered || offered.length === 0) return { id: context.id, result: 3, transferSyntax: fallback };
    const agreed = offered.find((uid) => context.transferSyntaxes.includes(uid));
    return agreed === undefined
      ? { id: context.id, result: 4, transferSyntax: fallback }
      : { id: context.id, result: 0, transferSyntax: agreed };
  });
  const roles = (request.user.roles ?? []).map((role) => ({
    sopClass: role.sopClass,
    scu: role.scu,
    scp: role.scp && (policy.grantScpRole?.(role.sopClass) ?? false),
  }));
  return {
    kind: 'associate-accept',
    calledAe: request.calledAe,
    callingAe: request.callingAe,
    applicationContext: APPLICATION_CONTEXT,
    contexts,
    user: {
      maxLength: policy.maxLength,
      implementationClassUid: IMPLEMENTATION_CLASS_UID,
      implementationVersion: IMPLEMENTATION_VERSION,
      ...(roles.length > 0 ? { roles } : {}),
    },
  };
}

/** An association request with one transfer syntax list per abstract syntax; contexts are numbered 1, 3, 5 … */
export function associateRequest(options: {
  readonly calledAe: string;
  readonly callingAe: string;
  readonly contexts: readonly {
    readonly abstractSyntax: string;
    readonly transferSyntaxes: readonly string[];
  }[];
  readonly maxLength: number;
  /** SOP classes for which we also act as provider, to receive C-STOREs of a C-GET. */
  readonly scpRoles?: readonly string[];
}): AssociateRequest {
  return {
    kind: 'associate-request',
    calledAe: options.calledAe,
    callingAe: options.callingAe,
    applicationContext: APPLICATION_CONTEXT,
    contexts: options.contexts.slice(0, 128).map((context, i) => ({ id: 2 * i + 1, ...context })),
    user: {
      maxLength: options.maxLength,
      implementationClassUid: IMPLEMENTATION_CLASS_UID,
      implementationVersion: IMPLEMENTATION_VERSION,
      ...(options.scpRoles
        ? { roles: options.scpRoles.map((sopClass) => ({ sopClass, scu: false, scp: true })) }
        : {}),
    },
  };
}
