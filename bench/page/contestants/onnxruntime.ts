// onnxruntime-web on our graphs, one thread, its own SIMD kernels.
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { ModelFiles, RgbaImage, Scale } from '../../../src/inference/types';
import { onnxInput, onnxOutput, toOnnx } from '../../graphs/to-onnx';
import type { Contestant, NetworkInput, NetworkRun } from '../contestant';
import { shufflePlanes, toPlanes } from '../floats';
import { readModel } from '../read-model';

env.wasm.wasmPaths = '/ort/';
env.wasm.numThreads = 1;

export class OnnxRuntime implements Contestant {
  #files: ModelFiles | null = null;
  #session: InferenceSession | null = null;

  constructor(
    readonly model: string,
    readonly scale: Scale,
  ) {}

  get macsPerPixel(): number | null {
    return this.#files?.card.macsPerPixel ?? null;
  }

  async load(): Promise<void> {
    this.#files = await readModel(this.model, this.scale);
    this.#session = await InferenceSession.create(toOnnx(this.#files), {
      executionProviders: ['wasm'],
    });
  }

  async upscale(image: RgbaImage): Promise<RgbaImage> {
    const { width, height } = image;
    const input = new Tensor('float32', toPlanes(image), [1, 3, height, width]);
    return shufflePlanes(await this.#run(input), width, height, this.scale);
  }

  prepareNetwork = async ({ values, width, height }: NetworkInput): Promise<NetworkRun> => {
    const size = width * height;
    const planes = new Float32Array(values.length);
    values.forEach((value, i) => (planes[(i % 3) * size + Math.floor(i / 3)] = value));
    const input = new Tensor('float32', planes, [1, 3, height, width]);
    return { run: () => this.#run(input), layout: 'channels first' };
  };

  async dispose(): Promise<void> {
    await this.#session?.release();
  }

  async #run(input: Tensor): Promise<Float32Array> {
    if (!this.#session) throw new Error('not loaded');
    const results = await this.#session.run({ [onnxInput]: input });
    const output = results[onnxOutput];
    if (!output) throw new Error(`no ${onnxOutput}`);
    const values = (await output.getData()) as Float32Array;
    output.dispose();
    return values;
  }
}
