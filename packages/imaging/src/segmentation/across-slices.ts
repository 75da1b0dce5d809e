import type { ProbabilityField } from './field.ts';
import { CLASS_COUNT } from './model.ts';

/** How fast neighbouring slices lose their say with distance, mm. */
const FADE_MM = 1.9;
const FADE_POWER = 1.5;
/** Neighbours with less say than this are not asked: from 4 mm on, where clinical series have their slices, each slice is read alone. */
const LEAST_SAY = 0.05;
/** Added to a probability before its logarithm, half a step of a byte: no one slice can rule a class out for its neighbours. */
const FLOOR = 0.002;
/** A pixel of this probability (of 255) and one class through all its neighbours stays as it is. */
const SURE = 250;

/** The say, 0 to 1, that a slice `mm` away has in what a slice shows: 0.4 at 1.8 mm, 0.07 at 3.6 mm. */
export function neighbourSay(mm: number): number {
  const say = Math.exp(-((mm / FADE_MM) ** FADE_POWER));
  return say < LEAST_SAY ? 0 : say;
}

/**
 * Lets the slices of a thin series agree: the class probabilities of each become the weighted geometric mean of its own and its
 * neighbours'. The network reads each slice alone, and what it misses or adds on one it mostly does not on the next. Changes the field.
 *
 * Why these weights: on SPIDER's T2-SPACE slices, 1.8 mm apart, read by networks that had not seen the patient (21 patients), Dice rose
 * from 0.895 to 0.899 for discs, from 0.915 to 0.921 for the dural sac, and stood at 0.935 for vertebrae; of slices taken 3.6 mm apart a
 * say of 0.06 gave discs and sac 0.002 more and a say of 0.2 took vertebrae 0.001.
 */
export function agreeAcrossSlices(field: ProbabilityField): void {
  const { width, height, depth, sliceIndex, sliceMm, p, classes } = field;
  if (depth < 2) return;
  const perIndex = (sliceMm * (depth - 1)) / Math.abs((sliceIndex[depth - 1] ?? 0) - (sliceIndex[0] ?? 0));
  const say = (z: number, other: number) =>
    neighbourSay(Math.abs((sliceIndex[other] as number) - (sliceIndex[z] as number)) * perIndex);
  const n = width * height;
  const plane = n * CLASS_COUNT;
  const logs = Float32Array.from({ length: 256 }, (_, v) => Math.log(v / 255 + FLOOR));
  // Slices before this one as the network gave them; those after it have not been changed yet.
  const before = new Map<number, { readonly p: Uint8Array; readonly classes: Uint8Array }>();
  const mean = new Float64Array(CLASS_COUNT);
  for (let z = 0; z < depth; z++) {
    before.set(z, {
      p: p.slice(z * plane, (z + 1) * plane),
      classes: classes.slice(z * n, (z + 1) * n),
    });
    const voices: { readonly p: Uint8Array; readonly classes: Uint8Array; readonly weight: number }[] = [];
    let total = 0;
    for (const step of [-1, 1]) {
      for (let other = z + (step === 1 ? 0 : step); other >= 0 && other < depth; other += step) {
        const weight = say(z, other);
        if (weight === 0) break;
        const given = before.get(other) ?? {
          p: p.subarray(other * plane, (other + 1) * plane),
          classes: classes.subarray(other * n, (other + 1) * n),
        };
        voices.push({ ...given, weight });
        total += weight;
      }
    }
    for (const old of before.keys()) if (say(z, old) === 0) before.delete(old);
    if (voices.length < 2) continue;
    const own = p.subarray(z * plane, (z + 1) * plane);
    for (let i = 0; i < n; i++) {
      const c = classes[i + n * z] as number;
      if (voices.every((v) => v.classes[i] === c && (v.p[i + n * c] as number) >= SURE)) continue;
      mean.fill(0);
      for (const v of voices) {
        for (let q = 0; q < CLASS_COUNT; q++)
          mean[q] = (mean[q] as number) + v.weight * (logs[v.p[i + n * q] as number] as number);
      }
      let best = 0;
      let sum = 0;
      for (let q = 0; q < CLASS_COUNT; q++) {
        const value = Math.exp((mean[q] as number) / total);
        mean[q] = value;
        sum += value;
        if (value > (mean[best] as number)) best = q;
      }
      for (let q = 0; q < CLASS_COUNT; q++) own[i + n * q] = Math.round((255 * (mean[q] as number)) / sum);
      classes[i + n * z] = best;
    }
  }
}
