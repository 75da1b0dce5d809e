import { type Session, stillGood, subjectOf } from '../identity/sessions.ts';
import type { JobWatch } from '../jobs/watch.ts';
import { allowedWith } from '../policy/facts.ts';
import { notThere, ProblemError, problem } from '../problem-error.ts';
import { jobStatus } from '../records/jobs.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { type OpenStreams, openStreams } from './open-streams.ts';
import { byId, type JobStatus, jobShape } from './shapes.ts';

const PING_MS = 15_000;
/** How often a stream on which nothing happens looks whether its session is over. */
const LOOK_MS = 5_000;

export function jobRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  const streams = openStreams();
  route(
    {
      method: 'get',
      path: '/api/jobs/{id}',
      summary: 'How far a job is',
      resource: 'job',
      action: 'read',
      about: 'job',
      params: byId,
      reply: { schema: jobShape },
    },
    async ({ tx, params }) => {
      const status = await jobStatus(tx, siteId, params.id);
      if (status === undefined) throw notThere('job');
      return { json: status };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/jobs/{id}/events',
      summary: 'The progress of a job as it happens',
      resource: 'job',
      action: 'read',
      about: 'job',
      params: byId,
      reply: { type: 'text/event-stream' },
    },
    async ({ params, session, request, address }) =>
      eventStream(services, streams, { session, request, address }, (id) => id === params.id, params.id),
  );

  route(
    {
      method: 'get',
      path: '/api/events',
      summary: 'The progress of every job this account may see',
      resource: 'job',
      action: 'list',
      about: 'none',
      reply: { type: 'text/event-stream' },
    },
    async ({ session, request, address }) =>
      eventStream(services, streams, { session, request, address }, () => true),
  );
}

/**
 * Sends the state of watched jobs as it changes. Each job is judged by the policy before it is sent. With `first`, its present
 * state comes at once and the stream ends with the job. It ends with the session or token that opened it, too: nothing is sent once that is
 * closed, expired or revoked, and a few seconds later an event `over` says so and the stream is closed. When the session has opened too
 * many newer ones, an event `crowded` says that and ends it.
 *
 * @throws ProblemError 429 when the address holds too many already.
 */
function eventStream(
  services: Services,
  streams: OpenStreams,
  caller: { readonly session: Session; readonly request: Request; readonly address: string },
  wants: (jobId: string) => boolean,
  first?: string,
): Response {
  const { session, request, address } = caller;
  const text = new TextEncoder();
  let close = (): void => undefined;
  let crowded = (): void => undefined;
  const count = (): void => services.metrics.gauge('foramen_event_streams', streams.count(), {});
  const leave = streams.enter(session.id, address, () => crowded());
  if (leave === undefined)
    throw new ProblemError(
      429,
      [
        problem(
          'too-large',
          'events',
          'too many streams are open at this address',
          'close some, or ask for the job now and then',
        ),
      ],
      60,
    );
  count();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const pending = new Set<string>();
      let sending = false;
      let closed = false;
      const ping = setInterval(() => push(': still here\n\n'), PING_MS);
      const look = setInterval(() => {
        holds(services, session).then(
          (good) => good || over(),
          () => undefined,
        );
      }, LOOK_MS);
      const over = (): void => {
        push('event: over\ndata: {}\n\n');
        close();
      };
      crowded = (): void => {
        push('event: crowded\ndata: {"reason":"newer streams of this session were opened"}\n\n');
        close();
      };
      const unsubscribe = watchJobs(services.watch, services.siteId, (jobId) => {
        // An empty id means the watch was interrupted: ask again about the job this stream follows.
        const id = jobId === '' ? first : jobId;
        if (id === undefined || !wants(id)) return;
        pending.add(id);
        void drain();
      });
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(ping);
        clearInterval(look);
        unsubscribe();
        leave();
        count();
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      const push = (line: string): void => {
        if (closed) return;
        // A reader that does not read must not fill our memory.
        if ((controller.desiredSize ?? 0) < -1_000) {
          close();
          return;
        }
        controller.enqueue(text.encode(line));
      };
      const drain = async (): Promise<void> => {
        if (sending) return;
        sending = true;
        try {
          for (const id of pending) {
            pending.delete(id);
            const status = await visibleJob(services, session, id);
            if (status === 'over') return over();
            if (status === undefined) continue;
            const ended = status.state === 'done' || status.state === 'failed';
            push(`event: ${ended ? 'end' : 'progress'}\ndata: ${JSON.stringify(status)}\n\n`);
            if (ended && first !== undefined) close();
          }
        } catch {
          // The database is away; the watch will say when it is back.
        } finally {
          sending = false;
        }
        if (pending.size > 0 && !closed) void drain();
      };
      request.signal.addEventListener('abort', close);
      push(': open\n\n');
      if (first !== undefined) {
        pending.add(first);
        void drain();
      }
    },
    cancel: () => close(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

function holds(services: Services, session: Session): Promise<boolean> {
  const { siteId, now } = services;
  return services.database.inSite(siteId, (tx) => stillGood(tx, siteId, session, now()));
}

function watchJobs(watch: JobWatch, siteId: string, tell: (jobId: string) => void): () => void {
  return watch.subscribe((site, jobId) => {
    if (site === siteId || site === '') tell(jobId);
  });
}

async function visibleJob(
  services: Services,
  session: Session,
  jobId: string,
): Promise<JobStatus | 'over' | undefined> {
  const { siteId } = services;
  return services.database.inSite(siteId, async (tx) => {
    if (!(await stillGood(tx, siteId, session, services.now()))) return 'over';
    const status = await jobStatus(tx, siteId, jobId);
    if (status?.patientId == null) return undefined;
    const reading = { subject: subjectOf(session), resource: 'job', action: 'read', path: 'api' } as const;
    return (await allowedWith(tx, siteId, status.patientId, reading)) ? status : undefined;
  });
}
