import type { Streams } from './streams.ts';

/** Progress on a terminal: one line, redrawn, with the time left. On anything but a terminal it is silent. */
export interface ProgressLine {
  readonly say: (stage: string, fraction: number) => void;
  readonly end: () => void;
}

const WIDTH = 24;

export function progressLine(
  io: Streams,
  terminal: boolean,
  now: () => number = () => performance.now(),
): ProgressLine {
  if (!terminal) return { say: () => {}, end: () => {} };
  const began = now();
  let drawn = -1000;
  return {
    say: (stage, fraction) => {
      const t = now();
      if (t - drawn < 80 && fraction < 1) return;
      drawn = t;
      const done = Math.round(fraction * WIDTH);
      io.err(
        `\r\x1b[2K[${'#'.repeat(done)}${'.'.repeat(WIDTH - done)}] ${stage}${timeLeft((t - began) / 1000, fraction)}`,
      );
    },
    end: () => io.err('\r\x1b[2K'),
  };
}

/** Linear from what is done; nothing is said before there is something to go by. */
export function timeLeft(seconds: number, fraction: number): string {
  if (fraction < 0.05 || seconds < 0.3 || fraction >= 1) return '';
  const left = (seconds * (1 - fraction)) / fraction;
  return left < 1
    ? ', under a second left'
    : left < 90
      ? `, ${Math.round(left)} s left`
      : `, ${Math.round(left / 60)} min left`;
}
