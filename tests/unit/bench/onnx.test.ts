// The ONNX file says what the network says; that a runtime computes the same is checked in each run of the bench.
import protobuf from 'protobufjs/minimal.js';
import { expect, test } from 'vitest';
import { GraphBuilder } from '../../../bench/graphs/graph-builder';
import { toOnnx } from '../../../bench/graphs/to-onnx';

/** Fields of a message by number, in order; bytes stay bytes. */
function fieldsOf(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const reader = protobuf.Reader.create(bytes);
  const fields = new Map<number, (number | Uint8Array)[]>();
  while (reader.pos < reader.len) {
    const head = reader.uint32();
    const value = (head & 7) === 2 ? reader.bytes() : Number(reader.int64());
    fields.set(head >>> 3, [...(fields.get(head >>> 3) ?? []), value]);
  }
  return fields;
}

const messages = (values: (number | Uint8Array)[] | undefined) =>
  (values ?? []).map((value) => fieldsOf(value as Uint8Array));
const words = (values: (number | Uint8Array)[] | undefined) =>
  (values ?? []).map((value) => new TextDecoder().decode(value as Uint8Array));

const builder = new GraphBuilder();
const head = builder.prelu(builder.conv('input', 3, 4));
const body = builder.add(builder.conv(head, 1, 4), head);
const output = builder.add(builder.conv(body, 3, 12), builder.nearest(2));
const files = builder.finish('small', output, { scale: 2, halo: 2 });

test('operators in order, each with its inputs', () => {
  const [graph] = messages(fieldsOf(toOnnx(files)).get(7));
  const nodes = messages(graph?.get(1)).map((node) => [words(node.get(4))[0], words(node.get(1))]);
  expect(nodes).toEqual([
    ['Conv', ['input', 'conv1/kernel', 'conv1/bias']],
    ['PRelu', ['prelu2 before slopes', 'prelu2/alpha']],
    ['Conv', ['input', 'conv6/kernel', 'conv6/bias']],
    ['Conv', ['prelu2', 'conv3/kernel', 'conv3/bias']],
    ['Add', ['conv3', 'prelu2']],
    ['Conv', ['add4', 'conv5/kernel', 'conv5/bias']],
    ['Add', ['conv5', 'conv6']],
  ]);
});

test('padding as "same", by the size of the kernel', () => {
  const [graph] = messages(fieldsOf(toOnnx(files)).get(7));
  const pads = messages(graph?.get(1))
    .map((node) =>
      messages(node.get(5))
        .find((each) => words(each.get(1))[0] === 'pads')
        ?.get(8),
    )
    .filter((values) => values !== undefined);
  expect(pads).toEqual([
    [1, 1, 1, 1],
    [1, 1, 1, 1],
    [0, 0, 0, 0],
    [1, 1, 1, 1],
  ]);
});

test('kernels as [out, in, y, x]', () => {
  const [graph] = messages(fieldsOf(toOnnx(files)).get(7));
  const tensor = messages(graph?.get(5)).find((each) => words(each.get(8))[0] === 'conv1/kernel');
  expect(tensor?.get(1)).toEqual([4, 3, 3, 3]);
  const values = new Float32Array(Uint8Array.from(tensor?.get(9)?.[0] as Uint8Array).buffer);
  const kernel = files.weights['conv1/kernel']?.values ?? new Float32Array();
  const at = (y: number, x: number, input: number, out: number) =>
    kernel[((y * 3 + x) * 3 + input) * 4 + out];
  expect(values[((2 * 3 + 1) * 3 + 0) * 3 + 2]).toBe(at(0, 2, 1, 2));
  expect(values[((3 * 3 + 2) * 3 + 2) * 3 + 1]).toBe(at(2, 1, 2, 3));
});
