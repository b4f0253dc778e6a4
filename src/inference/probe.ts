// Chooses the backend by trying: each candidate starts, loads the model (which makes it compute the golden
// output of the golden input), and is timed on a tile. The fastest that is right is kept.
//
//   const { engine, probe } = await chooseEngine(files, { candidates, wasmPath }, signal);
//
// `candidates` in the order to try: all of DEFAULT_CANDIDATES, or one that was chosen before. Rejects with
// NoBackendError (`probe` in it) when none passes.
import type { Engine } from './engine';
import { engineOn } from './engine-on';
import { BackendError } from './errors';
import { measured } from './measured';
import type { BackendName, EngineOptions, ModelFiles, ProbeEntry } from './types';

/**
 * GPUs first: where there is none they fail at once, and WASM then stays as it was started. Behind each of ours
 * stands what steps in where it fails.
 */
export const DEFAULT_CANDIDATES: readonly BackendName[] = [
  'webgpu',
  'tfjs-webgpu',
  'webgl',
  'tfjs-webgl',
  'wasm',
  'tfjs-wasm',
  'tfjs-cpu',
];

/**
 * For start, golden sample and timed tile. A software or hung GPU must not stall the first image; the others
 * are the last resort, and a busy machine must not take it away.
 */
const LIMITS_MS: Record<BackendName, number> = {
  webgpu: 4000,
  webgl: 4000,
  wasm: 20_000,
  'tfjs-webgpu': 4000,
  'tfjs-webgl': 4000,
  'tfjs-wasm': 20_000,
  'tfjs-cpu': 20_000,
};

/** Those of tfjs can't win against ours, so they are tried only where ours do not pass. */
const STANDS_IN_FOR: Partial<Record<BackendName, BackendName>> = {
  'tfjs-webgpu': 'webgpu',
  'tfjs-webgl': 'webgl',
  'tfjs-wasm': 'wasm',
};

/** WASM needs 6 ms and more for a tile. Below this, trying the others costs more than it could win. */
const FAST_ENOUGH_MS = 4;

export interface ProbeOptions extends EngineOptions {
  candidates: readonly BackendName[];
  limitMs?: number;
  /** A backend that takes less for the golden input ends the search. */
  fastEnoughMs?: number;
}

export interface Choice {
  engine: Engine;
  probe: ProbeEntry[];
}

export class NoBackendError extends Error {
  override name = 'NoBackendError';

  constructor(readonly probe: ProbeEntry[]) {
    super(`no backend passed: ${probe.map(({ problem }) => problem).join('; ')}`);
  }
}

export async function chooseEngine(
  files: ModelFiles,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<Choice> {
  const { candidates, fastEnoughMs = FAST_ENOUGH_MS } = options;
  const probe: ProbeEntry[] = [];
  const passed: { backend: BackendName; ms: number }[] = [];
  let engine: Engine | null = null;
  for (const backend of candidates) {
    if (passed.some(({ ms }) => ms < fastEnoughMs)) break;
    if (isNeedless(backend, passed)) continue;
    // Only one backend lives at a time.
    await engine?.dispose();
    engine = null;
    const tried = await tryCandidate(backend, files, options, signal);
    probe.push(tried.entry);
    if (tried.kind === 'failed') continue;
    engine = tried.engine;
    passed.push({ backend, ms: tried.ms });
  }
  for (const { backend } of passed.sort((a, b) => a.ms - b.ms)) {
    if (engine?.backend === backend) return { engine, probe };
    await engine?.dispose();
    engine = null;
    const again = await tryCandidate(backend, files, options, signal);
    if (again.kind === 'passed') return { engine: again.engine, probe };
    probe.push(again.entry);
  }
  throw new NoBackendError(probe);
}

function isNeedless(backend: BackendName, passed: { backend: BackendName }[]): boolean {
  // Plain JavaScript takes seconds for a tile.
  if (backend === 'tfjs-cpu') return passed.length > 0;
  return passed.some((other) => other.backend === STANDS_IN_FOR[backend]);
}

type Tried =
  | { kind: 'passed'; entry: ProbeEntry; engine: Engine; ms: number }
  | { kind: 'failed'; entry: ProbeEntry };

async function tryCandidate(
  backend: BackendName,
  files: ModelFiles,
  { limitMs = LIMITS_MS[backend], ...options }: ProbeOptions,
  signal: AbortSignal,
): Promise<Tried> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, limit]);
  let engine: Engine | null = null;
  try {
    const started = await measured(`start ${backend}`, () => engineOn(backend, options, either));
    engine = started;
    await engine.load(files, either);
    const ms = await measured(`time a tile on ${backend}`, () => timeTile(started, files, either));
    return { kind: 'passed', entry: { backend, ms, problem: null }, engine, ms };
  } catch (error) {
    await engine?.dispose();
    signal.throwIfAborted();
    if (limit.aborted) return failed(backend, `more than ${limitMs} ms`);
    if (error instanceof BackendError) return failed(backend, error.message);
    throw error;
  }
}

/** Milliseconds of one full tile: the golden sample may be smaller, and not all backends cut a tile to fit. */
async function timeTile(
  engine: Engine,
  { card }: ModelFiles,
  signal: AbortSignal,
): Promise<number> {
  const side = engine.tileSize - 2 * card.receptiveField;
  const grey = {
    width: side,
    height: side,
    data: new Uint8ClampedArray(side * side * 4).fill(128),
  };
  const start = performance.now();
  await engine.upscale(grey, { model: card.name, signal });
  return performance.now() - start;
}

function failed(backend: BackendName, problem: string): Tried {
  return { kind: 'failed', entry: { backend, ms: null, problem } };
}
