// Upres itself: the engine with its tiles, halos and checks, and its network alone.
import type { Network, Backend } from '../../../src/inference/backend';
import type { Engine } from '../../../src/inference/engine';
import { engineOn } from '../../../src/inference/engine-on';
import { startBackend } from '../../../src/inference/start-backend';
import type { BackendName, ModelFiles, RgbaImage, Scale } from '../../../src/inference/types';
import type { Contestant, NetworkInput, NetworkRun } from '../contestant';
import { readModel } from '../read-model';

const { signal } = new AbortController();
/** A software renderer may be slow, but it tells the ratio. */
const options = { wasmPath: '/wasm/', allowSoftware: true };

export class Upres implements Contestant {
  #files: ModelFiles | null = null;
  #engine: Engine | null = null;
  /** Only for the network alone, and made when it is asked for. */
  #bare: { backend: Backend; network: Network } | null = null;

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
    this.#engine = await engineOn(this.backend, options, signal);
    await this.#engine.load(this.#files, signal);
  }

  async upscale(image: RgbaImage): Promise<RgbaImage> {
    if (!this.#engine) throw new Error('not loaded');
    return this.#engine.upscale(image, { model: this.model, signal });
  }

  prepareNetwork = async ({ values, width, height }: NetworkInput): Promise<NetworkRun> => {
    if (!this.#files) throw new Error('not loaded');
    if (!this.#bare) {
      const backend = await startBackend(this.backend, options, signal);
      this.#bare = { backend, network: await backend.load(this.#files, signal) };
    }
    const { network } = this.#bare;
    return { run: () => network.run(values, width, height, signal), layout: 'channels last' };
  };

  async dispose(): Promise<void> {
    await this.#engine?.dispose();
    this.#bare?.network.dispose();
    this.#bare?.backend.dispose();
  }
}
