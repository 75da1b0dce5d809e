import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { dicomwebRoutes } from '../dicomweb/routes.ts';
import { searchRoutes } from '../dicomweb/search.ts';
import { stowRoutes } from '../dicomweb/stow.ts';
import { rateLimiter } from '../identity/rate-limit.ts';
import { errorKind } from '../observe/log.ts';
import { traceparent, within } from '../observe/trace.ts';
import { isDiskFull, noRoom, ProblemError, problem } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { accountRoutes } from './accounts.ts';
import { remoteAddress } from './address.ts';
import { diaryRoutes } from './diary.ts';
import { evidenceRoutes } from './evidence.ts';
import { guardedRoutes, type RouteEntry } from './guard.ts';
import { healthRoutes } from './health.ts';
import { intakeRoutes } from './intake.ts';
import { jobRoutes } from './jobs.ts';
import { markRoutes } from './marks.ts';
import { passwordRoutes } from './password.ts';
import { patientRoutes } from './patients.ts';
import { pictureRoutes } from './pictures.ts';
import { rightsRoutes } from './rights.ts';
import { sessionRoutes } from './session.ts';
import { studyRoutes } from './studies.ts';
import { tokenRoutes } from './tokens.ts';
import { trailRoutes } from './trail.ts';
import { uploadRoutes } from './upload.ts';
import { type WebFiles, webRoutes } from './web.ts';

export interface App {
  readonly app: OpenAPIHono;
  /** Every guarded route, for the test that none is without policy. */
  readonly table: readonly RouteEntry[];
}

/** The whole HTTP side as one web-standard handler: tests call `app.request()` without a socket. */
export function createApp(services: Services, web: WebFiles): App {
  const app = new OpenAPIHono();
  const addressOf = (c: Context): string => remoteAddress(c, services.secureCookies);
  const requests = rateLimiter({ burst: 3_000, perSecond: 500 });

  app.use('*', async (c, next) => {
    const began = performance.now();
    const wait = requests.take(addressOf(c), Date.now());
    if (wait > 0)
      throw new ProblemError(
        429,
        [problem('too-large', 'requests', 'too many in a short time', 'wait a moment')],
        wait,
      );
    if (services.demo) refuseForeignHost(c);
    const span = services.metrics.begin(
      c.req.method,
      'request',
      {},
      traceparent(c.req.header('traceparent')),
    );
    await within(span.traceparent, next);
    secureHeaders(c);
    const route = c.req.routePath;
    const labels = { route, method: c.req.method, status: String(c.res.status) };
    services.metrics.count('foramen_http_requests_total', labels);
    services.metrics.observe('foramen_http_request_seconds', (performance.now() - began) / 1000, {
      route,
      method: c.req.method,
    });
    span.end({ name: `${c.req.method} ${route}`, labels, failed: c.res.status >= 500 });
    services.log('debug', 'request', {
      route,
      method: c.req.method,
      status: c.res.status,
      ms: Math.round(performance.now() - began),
    });
  });

  app.onError((error, c) => {
    secureHeaders(c);
    if (error instanceof ProblemError) {
      if (error.retryAfterSeconds !== undefined) c.header('retry-after', String(error.retryAfterSeconds));
      if (error.status === 401) c.header('www-authenticate', 'Bearer realm="foramen"');
      return c.json({ problems: error.problems }, error.status as 400);
    }
    if (isDiskFull(error)) {
      services.log('error', 'the disk is full', { route: c.req.routePath });
      return c.json({ problems: noRoom('is full').problems }, 507);
    }
    if (isUnfitValue(error)) {
      return c.json(
        {
          problems: [
            problem(
              'usage',
              'request',
              'a value cannot be kept: a NUL character, or a number or date out of range',
              'see /api/openapi.json',
            ),
          ],
        },
        400,
      );
    }
    const down = isDatabaseDown(error);
    services.log(down ? 'warn' : 'error', 'request failed', {
      route: c.req.routePath,
      method: c.req.method,
      error: errorKind(error),
    });
    return c.json(
      {
        problems: [
          down
            ? problem('unsupported', 'database', 'is not reachable just now', 'try again in a few seconds')
            : problem(
                'unsupported',
                'server',
                'an unexpected error, logged',
                'tell your administrator what you did',
              ),
        ],
      },
      down ? 503 : 500,
    );
  });
  app.notFound((c) => {
    secureHeaders(c);
    const allowed = methodsOf(app, c.req.path);
    if (allowed.length > 0) {
      c.header('allow', allowed.join(', '));
      const help = `use ${allowed.join(' or ')}`;
      return c.json(
        { problems: [problem('usage', 'method', `${c.req.method} is not answered here`, help)] },
        405,
      );
    }
    return c.json(
      { problems: [problem('not-found', 'address', 'nothing is here', 'see /api/openapi.json')] },
      404,
    );
  });

  const { route, table } = guardedRoutes(app, services);
  healthRoutes(app, services);
  evidenceRoutes(app, services);
  sessionRoutes(app, services, addressOf);
  patientRoutes(route, services);
  intakeRoutes(route, services);
  diaryRoutes(route, services);
  studyRoutes(route, services);
  markRoutes(route, services);
  pictureRoutes(route, services);
  uploadRoutes(route, services);
  jobRoutes(route, services);
  searchRoutes(route, services);
  dicomwebRoutes(route, services);
  stowRoutes(route, services);
  accountRoutes(route, services);
  tokenRoutes(route, services);
  passwordRoutes(route, services);
  rightsRoutes(route, services);
  trailRoutes(route, services);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'foramen_session',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  // Written once: it is the same for everybody, and takes megabytes to write.
  let description: string | undefined;
  app.get('/api/openapi.json', (c) => {
    description ??= JSON.stringify(
      app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Foramen', version: '1' } }),
    );
    return c.body(description, 200, { 'content-type': 'application/json' });
  });
  webRoutes(app, web, services.modelDir);
  return { app, table };
}

