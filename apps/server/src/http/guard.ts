import type { IncomingMessage } from 'node:http';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { z } from 'zod';
import { type AuditEvent, appendAudit } from '../audit/chain.ts';
import type { Tx } from '../database/connect.ts';
import { sameSecret } from '../identity/same-secret.ts';
import { findSession, type Session, stillGood, subjectOf } from '../identity/sessions.ts';
import { findToken } from '../identity/tokens.ts';
import {
  type Action,
  decide,
  type Path,
  type PatientFacts,
  type Resource,
  type Subject,
} from '../policy/evaluate.ts';
import { patientFacts } from '../policy/facts.ts';
import { noRoom, notThere, ProblemError, refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { type About, patientOf } from './about.ts';
import { remoteAddress } from './address.ts';
import { jsonBody } from './body.ts';
import { type Reply, toResponse } from './reply.ts';

export const COOKIE = 'foramen_session';
export const CSRF_HEADER = 'x-foramen-csrf';

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, T = unknown> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** OpenAPI form: `/api/patients/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly resource: Resource;
  readonly action: Action;
  readonly about: About;
  /** The way in, as the policy names it. */
  readonly way?: Path;
  readonly params?: P;
  readonly query?: Q;
  /** JSON body; a route that reads the raw request leaves it out. */
  readonly body?: B;
  readonly reply: { readonly schema: z.ZodType } | { readonly type: string };
  /**
   * Brings the body in where it may be large. Called when the policy allows the request, which is asked once more when the body is here:
   * rights may have ended meanwhile.
   */
  readonly take?: Take<z.infer<P>, z.infer<Q>, T>;
}

export interface Call<P, Q, B> {
  readonly tx: Tx;
  readonly session: Session;
  readonly now: Date;
  /** The patient the request is about; empty for `about: 'none'`. */
  readonly patientId: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: Request;
  /** Of whoever asks. */
  readonly address: string;
  /** The request's own stream, where it came over a socket: for bodies that are too large for web streams. */
  readonly incoming: IncomingMessage | undefined;
  /** Of these patients, those this account may see; every list goes through it. */
  readonly visible: (patientIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Further entries for the trail, written with the request's own. */
  readonly alsoAudit: (
    event: Pick<AuditEvent, 'action' | 'resource' | 'resourceId' | 'patientId' | 'reason'>,
  ) => void;
}

/** What a request brought before its transaction began: a body takes as long as its sender likes, and a connection to the database does not wait for it. */
export interface Taken<T> {
  readonly value: T;
  /** Nothing came of the request. */
  readonly discard: () => Promise<void>;
}
type Take<P, Q, T> = (
  call: Pick<Call<P, Q, never>, 'params' | 'query' | 'request' | 'incoming'>,
) => Promise<Taken<T>>;

/** One line of the route table; the tests walk it so that no route is without policy. */
export interface RouteEntry {
  readonly method: string;
  readonly path: string;
  readonly resource: Resource;
  readonly action: Action;
  readonly way: Path;
  readonly about: About;
}

const CHANGES = new Set(['post', 'put', 'delete']);

/** Adds routes that cannot be reached without session, policy decision and audit. */
export function guardedRoutes(app: OpenAPIHono, services: Services) {
  const table: RouteEntry[] = [];

  function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, T = undefined>(
    spec: RouteSpec<P, Q, B, T>,
    handle: (call: Call<z.infer<P>, z.infer<Q>, z.infer<B>> & { readonly taken: T }) => Promise<Reply>,
  ): void {
    const way = spec.way ?? 'api';
    const { take } = spec;
    table.push({
      method: spec.method,
      path: spec.path,
      resource: spec.resource,
      action: spec.action,
      way,
      about: spec.about,
    });
    describeRoute(app, spec);
    const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      /^[kn]$/.test(name) ? `:${name}{[0-9]+}` : `:${name}`,
    );
    // Hono wants the literal suffix inside the pattern: `{k}.png` becomes `:k{[0-9]+\.png}`.
    const pattern = path.replace(/\{\[0-9\]\+\}\.png/g, '{[0-9]+\\.png}');
    app.on(spec.method.toUpperCase(), pattern, async (c: Context) => {
      const raw = Object.fromEntries(
        Object.entries(c.req.param() as Record<string, string>).map(([k, v]) => [k, v.replace(/\.png$/, '')]),
      );
      const session = await identify(c, services);
      if (session === undefined) throw over();
      if (session.mustChangePassword && spec.resource !== 'password')
        throw refuse(403, 'usage', 'password', 'was chosen by somebody else', 'choose your own first');
      // A browser adds a cookie by itself, but never a token: only the first can be abused by another page.
      if (
        CHANGES.has(spec.method) &&
        session.token === undefined &&
        !sameSecret(c.req.header(CSRF_HEADER), session.csrf)
      ) {
        throw refuse(
          403,
          'usage',
          CSRF_HEADER,
          'missing or wrong',
          'send the csrf value of GET /api/session',
        );
      }
      const params = checked(spec.params, raw, 'address');
      const query = checked(spec.query, c.req.query(), 'query');
      const body =
        spec.body === undefined ? undefined : checked(spec.body, await jsonBody(c.req.raw), 'body');
      const asked = {
        params: params as z.infer<P>,
        query: query as z.infer<Q>,
        body: body as z.infer<B>,
        request: c.req.raw,
        address: remoteAddress(c, services.secureCookies),
        incoming: (c.env as { incoming?: IncomingMessage } | undefined)?.incoming,
      };
      return answer(
        c,
        spec,
        way,
        session,
        raw.id ?? '',
        (base, taken: T) => handle({ ...base, ...asked, taken }),
        take === undefined ? undefined : () => take(asked),
      );
    });
  }

  async function answer<T>(
    c: Context,
    spec: Pick<RouteEntry, 'resource' | 'action' | 'about'>,
    way: Path,
    session: Session,
    id: string,
    handle: (
      base: Omit<Call<never, never, never>, 'params' | 'query' | 'body' | 'request' | 'address' | 'incoming'>,
      taken: T,
    ) => Promise<Reply>,
    take: (() => Promise<Taken<T>>) | undefined,
  ): Promise<Response> {
    const { siteId, database } = services;
    const now = services.now();
    const subject = subjectOf(session);
    const more: AuditEvent[] = [];
    const event: { -readonly [K in keyof AuditEvent]: AuditEvent[K] } = {
      accountId: subject.accountId,
      role: subject.role,
      path: way,
      action: spec.action,
      resource: spec.resource,
      resourceId: id === '' ? null : id,
      patientId: null,
      outcome: 'allowed',
      reason: null,
    };
    const judge = async (tx: Tx): Promise<string | null> => {
      const patientId = await patientOf(tx, siteId, spec.about, id);
      const facts: PatientFacts | null =
        patientId === null
          ? null
          : ((await patientFacts(tx, siteId, subject.accountId, [patientId])).get(patientId) ?? null);
      if (spec.about !== 'none' && facts === null) throw notThere(spec.about);
      event.patientId = patientId;
      const decision = decide({
        subject,
        resource: spec.resource,
        action: spec.action,
        path: way,
        patient: facts,
      });
      event.reason = decision.because + (session.token === undefined ? '' : `; token ${session.token.id}`);
      if (decision.allow) return patientId;
      event.outcome = 'denied';
      services.metrics.count('foramen_access_denied_total', { path: way, resource: spec.resource });
      // Whether somebody else's patient exists is itself private: unseen and absent look the same.
      if (spec.about === 'none')
        throw refuse(403, 'usage', spec.resource, decision.because, 'ask for the rights you need');
      const sees = decide({
        subject,
        resource: 'patient',
        action: 'read',
        path: 'api',
        patient: facts,
      }).allow;
      throw sees
        ? refuse(403, 'usage', spec.resource, decision.because, 'ask for the rights you need')
        : notThere(spec.about);
    };
    const haveRoom = async (): Promise<void> => {
      if (fills(spec) && (await services.space()).state !== 'ok') throw noRoom('is nearly full');
    };
    let refusal: ProblemError;
    try {
      let taken: Taken<T> | undefined;
      if (take !== undefined) {
        await database.inSite(siteId, judge);
        await haveRoom();
        taken = await take();
      }
      const reply = await database.inSite(siteId, async (tx) => {
        try {
          const patientId = await judge(tx);
          if (taken === undefined) await haveRoom();
          else if (!(await stillGood(tx, siteId, session, services.now()))) throw over();
          const result = await handle(
            {
              tx,
              session,
              now,
              patientId: patientId ?? '',
              visible: (ids) => visibleOf(tx, subject, spec.resource, way, ids),
              alsoAudit: (extra) => more.push({ ...event, ...extra, outcome: 'allowed' }),
            },
            taken?.value as T,
          );
          if ('refusal' in result) {
            event.outcome = 'failed';
            event.reason = result.refusal.problems[0].what;
          }
          await appendAudit(tx, siteId, [event, ...more], now);
          return result;
        } catch (error) {
          // Not when the commit fails: it may have come through although its answer was lost, and what rows name must stay.
          await taken?.discard();
          throw error;
        }
      });
      if ('after' in reply) return toResponse(c, await reply.after());
      if (!('refusal' in reply)) return toResponse(c, reply);
      refusal = reply.refusal;
    } catch (error) {
      if (event.outcome === 'allowed') event.outcome = 'failed';
      // The trail of a refused or failed request outlives the rolled-back transaction.
      await database.inSite(siteId, (tx) => appendAudit(tx, siteId, [event], now)).catch(() => undefined);
      throw error;
    }
    throw refusal;
  }

  async function visibleOf(
    tx: Tx,
    subject: Subject,
    resource: Resource,
    way: Path,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const facts = await patientFacts(tx, services.siteId, subject.accountId, ids);
    return new Set(
      [...facts]
        .filter(([, patient]) => decide({ subject, resource, action: 'list', path: way, patient }).allow)
        .map(([id]) => id),
    );
  }

  return { route, table };
}

const over = (): ProblemError => refuse(401, 'usage', 'session', 'not signed in', 'sign in first');

/** What brings megabytes is refused while there is still room for what is small: answers, judgements, the trail, the database's log. */
const fills = (spec: Pick<RouteEntry, 'resource' | 'action'>): boolean =>
  (spec.resource === 'study' || spec.resource === 'genome') &&
  (spec.action === 'create' || spec.action === 'update');

export type Route = ReturnType<typeof guardedRoutes>['route'];

function describeRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  app: OpenAPIHono,
  spec: RouteSpec<P, Q, B>,
): void {
  const content =
    'schema' in spec.reply
      ? { 'application/json': { schema: spec.reply.schema } }
      : { [spec.reply.type]: { schema: { type: 'string' as const, format: 'binary' } } };
  app.openAPIRegistry.registerPath({
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    security: [{ session: [] }, { token: [] }],
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params as unknown as z.ZodObject }),
      ...(spec.query === undefined ? {} : { query: spec.query as unknown as z.ZodObject }),
      ...(spec.body === undefined
        ? {}
        : { body: { content: { 'application/json': { schema: spec.body } } } }),
    },
    responses: { 200: { description: 'done', content }, default: { description: 'problems' } },
  });
}

export async function readSession(c: Context, services: Services): Promise<Session | undefined> {
  const token = getCookie(c, COOKIE);
  if (token === undefined || token.length !== 43) return undefined;
  return services.database.inSite(services.siteId, (tx) =>
    findSession(tx, services.siteId, token, services.now()),
  );
}

/** Who asks: a program by its token, else a person by the cookie. A token that does not hold is not made good by a cookie. */
export async function identify(c: Context, services: Services): Promise<Session | undefined> {
  const said = c.req.header('authorization');
  if (said === undefined) return readSession(c, services);
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(said)?.[1];
  if (token === undefined) return undefined;
  const { siteId, database } = services;
  return database.inSite(siteId, (tx) => findToken(tx, siteId, token, services.now()));
}

export function checked<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  where: string,
): z.infer<S> | undefined {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 20).map((issue) => ({
    code: 'usage' as const,
    severity: 'error' as const,
    where: [where, ...issue.path].join('.'),
    what: issue.message,
    help: 'see /api/openapi.json',
  }));
  const [first, ...rest] = issues;
  throw new ProblemError(400, [first!, ...rest]);
}
