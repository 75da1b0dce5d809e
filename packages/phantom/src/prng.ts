/**
 * Seeded source of randomness (sfc32, Chris Doty-Humphrey's small fast counting generator). The same seed gives the
 * same stream on every machine; every draw of the generator goes through one of these.
 */
export interface Rng {
  /** Uniform on [0, 1). */
  next(): number;
  range(low: number, high: number): number;
  /** Integer from low to high, both included. */
  int(low: number, high: number): number;
  chance(p: number): boolean;
  normal(mean: number, sd: number): number;
  pick<T>(items: readonly T[]): T;
  /** An independent stream named by `label`; drawing from it does not move this one. */
  fork(label: string): Rng;
}

function hashText(text: string, start: number): number {
  let h = start >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

export function rngFrom(seed: number | string): Rng {
  const text = String(seed);
  let a = hashText(text, 0x811c9dc5);
  let b = hashText(text, 0x9e3779b9);
  let c = hashText(text, 0x85ebca6b);
  let d = 1;
  const bits = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = (): number => bits() / 4294967296;
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (p) => next() < p,
    normal: (mean, sd) => {
      const u = Math.max(next(), 1e-12);
      return mean + sd * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * next());
    },
    pick: (items) => items[Math.min(items.length - 1, Math.floor(next() * items.length))]!,
    fork: (label) => rngFrom(`${text}/${label}`),
  };
}

export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : Math.min(x, high);
}
