// Builds a network with made-up weights in the format of the shipped models, layer by layer.
import type { ModelFiles, Scale } from '../../src/inference/types';
import { constantGolden } from './constant-golden';
import * as json from './layers-json';
import { randomNumbers } from './random-weights';

export class GraphBuilder {
  readonly #layers: json.LayerJson[] = [json.inputLayer('input')];
  readonly #weights: ModelFiles['weights'] = {};
  readonly #channels = new Map([['input', 3]]);
  readonly #random = randomNumbers(1);
  #macsPerPixel = 0;

  /** `gain` 1 keeps the size of the values about as it is; the result is the name to build upon. */
  conv(input: string, size: 1 | 3, filters: number, gain = 1): string {
    const name = this.#nextName('conv');
    const inputs = this.#channelsOf(input);
    const count = size * size * inputs * filters;
    const bound = gain * Math.sqrt(6 / (size * size * inputs));
    const values = Float32Array.from({ length: count }, () => this.#random() * bound);
    this.#add(json.conv(name, input, size, filters), filters);
    this.#weights[`${name}/kernel`] = { shape: [size, size, inputs, filters], values };
    const bias = Float32Array.from({ length: filters }, () => this.#random() * 0.02 * gain);
    this.#weights[`${name}/bias`] = { shape: [filters], values: bias };
    this.#macsPerPixel += count;
    return name;
  }

  prelu(input: string): string {
    const name = this.#nextName('prelu');
    const channels = this.#channelsOf(input);
    this.#add(json.prelu(name, input), channels);
    const values = Float32Array.from({ length: channels }, () => 0.2 + 0.1 * this.#random());
    this.#weights[`${name}/alpha`] = { shape: [1, 1, channels], values };
    return name;
  }

  add(a: string, b: string): string {
    const name = this.#nextName('add');
    this.#add(json.add(name, [a, b]), this.#channelsOf(a));
    return name;
  }

  /** Each pixel of the input as a block of `scale` by `scale`: the base that a real model adds to. */
  nearest(scale: Scale): string {
    const filters = 3 * scale * scale;
    const name = this.conv('input', 3, filters, 0);
    const kernel = this.#weights[`${name}/kernel`];
    const centre = 4 * 3 * filters;
    for (let out = 0; out < filters; out++) kernel?.values.fill(1, ...one(centre, out, filters));
    return name;
  }

  /** `output` has 3 · scale² channels. The golden pair is a single grey pixel. */
  finish(
    name: string,
    output: string,
    { scale, halo }: { scale: Scale; halo: number },
  ): ModelFiles {
    const channels = 3 * scale * scale;
    this.#add(json.pixelShuffle('shuffle', output, scale), 3);
    const oneHot = Float32Array.from({ length: channels ** 2 }, (_, i) =>
      Math.floor(i / channels) === i % channels ? 1 : 0,
    );
    this.#weights['shuffle/kernel'] = { shape: [scale, scale, 3, channels], values: oneHot };
    const params = Object.values(this.#weights).reduce((sum, { values }) => sum + values.length, 0);
    const topology = json.functionalModel(this.#layers);
    return {
      topology,
      weights: this.#weights,
      golden: constantGolden(topology, this.#weights, 128),
      card: {
        name,
        version: '0.0.0',
        scale,
        receptiveField: halo,
        params: params - channels ** 2,
        macsPerPixel: this.#macsPerPixel,
        golden: { input: [1, 1, 3], output: [scale, scale, 3] },
        sha256: { 'model.json': '', 'weights.bin': '', 'golden.bin': '' },
      },
    };
  }

  #add(layer: json.LayerJson, channels: number): void {
    this.#layers.push(layer);
    this.#channels.set(layer.name, channels);
  }

  #nextName(kind: string): string {
    return `${kind}${this.#layers.length}`;
  }

  #channelsOf(name: string): number {
    const channels = this.#channels.get(name);
    if (channels === undefined) throw new Error(`no layer ${name}`);
    return channels;
  }
}

/** The weight from input colour `out % 3` to channel `out`. */
function one(centre: number, out: number, filters: number): [number, number] {
  const at = centre + (out % 3) * filters + out;
  return [at, at + 1];
}
