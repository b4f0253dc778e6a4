// Gives an engine workers, where they make it faster.
import type { Engine } from '../inference/engine';
import { ParallelEngine } from '../inference/threads/parallel-engine';
import { threadCount } from '../inference/threads/thread-count';
import { TileWorker, type SpawnWorker } from '../inference/threads/tile-worker';
import type { EngineOptions, ModelFiles } from '../inference/types';
import type { Upscaler } from '../inference/upscaler';
import { log } from '../log';
import { threads as threadsItem } from '../settings';

/** For the start of a worker, or a tile: as long as the engine itself gives a tile, and a little more. */
const limitMs = 30_000;

export interface ThreadOptions extends EngineOptions {
  spawn: SpawnWorker;
}

/** A GPU is one and has its own threads: it stays in one engine. What stands in for a fault stays simple. */
export async function useThreads(
  engine: Engine,
  files: ModelFiles,
  { spawn, ...engineOptions }: ThreadOptions,
): Promise<Upscaler> {
  const threads = threadCount(await threadsItem.getValue(), navigator.hardwareConcurrency);
  if (engine.backend !== 'wasm' || threads === 1) return engine;
  return new ParallelEngine(engine, [files], {
    startWorker: () => TileWorker.start({ spawn, engine: engineOptions, limitMs }),
    threads,
    onDeath: (error) => log('worker-died', { detail: String(error) }),
  });
}