/** Methods that an address of the interface answers, whatever was asked with (RFC 9110, 15.5.6). */
function methodsOf(app: OpenAPIHono, path: string): readonly string[] {
  if (!/^\/(?:api|dicomweb)\//.test(path)) return [];
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method && route.path !== '/*'),
  );
}

/** A demo signs people in by itself, so a page elsewhere must not reach it by pointing its own name at this address. */
function refuseForeignHost(c: Context): void {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
  if (host !== '' && !['localhost', '127.0.0.1', '[::1]'].includes(host)) {
    throw new ProblemError(403, [
      problem('usage', 'host', 'the demo answers on localhost only', 'open http://localhost'),
    ]);
  }
}

const CSP = [
  "default-src 'none'",
  // WebAssembly is compiled, never evaluated as text; no inline script anywhere.
  "script-src 'self' 'wasm-unsafe-eval'",
  // Mantine sets styles at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function secureHeaders(c: Context): void {
  const set = (name: string, value: string): void => {
    if (!c.res.headers.has(name)) c.header(name, value);
  };
  set('content-security-policy', CSP);
  // Both are what lets a page use threads in WebAssembly.
  set('cross-origin-opener-policy', 'same-origin');
  set('cross-origin-embedder-policy', 'require-corp');
  set('cross-origin-resource-policy', 'same-origin');
  set('x-content-type-options', 'nosniff');
  set('referrer-policy', 'no-referrer');
  set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (c.req.path.startsWith('/api/')) set('cache-control', 'no-store');
}

/** Text with a NUL, numbers and dates beyond what the database knows: said by the sender, so the sender's to mend. */
function isUnfitValue(error: unknown): boolean {
  return ['22021', '22P05', '22P02', '22003', '22007', '22008'].includes(
    String((error as { code?: unknown } | null)?.code),
  );
}

function isDatabaseDown(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^(ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|57P0[123]|08...)$/.test(code))
    return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/.test(
      error.message,
    )
  );
}
