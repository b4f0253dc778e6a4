// The passes of a network as draws: compiled once, run for each tile.
import type { NetworkPlan, Part } from '../gpu/network-plan';
import { partsOf } from '../gpu/pass-shape';
import type { Pass } from '../gpu/passes';
import type { ModelFiles } from '../types';
import type { Program, WebGlDevice } from './device';
import { passShader } from './pass-shader';
import { SlotTextures, type FloatFormat } from './slot-textures';

/** Where the tile's pixels are: `origin` is the texel of the tile's first pixel. */
export interface TileSource {
  image: WebGLTexture;
  origin: [x: number, y: number];
  alphaAsGrey: boolean;
  width: number;
  height: number;
}

interface Draw {
  program: Program;
  weights: WebGLBuffer;
  /** Slot of each texture unit; undefined: the image. */
  units: (number | undefined)[];
  slot: number;
  part: Part;
}

/** Each takes four of the eight layers that GPUs can draw at once (of the four that they must). */
const MOST_GROUPS = 2;

export class Layers {
  readonly #device: WebGlDevice;
  readonly #plan: NetworkPlan;
  readonly #format: FloatFormat;
  readonly #draws: Draw[];
  #slots: SlotTextures | null = null;
  #lastSize = '';

  constructor(device: WebGlDevice, plan: NetworkPlan, files: ModelFiles, format: FloatFormat) {
    this.#device = device;
    this.#plan = plan;
    this.#format = format;
    this.#draws = plan.passes.flatMap((pass) => this.#drawsOf(pass, files));
  }

  /** Computes a tile. The result is a slot's texture, good until the next run. */
  run(source: TileSource): WebGLTexture {
    const { gl } = this.#device;
    const slots = this.#slotsFor(source.width, source.height);
    for (const { program, weights, units, slot, part } of this.#draws) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, slots.framebuffer(slot, part));
      gl.viewport(1, 1, Math.ceil(source.width / 2), Math.ceil(source.height / 2));
      program.use();
      gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, weights);
      for (const [unit, from] of units.entries()) {
        gl.activeTexture(gl.TEXTURE0 + unit);
        if (from === undefined) gl.bindTexture(gl.TEXTURE_2D, source.image);
        else gl.bindTexture(gl.TEXTURE_2D_ARRAY, slots.textures[from] ?? null);
        gl.uniform1i(program.uniform(`source${unit}`), unit);
      }
      gl.uniform1i(program.uniform('first'), part.first);
      gl.uniform2i(program.uniform('size'), source.width, source.height);
      setSource(gl, program, source);
      this.#device.cover();
    }
    const result = slots.textures[this.#plan.slots.slotOf.get(this.#plan.output) ?? -1];
    if (!result) throw new Error(`no slot of ${this.#plan.output}`);
    return result;
  }

  dispose(): void {
    this.#slots?.dispose();
    this.#slots = null;
    for (const { weights } of this.#draws) this.#device.gl.deleteBuffer(weights);
  }

  #slotsFor(width: number, height: number): SlotTextures {
    const known = this.#slots;
    const size = `${width}x${height}`;
    if (known && known.width >= width && known.height >= height) {
      if (size !== this.#lastSize) known.clear();
      this.#lastSize = size;
      return known;
    }
    known?.dispose();
    const [w, h] = [Math.max(width, known?.width ?? 0), Math.max(height, known?.height ?? 0)];
    this.#lastSize = size;
    this.#slots = new SlotTextures(this.#device.gl, this.#plan.slots.groups, this.#format, w, h);
    return this.#slots;
  }

  #drawsOf(pass: Pass, files: ModelFiles): Draw[] {
    const { gl } = this.#device;
    const { slotOf } = this.#plan.slots;
    const limits = {
      weightBytes: gl.getParameter(gl.MAX_UNIFORM_BLOCK_SIZE) as number,
      blockBytes: 64,
      most: Math.min(MOST_GROUPS, (gl.getParameter(gl.MAX_DRAW_BUFFERS) as number) >> 2),
    };
    return partsOf(pass, this.#plan, files.weights, limits).map((part) => {
      const weights = gl.createBuffer();
      const values = new Float32Array([...part.vectors, ...part.blocks]);
      gl.bindBuffer(gl.UNIFORM_BUFFER, weights);
      gl.bufferData(gl.UNIFORM_BUFFER, values, gl.STATIC_DRAW);
      return {
        program: this.#device.program(passShader(part.shape)),
        weights,
        units: part.reads.map((name) => slotOf.get(name)),
        slot: slotOf.get(pass.output) ?? -1,
        part,
      };
    });
  }
}

/** For every program that reads the image. */
export function setSource(
  gl: WebGL2RenderingContext,
  program: Program,
  { origin, alphaAsGrey }: Pick<TileSource, 'origin' | 'alphaAsGrey'>,
): void {
  gl.uniform2i(program.uniform('origin'), ...origin);
  gl.uniform1i(program.uniform('alphaAsGrey'), Number(alphaAsGrey));
}
