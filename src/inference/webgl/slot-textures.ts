// The slots of a network as texture arrays of 2x2 blocks, all of one size, with a border of one block of zeros.
import type { Part } from '../gpu/network-plan';
import { SUBPIXELS } from '../gpu/pass-shape';

/** Half floats halve what is read and written; whether they are exact enough, the golden sample tells. */
export type FloatFormat = 'RGBA16F' | 'RGBA32F';

export class SlotTextures {
  readonly textures: readonly WebGLTexture[];
  readonly #gl: WebGL2RenderingContext;
  readonly #groups: readonly number[];
  readonly #framebuffers = new Map<string, WebGLFramebuffer>();

  constructor(
    gl: WebGL2RenderingContext,
    groups: readonly number[],
    format: FloatFormat,
    /** Of a tile. */
    readonly width: number,
    readonly height: number,
  ) {
    this.#gl = gl;
    this.#groups = groups;
    const [columns, rows] = [Math.ceil(width / 2) + 2, Math.ceil(height / 2) + 2];
    this.textures = groups.map((count) => {
      const texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
      gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl[format], columns, rows, count * 4);
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
      return texture;
    });
  }

  /** Of some of the groups of a slot. */
  framebuffer(slot: number, { first, count }: Part): WebGLFramebuffer {
    const key = `${slot} ${first} ${count}`;
    const known = this.#framebuffers.get(key);
    if (known) return known;
    const gl = this.#gl;
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const attachments = Array.from({ length: count * 4 }, (_, i) => gl.COLOR_ATTACHMENT0 + i);
    const texture = this.textures[slot] ?? null;
    for (const [i, attachment] of attachments.entries()) {
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, texture, 0, first * 4 + i);
    }
    gl.drawBuffers(attachments);
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
      throw new Error(`cannot draw into ${count * 4} layers of floats`);
    }
    this.#framebuffers.set(key, framebuffer);
    return framebuffer;
  }

  /** Before tiles of another size, whose border lies where the last ones had pixels. */
  clear(): void {
    const gl = this.#gl;
    for (const [slot, count] of this.#groups.entries()) {
      for (let first = 0; first < count; first++) {
        gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer(slot, { first, count: 1 }));
        for (const sub of SUBPIXELS) gl.clearBufferfv(gl.COLOR, sub, [0, 0, 0, 0]);
      }
    }
  }

  dispose(): void {
    for (const framebuffer of this.#framebuffers.values()) this.#gl.deleteFramebuffer(framebuffer);
    for (const texture of this.textures) this.#gl.deleteTexture(texture);
  }
}
