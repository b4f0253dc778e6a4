// Times one contestant in this page.
import type { RgbaImage } from '../../src/inference/types';
import type { ContestantSpec, Task } from '../contestants';
import type { Contestant, NetworkRun } from './contestant';
import { toFloats } from './floats';
import { makeContestant } from './make-contestant';
import { texture } from './pictures';

export interface Visit {
  task: Task;
  size: number;
  /** As often as fits, but once at least. */
  limitMs: number;
  maxRuns: number;
}

export class Stopwatch {
  readonly #ready = new Map<string, () => Promise<unknown>>();

  private constructor(readonly contestant: Contestant) {}

  static async start(spec: ContestantSpec): Promise<Stopwatch> {
    const contestant = await makeContestant(spec);
    await contestant.load();
    return new Stopwatch(contestant);
  }

  /** From nothing but the page to the first result: libraries, weights, compilation, one image. */
  static async cold(
    spec: ContestantSpec,
    size: number,
  ): Promise<{ stopwatch: Stopwatch; ms: number }> {
    const image = texture(size, size);
    const start = performance.now();
    const stopwatch = await Stopwatch.start(spec);
    await stopwatch.contestant.upscale(image);
    return { stopwatch, ms: performance.now() - start };
  }

  /** Milliseconds of each run; the first visit to a size runs once more before, to get warm. */
  async visit({ task, size, limitMs, maxRuns }: Visit): Promise<number[]> {
    const run = await this.#prepare(task, size);
    const times: number[] = [];
    const end = performance.now() + limitMs;
    do {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    } while (times.length < maxRuns && performance.now() < end);
    return times;
  }

  /** The longest time for which nothing else could run in this thread, while an image was upscaled. */
  async longestBlock(size: number): Promise<number> {
    const image = texture(size, size);
    await this.contestant.upscale(image);
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    let longest = 0;
    let running = true;
    port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (running) port2.postMessage(null);
    };
    port2.postMessage(null);
    await this.contestant.upscale(image);
    running = false;
    longest = Math.max(longest, performance.now() - last);
    port1.close();
    return longest;
  }

  /** Evenly spread values of the network's result, channels last: who computes the same gives the same. */
  async sampleNetwork(size: number, count: number): Promise<number[]> {
    const run = await this.#prepareNetwork(size);
    const values = await run.run();
    const pixels = size * size;
    const channels = values.length / pixels;
    return Array.from({ length: count }, (_, i) => {
      const at = Math.floor((i * values.length) / count);
      const pixel = Math.floor(at / channels);
      const channel = at % channels;
      return values[run.layout === 'channels last' ? at : channel * pixels + pixel] ?? NaN;
    });
  }

  async #prepare(task: Task, size: number): Promise<() => Promise<unknown>> {
    const key = `${task} ${size}`;
    const known = this.#ready.get(key);
    if (known) return known;
    const run =
      task === 'image' ? this.#imageRun(texture(size, size)) : await this.#networkRun(size);
    await run();
    this.#ready.set(key, run);
    return run;
  }

  #imageRun(image: RgbaImage): () => Promise<RgbaImage> {
    return () => this.contestant.upscale(image);
  }

  async #networkRun(size: number): Promise<() => Promise<Float32Array>> {
    const prepared = await this.#prepareNetwork(size);
    return () => prepared.run();
  }

  async #prepareNetwork(size: number): Promise<NetworkRun> {
    const prepare = this.contestant.prepareNetwork;
    if (!prepare) throw new Error('no network to be had alone');
    const values = toFloats(texture(size, size), 1);
    return prepare({ values, width: size, height: size });
  }
}
