// A model on WebGL2. Tiles of floats go in and out by `run`; whole pictures are drawn without leaving the GPU.
import type { Drawing, Network } from '../backend';
import type { NetworkPlan } from '../gpu/network-plan';
import { groupsOf } from '../gpu/slots';
import type { ModelFiles, RgbaImage } from '../types';
import type { WebGlDevice } from './device';
import { WebGlDrawing } from './drawing';
import { valuesShader } from './end-shaders';
import { Layers } from './layers';
import { readBack } from './read-back';
import type { FloatFormat } from './slot-textures';
import { createTarget, createTexture } from './target';

export class WebGlNetwork implements Network {
  readonly #device: WebGlDevice;
  readonly #plan: NetworkPlan;
  readonly #layers: Layers;
  readonly #halo: number;

  constructor(device: WebGlDevice, plan: NetworkPlan, files: ModelFiles, format: FloatFormat) {
    this.#device = device;
    this.#plan = plan;
    this.#halo = files.card.receptiveField;
    this.#layers = new Layers(device, plan, files, format);
  }

  async run(
    input: Float32Array,
    width: number,
    height: number,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const { gl } = this.#device;
    const groups = groupsOf(this.#plan.scale ** 2 * 3);
    // With the zeros around the tile that a convolution sees there.
    const image = createTexture(gl, 'RGB32F', width + 2, height + 2);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 1, 1, width, height, gl.RGB, gl.FLOAT, input);
    const target = createTarget(gl, 'RGBA32F', width * groups, height);
    try {
      const source = { image, origin: [1, 1] as [number, number], alphaAsGrey: false };
      const values = this.#layers.run({ ...source, width, height });
      const program = this.#device.program(valuesShader(groups));
      program.use();
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, values);
      gl.uniform1i(program.uniform('values'), 0);
      gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      gl.viewport(0, 0, width * groups, height);
      this.#device.cover();
      const result = new Float32Array(width * height * groups * 4);
      await readBack(gl, width * groups, height, result, signal);
      return result;
    } finally {
      target.dispose();
      gl.deleteTexture(image);
    }
  }

  draw(image: RgbaImage): Drawing | null {
    const { gl } = this.#device;
    const longest = this.#plan.scale * Math.max(image.width, image.height);
    if (longest > (gl.getParameter(gl.MAX_TEXTURE_SIZE) as number)) return null;
    const { scale } = this.#plan;
    return new WebGlDrawing(this.#device, this.#layers, image, { scale, halo: this.#halo });
  }

  dispose(): void {
    this.#layers.dispose();
  }
}
