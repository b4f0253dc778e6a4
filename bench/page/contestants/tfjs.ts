// Stock TensorFlow.js on our graphs. An image takes the way of its users: the layers model, on the whole
// image at once. The network alone has the operations fused, which is the best that its kernels can do.
import { io, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Backend, Network } from '../../../src/inference/backend';
import { startBackend } from '../../../src/inference/start-backend';
import type { BackendName, ModelFiles, RgbaImage, Scale } from '../../../src/inference/types';
import type { Contestant, NetworkInput, NetworkRun } from '../contestant';
import { toFloats, toPicture } from '../floats';
import { readModel } from '../read-model';

const { signal } = new AbortController();

export class Tfjs implements Contestant {
  #files: ModelFiles | null = null;
  #backend: Backend | null = null;
  #layers: LayersModel | null = null;
  #network: Network | null = null;

  constructor(
    readonly model: string,
    readonly scale: Scale,
    readonly backend: BackendName,
  ) {}

  get macsPerPixel(): number | null {
    return this.#files?.card.macsPerPixel ?? null;
  }

  async load(): Promise<void> {
    this.#files = await readModel(this.model, this.scale);
    const options = { wasmPath: '/wasm/', allowSoftware: true };
    this.#backend = await startBackend(this.backend, options, signal);
    this.#layers = await loadLayersModel(io.fromMemory(toArtifacts(this.#files)));
  }

  async upscale(image: RgbaImage): Promise<RgbaImage> {
    if (!this.#layers) throw new Error('not loaded');
    const { width, height } = image;
    const input = tensor4d(toFloats(image, 1), [1, height, width, 3]);
    const output = this.#layers.predict(input) as Tensor4D;
    try {
      const values = await output.data<'float32'>();
      return toPicture(values, width * this.scale, height * this.scale, 1);
    } finally {
      input.dispose();
      output.dispose();
    }
  }

  prepareNetwork = async ({ values, width, height }: NetworkInput): Promise<NetworkRun> => {
    if (!this.#files || !this.#backend) throw new Error('not loaded');
    this.#network ??= await this.#backend.load(this.#files, signal);
    const network = this.#network;
    return { run: () => network.run(values, width, height, signal), layout: 'channels last' };
  };

  async dispose(): Promise<void> {
    this.#layers?.dispose();
    this.#network?.dispose();
    this.#backend?.dispose();
  }
}

function toArtifacts({ topology, weights }: ModelFiles): io.ModelArtifacts {
  const entries = Object.entries(weights);
  const data = new Float32Array(entries.reduce((sum, [, { values }]) => sum + values.length, 0));
  let at = 0;
  for (const [, { values }] of entries) {
    data.set(values, at);
    at += values.length;
  }
  const weightSpecs = entries.map(([name, { shape }]) => ({
    name,
    shape,
    dtype: 'float32' as const,
  }));
  return { modelTopology: topology as object, weightSpecs, weightData: data.buffer };
}
