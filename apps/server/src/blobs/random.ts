import { randomFillSync } from 'node:crypto';

const POOL = Buffer.allocUnsafeSlow(16 << 10);
let used = POOL.length;

/** Fresh random bytes of the system's generator, fetched many at a time: asking costs more than what is asked for. */
export function fresh(length: number): Buffer {
  if (used + length > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += length;
  const bytes = Buffer.from(POOL.subarray(used - length, used));
  // A key must not lie here longer than where it is used.
  POOL.fill(0, used - length, used);
  return bytes;
}
