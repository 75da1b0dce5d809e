import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraderModel } from '@foramen/imaging';
import { expect, it } from 'vitest';
import { modelFolder } from './models.ts';
import { createNetworkRunner } from './network.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(join(modelFolder(), name), 'utf8'));

function wave(count: number, level: number, height: number, step: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => level + height * Math.sin(step * i));
}

it('the shipped grader answers as the parts it was written from', async () => {
  const model = GraderModel.parse(read('grader.json'));
  const check = read('grader-check.json') as { version: string; logits: Record<string, number[][]> };
  expect(check.version).toBe(model.version);
  const place = [0, 1, 2, -1, -1, 3];
  const plane = 72 * 96;
  const image = new Float32Array(3 * 4 * plane);
  const picture = wave(3 * 2 * plane, 0.3, 0.25, 0.013);
  place.forEach((at, k) => {
    if (at < 0) return;
    const disc = Math.floor(k / 2);
    const channel = 4 * disc + (k % 2);
    image.set(picture.subarray(k * plane, (k + 1) * plane), channel * plane);
    image.fill(1, (channel + 2) * plane, (channel + 3) * plane);
  });
  const F = model.features.length;
  const runner = createNetworkRunner(modelFolder());
  const outputs = await runner.run('grader', {
    image: { data: image, dims: [3, 4, 72, 96] },
    features: { data: wave(3 * F, 0, 1, 0.7), dims: [3, F] },
    wide: { data: wave(4 * 96 * 96, 0.5, 0.4, 0.011), dims: [4, 1, 96, 96] },
    points: { data: wave(4 * 252 * 2, 0, 0.8, 0.37), dims: [4, 252, 2] },
    seen: { data: Float32Array.from({ length: 4 * 21 }, (_, i) => (i % 7 === 3 ? 0 : 1)), dims: [4, 21] },
    place: { data: Float32Array.from(place), dims: [3, 2] },
  });
  await runner.release();
  const far: string[] = [];
  for (const [field, rows] of Object.entries(check.logits)) {
    const got = Array.from(outputs[field]?.data ?? []);
    const expected = rows.flat();
    expect(got).toHaveLength(expected.length);
    // Weights are rounded to bytes and half floats in the file.
    got.forEach((v, i) => {
      if (Math.abs(v - (expected[i] as number)) > 0.1) far.push(`${field} ${v} for ${expected[i]}`);
    });
  }
  expect(far).toEqual([]);
});
