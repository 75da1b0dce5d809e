/** The few messages of ONNX's protobuf that a network of one convolution needs (onnx.proto3, opset 17). */

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Iterable<number>): number[] => {
  const all = [...value];
  return [...varint(field * 8 + 2), ...varint(all.length), ...all];
};
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));

function tensor(name: string, dims: readonly number[], values: readonly number[]): number[] {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
  return [...dims.flatMap((d) => number(1, d)), ...number(2, 1), ...text(8, name), ...bytes(9, raw)];
}

/** A float input or output; a dimension given by name is open. */
function place(name: string, dims: readonly (number | string)[]): number[] {
  const shape = dims.flatMap((d) => bytes(1, typeof d === 'number' ? number(1, d) : text(2, d)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, shape)]))];
}

/**
 * A network of one 1 x 1 convolution: logit of channel c is `weights[c] * x + biases[c]` at every pixel, so what it labels is known
 * exactly. `axes` is 2 or 3.
 */
export function pointwiseNetwork(
  axes: 2 | 3,
  weights: readonly number[],
  biases: readonly number[],
  inputs = 1,
): Uint8Array {
  const channels = biases.length;
  const ones = Array.from({ length: axes }, () => 1);
  const open = ['d', 'h', 'w'].slice(3 - axes);
  const node = [
    ...text(1, 'picture'),
    ...text(1, 'w'),
    ...text(1, 'b'),
    ...text(2, 'logits'),
    ...text(4, 'Conv'),
  ];
  const graph = [
    ...bytes(1, node),
    ...text(2, 'pointwise'),
    ...bytes(5, tensor('w', [channels, inputs, ...ones], weights)),
    ...bytes(5, tensor('b', [channels], biases)),
    ...bytes(11, place('picture', [1, inputs, ...open])),
    ...bytes(12, place('logits', [1, channels, ...open])),
  ];
  const opset = [...text(1, ''), ...number(2, 17)];
  return Uint8Array.from([...number(1, 8), ...text(2, 'test'), ...bytes(7, graph), ...bytes(8, opset)]);
}
