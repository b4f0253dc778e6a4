// One picture on the GPU: it goes up once as bytes, tiles are read from it and drawn into the result, and that
// comes back once as bytes. Of each tile only its sums are read.
import type { Drawing, Plane, TileSums } from '../backend';
import { CHECK_GRID, sumUp } from '../gpu/check-grid';
import { groupsOf } from '../gpu/slots';
import type { Tile, TileShape } from '../tiles';
import type { RgbaImage } from '../types';
import type { Program, WebGlDevice } from './device';
import { checkShader, pictureShader } from './end-shaders';
import { setSource, type Layers, type TileSource } from './layers';
import { readBack } from './read-back';
import { createTarget, createTexture, type Target } from './target';

export class WebGlDrawing implements Drawing {
  readonly #device: WebGlDevice;
  readonly #layers: Layers;
  readonly #size: { width: number; height: number };
  readonly #scale: number;
  readonly #image: WebGLTexture;
  readonly #result: Target;
  readonly #sums: Target;
  readonly #pictureProgram: Program;
  readonly #checkProgram: Program;

  constructor(
    device: WebGlDevice,
    layers: Layers,
    { width, height, data }: RgbaImage,
    { scale, halo }: Pick<TileShape, 'scale' | 'halo'>,
  ) {
    const { gl } = device;
    this.#device = device;
    this.#layers = layers;
    this.#scale = scale;
    this.#size = { width: width * scale, height: height * scale };
    this.#pictureProgram = device.program(pictureShader(scale, halo));
    this.#checkProgram = device.program(checkShader(groupsOf(scale * scale * 3), halo));
    this.#image = createTexture(gl, 'RGBA8', width, height);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, data);
    this.#result = createTarget(gl, 'RGBA8', this.#size.width, this.#size.height);
    this.#sums = createTarget(gl, 'RGBA32F', CHECK_GRID, CHECK_GRID);
  }

  async drawTile(
    plane: Plane,
    tile: Tile,
    { width, height, halo }: TileShape,
    signal: AbortSignal,
  ): Promise<TileSums> {
    const origin: [number, number] = [tile.x - halo, tile.y - halo];
    const alphaAsGrey = plane === 'alpha';
    const source = { image: this.#image, origin, alphaAsGrey, width, height };
    const values = this.#layers.run(source);
    this.#drawPicture(values, source, tile, plane);
    return this.#readSums(values, source, tile, signal);
  }

  async read(signal: AbortSignal): Promise<RgbaImage> {
    const { gl } = this.#device;
    const { width, height } = this.#size;
    const data = new Uint8ClampedArray(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#result.framebuffer);
    await readBack(gl, width, height, data, signal);
    return { width, height, data };
  }

  dispose(): void {
    this.#result.dispose();
    this.#sums.dispose();
    this.#device.gl.deleteTexture(this.#image);
  }

  #drawPicture(values: WebGLTexture, source: TileSource, tile: Tile, plane: Plane): void {
    const { gl } = this.#device;
    const scale = this.#scale;
    this.#use(this.#pictureProgram, values, source);
    gl.uniform2i(this.#pictureProgram.uniform('corner'), tile.x * scale, tile.y * scale);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#result.framebuffer);
    gl.viewport(tile.x * scale, tile.y * scale, tile.width * scale, tile.height * scale);
    const colours = plane === 'colour';
    gl.colorMask(colours, colours, colours, true);
    this.#device.cover();
    gl.colorMask(true, true, true, true);
  }

  async #readSums(values: WebGLTexture, source: TileSource, tile: Tile, signal: AbortSignal) {
    const { gl } = this.#device;
    this.#use(this.#checkProgram, values, source);
    gl.uniform2i(this.#checkProgram.uniform('core'), tile.width, tile.height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#sums.framebuffer);
    gl.viewport(0, 0, CHECK_GRID, CHECK_GRID);
    this.#device.cover();
    const sums = new Float32Array(CHECK_GRID * CHECK_GRID * 4);
    await readBack(gl, CHECK_GRID, CHECK_GRID, sums, signal);
    return sumUp(sums, 4);
  }

  #use(program: Program, values: WebGLTexture, source: TileSource): void {
    const { gl } = this.#device;
    program.use();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, values);
    gl.uniform1i(program.uniform('values'), 0);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, source.image);
    gl.uniform1i(program.uniform('image'), 1);
    setSource(gl, program, source);
  }
}
