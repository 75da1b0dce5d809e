import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Where a trace is: the W3C `traceparent` of the span that is being worked in, random numbers and nothing else. It goes with a job through
 * the queue, so that one trace shows a request, the job it ordered and what the worker did.
 */
const FORM = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const here = new AsyncLocalStorage<string>();

/** The text when it is a traceparent of version 00; anything else starts a trace of its own. */
export function traceparent(text: unknown): string | undefined {
  return typeof text === 'string' && FORM.test(text) ? text : undefined;
}

/** Does the work as part of a span. */
export function within<T>(parent: string | undefined, work: () => T): T {
  return parent === undefined ? work() : here.run(parent, work);
}

/** The span that is being worked in. */
export function currentTrace(): string | undefined {
  return here.getStore();
}
