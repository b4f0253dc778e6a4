// Starts an engine on the backend that is wanted, or was found best before, or proves best now.
import type { Engine } from '../inference/engine';
import { DEFAULT_CANDIDATES, NoBackendError, type chooseEngine } from '../inference/probe';
import type { BackendName, ModelFiles, ProbeEntry } from '../inference/types';
import { log } from '../log';
import { recallFaulty } from './faulty-backends';
import { noteWhileStarting, withoutInterrupted } from './interrupted-starts';
import { recallBackend, rememberBackend } from './remembered-backend';

export interface StartOptions {
  chooseEngine: typeof chooseEngine;
  /** The user's choice. It is tried first; pages go on with another one where it does not work. */
  setting: 'auto' | BackendName;
  /** Backends that are not to be tried. */
  without: ReadonlySet<BackendName>;
  wasmPath: string;
}

export interface StartedEngine {
  engine: Engine;
  probe: ProbeEntry[];
}

/** Rejects with NoBackendError when none passes. Its length is limited by that of the probe. */
export async function startEngine(
  files: ModelFiles,
  options: StartOptions,
): Promise<StartedEngine> {
  const { setting } = options;
  const remembered = await recallBackend(setting);
  const probe: ProbeEntry[] = [];
  const faulty = await recallFaulty(setting);
  const failed = new Set([...options.without, ...faulty]);
  for (const backend of faulty)
    probe.push({ backend, ms: null, problem: 'gave wrong pixels before' });
  const favourites = [remembered?.backend, setting];
  for (const backend of favourites) {
    if (backend === undefined || backend === 'auto' || failed.has(backend)) continue;
    const started = await tryBackends([backend], files, options);
    if (started.kind === 'started') {
      const now = new Set([backend, ...probe.map((entry) => entry.backend)]);
      const before = remembered?.probe.filter((entry) => !now.has(entry.backend)) ?? [];
      return remember(started.engine, [...before, ...probe, ...started.probe], options);
    }
    failed.add(backend);
    probe.push(...started.probe);
  }
  const others = DEFAULT_CANDIDATES.filter((backend) => !failed.has(backend));
  const started = await tryBackends(others, files, options);
  probe.push(...started.probe);
  if (started.kind === 'none') throw new NoBackendError(probe);
  return remember(started.engine, probe, options);
}

type Tried =
  { kind: 'started'; engine: Engine; probe: ProbeEntry[] } | { kind: 'none'; probe: ProbeEntry[] };

async function tryBackends(
  wanted: readonly BackendName[],
  files: ModelFiles,
  { chooseEngine, setting, wasmPath }: StartOptions,
): Promise<Tried> {
  const { candidates, excluded } = await withoutInterrupted(wanted);
  if (candidates.length === 0) return { kind: 'none', probe: excluded };
  try {
    // Whoever asks for WebGL or WebGPU by name gets it on a software renderer, too.
    const allowSoftware = candidates.length === 1 && candidates[0] === setting;
    // Work that is cancelled must not undo a start: the next work needs the engine just the same.
    const { signal } = new AbortController();
    const { engine, probe } = await noteWhileStarting(candidates, () =>
      chooseEngine(files, { candidates, wasmPath, allowSoftware }, signal),
    );
    return { kind: 'started', engine, probe: [...excluded, ...probe] };
  } catch (error) {
    if (!(error instanceof NoBackendError)) throw error;
    return { kind: 'none', probe: [...excluded, ...error.probe] };
  }
}

async function remember(
  engine: Engine,
  probe: ProbeEntry[],
  { setting, without }: StartOptions,
): Promise<StartedEngine> {
  const { backend } = engine;
  log('engine-started', { backend, probe: JSON.stringify(probe) });
  // What had to step in is not what is best: a device that was lost may be there again at the next start, and
  // plain JavaScript wins only where the machine was too busy for the others to be in time.
  const steppedIn = without.size > 0 || (backend === 'tfjs-cpu' && setting !== 'tfjs-cpu');
  if (!steppedIn) await rememberBackend(setting, { backend, probe });
  return { engine, probe };
}
