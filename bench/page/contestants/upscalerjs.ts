// UpscalerJS with the models of its packages. It takes and gives a tensor, which spares it the PNG in base64
// that it makes by default.
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import Upscaler from 'upscaler';
import defaultModel from '@upscalerjs/default-model';
import medium2x from '@upscalerjs/esrgan-medium/2x';
import medium4x from '@upscalerjs/esrgan-medium/4x';
import slim4x from '@upscalerjs/esrgan-slim/4x';
import type { RgbaImage, Scale } from '../../../src/inference/types';
import type { Contestant } from '../contestant';
import { toFloats, toPicture } from '../floats';

const models = {
  'default x2': { definition: defaultModel, path: 'default-model/models' },
  'esrgan-slim x4': { definition: slim4x, path: 'esrgan-slim/models/x4' },
  'esrgan-medium x2': { definition: medium2x, path: 'esrgan-medium/models/x2' },
  'esrgan-medium x4': { definition: medium4x, path: 'esrgan-medium/models/x4' },
} as const;

export class UpscalerJs implements Contestant {
  readonly macsPerPixel = null;
  readonly prepareNetwork = null;
  #upscaler: InstanceType<typeof Upscaler> | null = null;

  constructor(
    readonly model: string,
    readonly scale: Scale,
    readonly backend: 'wasm' | 'webgl',
  ) {}

  async load(): Promise<void> {
    setWasmPaths('/wasm/');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
    const started = await tf.setBackend(this.backend);
    if (!started || tf.getBackend() !== this.backend) throw new Error('backend did not start');
    const name = `${this.model} x${this.scale}`;
    if (!(name in models)) throw new Error(`no model ${name}`);
    const { definition, path } = models[name as keyof typeof models];
    const model = { ...definition, path: `/upscalerjs/${path}/model.json` };
    this.#upscaler = new Upscaler({ model });
    await this.#upscaler.ready;
  }

  async upscale(image: RgbaImage): Promise<RgbaImage> {
    if (!this.#upscaler) throw new Error('not loaded');
    const { width, height } = image;
    const input = tf.tensor3d(toFloats(image, 255), [height, width, 3]);
    const output = await this.#upscaler.upscale(input, { output: 'tensor' });
    try {
      const values = await output.data<'float32'>();
      return toPicture(values, width * this.scale, height * this.scale, 255);
    } finally {
      input.dispose();
      output.dispose();
    }
  }

  async dispose(): Promise<void> {
    await this.#upscaler?.dispose();
  }
}
