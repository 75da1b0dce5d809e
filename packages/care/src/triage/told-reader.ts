import model from '../../models/told-reader.json' with { type: 'json' };
import type { Hearable } from './second-hearing.ts';

/**
 * The learned reader of told words: word vectors, a few windows over them, the strongest answer of each window, two small layers. It gives
 * one score a condition; `models/told-reader.md` says what it learnt from and where it fails. Pure arithmetic: same words, same scores.
 */
export interface ToldModel {
  /** One condition a score, in order. */
  readonly conditions: readonly Hearable[];
  /** Scores from which a statement is asked about the same day. */
  readonly ask: readonly number[];
  /** Scores from which the condition is raised. */
  readonly sure: readonly number[];
  readonly dimensions: number;
  /** Words with a vector, in the order of `vectors`. */
  readonly words: ReadonlyMap<string, number>;
  /** Rows of one byte a dimension; times `step` gives the vector. */
  readonly vectors: Int8Array;
  readonly step: number;
  readonly networks: readonly Network[];
}
/** `weight` is filters x width x dimensions for a window, outputs x inputs for a layer. */
interface Layer {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}
interface Network {
  readonly windows: readonly (Layer & { readonly width: number })[];
  readonly hidden: Layer;
  readonly out: Layer;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE = new Uint8Array(128);
for (let i = 0; i < 64; i++) VALUE[DIGITS.charCodeAt(i)] = i;

function bytes(base64: string): Uint8Array {
  const text = base64.replace(/=+$/, '');
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | VALUE[text.charCodeAt(i)]!) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (held >> bits) & 0xff;
    }
  }
  return out;
}
const floats = (base64: string): Float32Array => new Float32Array(bytes(base64).buffer);

let known: ToldModel | undefined;

/** The shipped model, unpacked once. */
export function toldModel(): ToldModel {
  known ??= {
    conditions: model.conditions as readonly Hearable[],
    ask: model.ask,
    sure: model.sure,
    dimensions: model.dimensions,
    words: new Map(model.words.split(' ').map((w, i) => [w, i])),
    vectors: new Int8Array(bytes(model.vectors).buffer),
    step: model.step,
    networks: model.networks.map((n) => ({
      windows: n.windows.map((w) => ({ width: w.width, weight: floats(w.weight), bias: floats(w.bias) })),
      hidden: { weight: floats(n.hidden.weight), bias: floats(n.hidden.bias) },
      out: { weight: floats(n.out.weight), bias: floats(n.out.bias) },
    })),
  };
  return known;
}

let slips: Map<string, string> | undefined;

/** Every word short of one letter; two words that meet there are one slip apart (Garbe's symmetric deletes). */
function shortened(word: string): string[] {
  return Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1));
}

/** The row of a word, of the known word one slip away, or none. */
function rowOf(word: string, m: ToldModel): number | undefined {
  const exact = m.words.get(word);
  if (exact !== undefined || word.length < 6 || word.startsWith('<')) return exact;
  if (slips === undefined) {
    slips = new Map();
    for (const w of m.words.keys())
      if (w.length >= 6) for (const s of [w, ...shortened(w)]) if (!slips.has(s)) slips.set(s, w);
  }
  const meant =
    slips.get(word) ??
    shortened(word)
      .map((s) => slips!.get(s))
      .find((w) => w !== undefined);
  return meant === undefined ? undefined : m.words.get(meant);
}

/** What the windows of one network make of one word at each of their places, window after window, filters within a place. */
type Answers = Float64Array;
/** Answers of words heard lately: a long text says few words many times, and each costs more than all else together. */
const ANSWERS = new WeakMap<Network, Map<number, Answers>>();
const MOST_ANSWERS = 2000;

function answersOf(row: number, network: Network, m: ToldModel): Answers {
  let known = ANSWERS.get(network);
  if (known === undefined) {
    known = new Map();
    ANSWERS.set(network, known);
  }
  const found = known.get(row);
  if (found !== undefined) return found;
  const d = m.dimensions;
  const out = new Float64Array(network.windows.reduce((n, w) => n + w.width * w.bias.length, 0));
  let at = 0;
  for (const { width, weight, bias } of network.windows)
    for (let place = 0; place < width; place++)
      for (let f = 0; f < bias.length; f++) {
        let sum = 0;
        const from = (f * width + place) * d;
        for (let k = 0; k < d; k++) sum += m.vectors[row * d + k]! * weight[from + k]!;
        out[at++] = sum * m.step;
      }
  if (known.size >= MOST_ANSWERS) known.clear();
  known.set(row, out);
  return out;
}

/**
 * The strongest answer of each filter over all places of its window, the words padded with nothing on both sides; never below zero. A word
 * that nobody knows is nothing.
 */
function strongest(
  words: readonly (Answers | undefined)[],
  from: number,
  { width, bias }: Layer & { readonly width: number },
): Float64Array {
  const filters = bias.length;
  const best = Float64Array.from(bias, (b) => Math.max(0, b));
  const sums = new Float64Array(filters);
  for (let start = 1 - width; start < words.length; start++) {
    for (let f = 0; f < filters; f++) sums[f] = bias[f]!;
    for (let place = Math.max(0, -start); place < width && start + place < words.length; place++) {
      const word = words[start + place];
      if (word === undefined) continue;
      const at = from + place * filters;
      for (let f = 0; f < filters; f++) sums[f]! += word[at + f]!;
    }
    for (let f = 0; f < filters; f++) if (sums[f]! > best[f]!) best[f] = sums[f]!;
  }
  return best;
}

function apply(layer: Layer, input: Float64Array): Float64Array {
  const out = new Float64Array(layer.bias.length);
  for (let o = 0; o < out.length; o++) {
    let sum = layer.bias[o]!;
    for (let i = 0; i < input.length; i++) sum += input[i]! * layer.weight[o * input.length + i]!;
    out[o] = sum;
  }
  return out;
}

/** One score (log odds) a condition, in the order of `conditions`: the mean of the networks. */
export function scores(words: readonly string[], m: ToldModel = toldModel()): readonly number[] {
  const rows = words.map((word) => rowOf(word, m));
  const sum = new Array<number>(m.conditions.length).fill(0);
  for (const network of m.networks) {
    const each = rows.map((row) => (row === undefined ? undefined : answersOf(row, network, m)));
    const input = new Float64Array(network.windows.reduce((n, w) => n + w.bias.length, 0));
    let pooled = 0;
    let from = 0;
    for (const window of network.windows) {
      input.set(strongest(each, from, window), pooled);
      pooled += window.bias.length;
      from += window.width * window.bias.length;
    }
    const hidden = apply(network.hidden, input).map((v) => Math.max(0, v));
    apply(network.out, hidden).forEach((v, i) => {
      sum[i]! += v / m.networks.length;
    });
  }
  return sum;
}
