// A model of ours as an ONNX file, up to the pixel shuffle: [1, 3, h, w] to [1, 3·s², h, w].
import protobuf from 'protobufjs/minimal.js';
import { parseGraph, weightsOf, type Step } from '../../src/inference/graph';
import type { ModelFiles } from '../../src/inference/types';

type Writer = protobuf.Writer;
type Weights = ModelFiles['weights'];
type Attributes = Record<string, number[]>;

// Numbers of fields and enums in onnx.proto.
const float32 = 1;
const attributeTypeInts = 7;
const bytesField = 2;
const varintField = 0;

/** Names of its only input and output. */
export const onnxInput = 'input';
export const onnxOutput = 'output';

export function toOnnx({ topology, weights }: ModelFiles): Uint8Array {
  const graph = parseGraph(topology, weights);
  const rename = (name: string) =>
    name === graph.input ? onnxInput : name === graph.output ? onnxOutput : name;
  const used = graph.steps.flatMap(weightsOf);
  const channels = 3 * graph.blockSize ** 2;
  return message((model) => {
    field(model, 1, varintField).int64(8);
    submessage(model, 7, (body) => {
      for (const step of graph.steps) writeStep(body, step, rename, weights);
      text(body, 2, 'upres');
      for (const name of used) submessage(body, 5, (to) => writeWeight(to, name, weights[name]));
      submessage(body, 11, (to) => writeImage(to, onnxInput, 3));
      submessage(body, 12, (to) => writeImage(to, onnxOutput, channels));
    });
    submessage(model, 8, (operators) => field(operators, 2, varintField).int64(17));
  });
}

function writeStep(
  graph: Writer,
  step: Step,
  rename: (name: string) => string,
  weights: Weights,
): void {
  const output = rename(step.output);
  switch (step.kind) {
    case 'conv': {
      const size = weights[step.kernel]?.shape[0] ?? 0;
      const pad = (size - 1) / 2;
      const inputs = [rename(step.input), step.kernel, ...(step.bias === null ? [] : [step.bias])];
      const sum = step.slopes === null ? output : `${output} before slopes`;
      const attributes = { kernel_shape: [size, size], pads: [pad, pad, pad, pad] };
      writeNode(graph, 'Conv', inputs, sum, attributes);
      if (step.slopes !== null) writeNode(graph, 'PRelu', [sum, step.slopes], output);
      break;
    }
    case 'prelu':
      writeNode(graph, 'PRelu', [rename(step.input), step.slopes], output);
      break;
    case 'add':
      writeNode(graph, 'Add', step.inputs.map(rename), output);
      break;
  }
}

function writeNode(
  graph: Writer,
  operator: string,
  inputs: string[],
  output: string,
  attributes: Attributes = {},
): void {
  submessage(graph, 1, (node) => {
    for (const input of inputs) text(node, 1, input);
    text(node, 2, output);
    text(node, 3, output);
    text(node, 4, operator);
    for (const [name, values] of Object.entries(attributes)) {
      submessage(node, 5, (attribute) => {
        text(attribute, 1, name);
        for (const value of values) field(attribute, 8, varintField).int64(value);
        field(attribute, 20, varintField).int32(attributeTypeInts);
      });
    }
  });
}

/** Kernels [y, x, in, out] become [out, in, y, x]; slopes [1, 1, c] become [c, 1, 1]; biases stay. */
function writeWeight(tensor: Writer, name: string, weight: Weights[string] | undefined): void {
  if (!weight) throw new Error(`no weight ${name}`);
  const [height = 0, width = 0, inputs = 0, filters = 0] = weight.shape;
  const isKernel = weight.shape.length === 4;
  const shape = isKernel ? [filters, inputs, height, width] : [...weight.shape].reverse();
  const values = isKernel ? new Float32Array(weight.values.length) : weight.values;
  if (isKernel) {
    const taps = height * width;
    weight.values.forEach((value, i) => {
      const out = i % filters;
      const input = Math.floor(i / filters) % inputs;
      values[(out * inputs + input) * taps + Math.floor(i / (filters * inputs))] = value;
    });
  }
  for (const side of shape) field(tensor, 1, varintField).int64(side);
  field(tensor, 2, varintField).int32(float32);
  text(tensor, 8, name);
  field(tensor, 9, bytesField).bytes(new Uint8Array(Float32Array.from(values).buffer));
}

function writeImage(to: Writer, name: string, channels: number): void {
  text(to, 1, name);
  submessage(to, 2, (type) =>
    submessage(type, 1, (tensor) => {
      field(tensor, 1, varintField).int32(float32);
      submessage(tensor, 2, (shape) => {
        for (const side of [1, channels, 'height', 'width']) {
          submessage(shape, 1, (dimension) => {
            if (typeof side === 'number') field(dimension, 1, varintField).int64(side);
            else text(dimension, 2, side);
          });
        }
      });
    }),
  );
}

function message(write: (to: Writer) => void): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish();
}

function submessage(to: Writer, number: number, write: (to: Writer) => void): void {
  field(to, number, bytesField).bytes(message(write));
}

function text(to: Writer, number: number, value: string): void {
  field(to, number, bytesField).string(value);
}

/** The head of a field; its value is to follow. */
function field(to: Writer, number: number, type: number): Writer {
  return to.uint32((number << 3) | type);
}
