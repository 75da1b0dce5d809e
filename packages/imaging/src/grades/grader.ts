import { NetworkFailure, type RunNetwork, type Tensor } from '../segmentation/network.ts';
import { CROP } from './disc-crop.ts';
import type { GraderModel, GraderOutput } from './grader-model.ts';
import type { Features } from './ordinal.ts';
import { CELL_POINTS, CELLS, WIDE, type WideCrop } from './wide-crop.ts';

/** One disc as the grader sees it. */
export interface GraderInput {
  readonly crop: Float32Array;
  /** What the trunk sees of it on each series. */
  readonly wide: { readonly t2: WideCrop | null; readonly t1: WideCrop | null };
  readonly features: Features;
  readonly has: { readonly t1: boolean; readonly t2: boolean };
}

/** Probabilities by field: a vector over the output's grades, or [P(absent), P(present)]. */
export type Graded = Readonly<
  Partial<
    Record<
      GraderOutput['field'],
      { readonly grades: readonly number[]; readonly p: readonly number[]; readonly cuts?: readonly number[] }
    >
  >
>;

/**
 * Features of every disc, lowest first, with those of its neighbours (`above.`, `below.`), the mean of the
 * person's other discs (`rest.`), the difference to it (`rel.`) and the share of the person's greatest (`share.`).
 */
export function withNeighbours(all: readonly Features[]): Features[] {
  return all.map((own, i) => {
    const out: Record<string, number | undefined> = { ...own };
    const take = (prefix: string, from: Features | undefined): void => {
      if (from) for (const [k, v] of Object.entries(from)) if (v !== undefined) out[`${prefix}.${k}`] = v;
    };
    take('below', all[i - 1]);
    take('above', all[i + 1]);
    for (const name of Object.keys(own)) {
      if (own[name] === undefined) continue;
      let sum = 0;
      let n = 0;
      all.forEach((f, j) => {
        const v = f[name];
        if (j !== i && v !== undefined) {
          sum += v;
          n++;
        }
      });
      if (n === 0) continue;
      const v = own[name] as number;
      out[`rest.${name}`] = sum / n;
      out[`rel.${name}`] = v - sum / n;
      // Share of the person's greatest: what "narrowed" is read against.
      const greatest = Math.max(...all.map((f) => f[name] ?? Number.NEGATIVE_INFINITY));
      if (greatest > 1e-6 && v >= 0) out[`share.${name}`] = v / greatest;
    }
    return out;
  });
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

function probabilities(o: GraderOutput, logits: readonly number[]): number[] {
  const z = logits.map((v) => o.scale * v + o.shift);
  switch (o.kind) {
    case 'sigmoid': {
      const p = logistic(z[0] as number);
      return [1 - p, p];
    }
    case 'softmax': {
      const top = Math.max(...z);
      const e = z.map((v) => Math.exp(v - top));
      const sum = e.reduce((a, b) => a + b, 0);
      return e.map((v) => v / sum);
    }
    case 'cumulative': {
      const above = z.map(logistic);
      // Cumulative probabilities may cross by a little: they are made to fall before they are differenced.
      for (let k = 1; k < above.length; k++) above[k] = Math.min(above[k] as number, above[k - 1] as number);
      return o.grades.map((_, k) => (k === 0 ? 1 : (above[k - 1] as number)) - (above[k] ?? 0));
    }
  }
}

/** The wide crops of all discs in one row, and which of them each disc has on T2 and on T1. */
export function wideInputs(discs: readonly Pick<GraderInput, 'wide'>[]): Readonly<Record<string, Tensor>> {
  const crops: WideCrop[] = [];
  const place = Float32Array.from(
    discs.flatMap(({ wide }) =>
      [wide.t2, wide.t1].map((crop) => (crop === null ? -1 : crops.push(crop) - 1)),
    ),
  );
  // A network takes no empty row: a crop without a seen cell counts for nothing.
  const count = Math.max(1, crops.length);
  const joined = (dims: readonly number[], of: (crop: WideCrop) => Float32Array): Tensor => {
    const size = dims.reduce((a, b) => a * b, 1);
    const data = new Float32Array(count * size);
    crops.forEach((crop, i) => {
      data.set(of(crop), i * size);
    });
    return { data, dims: [count, ...dims] };
  };
  return {
    wide: joined([1, WIDE.height, WIDE.width], (c) => c.picture),
    points: joined([CELLS * CELL_POINTS, 2], (c) => c.points),
    seen: joined([CELLS], (c) => c.seen),
    place: { data: place, dims: [discs.length, 2] },
  };
}

/**
 * Runs the grader over all discs of a person at once.
 * @throws NetworkFailure when an output is missing or has another size than the model's description says.
 */
export async function runGrader(
  run: RunNetwork,
  model: GraderModel,
  discs: readonly GraderInput[],
): Promise<Graded[]> {
  const n = discs.length;
  if (n === 0) return [];
  const size = CROP.channels * CROP.width * CROP.height;
  const image = new Float32Array(n * size);
  const F = model.features.length;
  const features = new Float32Array(n * F);
  discs.forEach((d, i) => {
    image.set(d.crop, i * size);
    model.features.forEach((f, k) => {
      const v = d.features[f.name];
      features[i * F + k] = v === undefined ? 0 : Math.max(-4, Math.min(4, (v - f.mean) / f.sd));
    });
  });
  const outputs = await run('grader', {
    [model.input]: { data: image, dims: [n, CROP.channels, CROP.height, CROP.width] },
    ...(F > 0 ? { [model.featureInput]: { data: features, dims: [n, F] } } : {}),
    ...(model.wide ? wideInputs(discs) : {}),
  });
  return discs.map((d, i) => {
    const out: Record<string, { grades: readonly number[]; p: readonly number[]; cuts?: readonly number[] }> =
      {};
    for (const o of model.outputs) {
      if (o.needs.some((need) => !d.has[need])) continue;
      const width = o.kind === 'sigmoid' ? 1 : o.kind === 'softmax' ? o.grades.length : o.grades.length - 1;
      const tensor = outputs[o.name];
      if (!tensor || tensor.data.length !== n * width)
        throw new NetworkFailure(`the grader network gave no output "${o.name}" of [${n}, ${width}]`);
      const logits = Array.from(tensor.data.subarray(i * width, (i + 1) * width));
      const p = probabilities(o, logits);
      out[o.field] = { grades: o.grades, p, ...(o.cuts ? { cuts: o.cuts } : {}) };
    }
    return out as Graded;
  });
}
