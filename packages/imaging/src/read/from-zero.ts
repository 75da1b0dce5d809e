import type { CanonicalSeries } from './series.ts';

/** Ringing and interpolation leave numbers a little below nought: this share of the range says nothing. */
const RINGING = 0.03;
const LOW = 0.002;
const HIGH = 0.995;
const SAMPLES = 20_000;

/**
 * The series with its values counted from air. An MR picture is the size of a signal: numbers well below nought are those of a picture that was shifted (stored signed
 * without its intercept, z-scores), whose ratios of brightness would mean nothing. A CT, whose numbers mean what they are, is left as it is.
 */
export function countedFromZero(series: CanonicalSeries): CanonicalSeries {
  const { volume, contrast } = series;
  if (contrast === 'ct') return series;
  const step = Math.max(1, Math.floor(volume.data.length / SAMPLES));
  const some: number[] = [];
  for (let i = 0; i < volume.data.length; i += step) some.push(volume.data[i] as number);
  some.sort((a, b) => a - b);
  const at = (share: number): number => some[Math.floor(share * (some.length - 1))] ?? 0;
  const [low, high] = [at(LOW), at(HIGH)];
  if (!(low < -RINGING * (high - low))) return series;
  return { ...series, volume: { ...volume, data: volume.data.map((v) => Math.max(0, v - low)) } };
}
