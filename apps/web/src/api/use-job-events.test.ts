import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow } from './use-job-events.ts';

/** A browser's stream as far as the page uses it. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 1;
  constructor() {
    super();
    Stream.opened.push(this);
  }
  close(): void {
    this.readyState = Stream.CLOSED;
  }
  say(event: string, data = '{}'): void {
    this.dispatchEvent(Object.assign(new Event(event), { data }));
  }
}
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
beforeEach(() => {
  Stream.opened = [];
  page.visibilityState = 'visible';
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const open = () => Stream.opened.filter((one) => one.readyState !== Stream.CLOSED).length;

describe('the stream of job events', () => {
  it('tells what it hears and stops when asked', () => {
    const heard: unknown[] = [];
    const stop = follow((event, ended) => heard.push([event.id, ended]));
    Stream.opened[0]?.say('progress', '{"id":"j1"}');
    Stream.opened[0]?.say('end', '{"id":"j1"}');
    Stream.opened[0]?.say('progress', '{"id":');
    expect(heard).toEqual([
      ['j1', false],
      ['j1', true],
    ]);
    stop();
    expect(open()).toBe(0);
  });

  it('that was crowded out by newer tabs comes back when this one is looked at, not before', () => {
    const stop = follow(() => undefined);
    Stream.opened[0]?.say('crowded');
    expect(open()).toBe(0);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(600_000);
    expect(open()).toBe(0);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(open()).toBe(1);
    stop();
  });

  it('that was refused is asked for again after a minute; one that only broke is left to the browser', () => {
    const stop = follow(() => undefined);
    Stream.opened[0]?.say('error');
    vi.advanceTimersByTime(120_000);
    expect(Stream.opened.length).toBe(1);
    Stream.opened[0]?.close();
    Stream.opened[0]?.say('error');
    vi.advanceTimersByTime(59_000);
    expect(Stream.opened.length).toBe(1);
    vi.advanceTimersByTime(2_000);
    expect(open()).toBe(1);
    stop();
    vi.advanceTimersByTime(600_000);
    expect(open()).toBe(0);
  });
});
