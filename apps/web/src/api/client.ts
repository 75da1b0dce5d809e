import type { Problem } from '@foramen/spine';
import type { Session } from './shapes.ts';

/** An answer that is not 2xx, with the problems the server named. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];
  constructor(status: number, problems: readonly Problem[]) {
    super(problems[0]?.what ?? `the server answered ${status}`);
    this.status = status;
    this.problems = problems;
  }
}

/** Told to the window when the server says that the session has ended, by time or from elsewhere. */
export const SESSION_OVER = 'foramen-session-over';
/** Told when the same person is signed in again: what could not be sent meanwhile can be. */
export const SESSION_BACK = 'foramen-session-back';

/** A wrong password is a 401 as well, and says so itself. */
export function sessionEnded(error: unknown): boolean {
  return (
    error instanceof ApiError && error.status === 401 && error.problems.every((p) => p.where === 'session')
  );
}

/** Whether trying the same again later may help: no answer at all, or a server that is not itself. */
export function passing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof ApiError && error.status >= 500);
}

let csrf = '';

async function problemsOf(response: Response): Promise<readonly Problem[]> {
  try {
    const body = (await response.json()) as { problems?: readonly Problem[] };
    return body.problems ?? [];
  } catch {
    return [];
  }
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (init.method !== undefined && init.method !== 'GET') headers.set('X-Foramen-Csrf', csrf);
  const response = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  if (response.ok) return response;
  const error = new ApiError(response.status, await problemsOf(response));
  if (sessionEnded(error)) window.dispatchEvent(new Event(SESSION_OVER));
  throw error;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

/** A document with the tag that names this state of it, for a change that must not replace another. */
export interface Tagged<T> {
  readonly value: T;
  readonly tag: string;
}
/** The tag of answers nobody has given yet. */
export const NO_INTAKE = '"none"';

export async function getTagged<T>(path: string, signal?: AbortSignal): Promise<Tagged<T>> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return { value: (await response.json()) as T, tag: response.headers.get('etag') ?? '' };
}

/** The document, or null where the server says there is none yet. */
export async function getOptional<T>(path: string, signal?: AbortSignal): Promise<T | null> {
  try {
    return await getJson<T>(path, signal);
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return response.arrayBuffer();
}

export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await request(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

export async function sendBytes(
  method: 'POST' | 'PUT',
  path: string,
  body: Blob,
  type: string,
): Promise<void> {
  await request(path, { method, headers: { 'Content-Type': type }, body });
}

export async function sendForm<T>(path: string, form: FormData): Promise<T> {
  const response = await request(path, { method: 'POST', body: form });
  return (await response.json()) as T;
}

export async function readSession(): Promise<Session> {
  return keepCsrf(await getJson<Session>('/api/session'));
}
export async function signIn(login: string, password: string): Promise<Session> {
  return keepCsrf(await sendJson<Session>('POST', '/api/session', { login, password }));
}
export async function signOut(): Promise<void> {
  await request('/api/session', { method: 'DELETE' });
}

function keepCsrf(session: Session): Session {
  csrf = session.csrf ?? '';
  return session;
}
