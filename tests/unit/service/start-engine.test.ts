// What is tried in which order; the trying itself is tested in a browser.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Engine } from '../../../src/inference/engine';
import {
  DEFAULT_CANDIDATES as all,
  NoBackendError,
  type chooseEngine,
} from '../../../src/inference/probe';
import type { BackendName, ModelFiles, ProbeEntry } from '../../../src/inference/types';
import { rememberFaulty } from '../../../src/service/faulty-backends';
import { rememberBackend } from '../../../src/service/remembered-backend';
import { startEngine } from '../../../src/service/start-engine';

const files = {} as ModelFiles;
const passed = (backend: BackendName): ProbeEntry => ({ backend, ms: 9, problem: null });
const failed = (backend: BackendName): ProbeEntry => ({ backend, ms: null, problem: 'no' });

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' });
  fakeBrowser.runtime.getManifest = () => ({ version: '0.1.0' }) as never;
  vi.spyOn(console, 'info').mockImplementation(() => {});
});

/** A probe in which just these backends pass, and the first of them is chosen. */
function setUp(working: BackendName[], setting: 'auto' | BackendName = 'auto') {
  const tried: BackendName[][] = [];
  const choose: typeof chooseEngine = async (_files, { candidates }) => {
    tried.push([...candidates]);
    const backend = candidates.find((name) => working.includes(name));
    const probe = candidates.map((name) => (working.includes(name) ? passed(name) : failed(name)));
    if (backend === undefined) throw new NoBackendError(probe);
    return { engine: { backend } as Engine, probe };
  };
  const options = { chooseEngine: choose, setting, without: new Set<BackendName>(), wasmPath: '/' };
  return { tried, options };
}

const allBut = (...names: BackendName[]) => all.filter((name) => !names.includes(name));

describe('startEngine', () => {
  it.each<
    [string, BackendName[], 'auto' | BackendName, BackendName | null, (readonly BackendName[])[]]
  >([
    ['probes all the first time', ['tfjs-wasm'], 'auto', null, [all]],
    [
      'goes straight to the remembered one',
      ['tfjs-wasm', 'tfjs-webgl'],
      'auto',
      'tfjs-wasm',
      [['tfjs-wasm']],
    ],
    [
      'probes the others when that fails',
      ['tfjs-wasm'],
      'auto',
      'tfjs-webgl',
      [['tfjs-webgl'], allBut('tfjs-webgl')],
    ],
    ['goes to the chosen one', ['tfjs-wasm', 'tfjs-cpu'], 'tfjs-cpu', null, [['tfjs-cpu']]],
    [
      'probes the others when that fails',
      ['tfjs-wasm'],
      'tfjs-webgpu',
      null,
      [['tfjs-webgpu'], allBut('tfjs-webgpu')],
    ],
  ])('%s', async (_name, working, setting, remembered, expected) => {
    const { tried, options } = setUp(working, setting);
    if (remembered !== null) await rememberBackend(setting, { backend: remembered, probe: [] });
    await startEngine(files, options);
    expect(tried).toEqual(expected);
  });

  it('remembers what was chosen, and why not the others', async () => {
    const { tried, options } = setUp(['tfjs-wasm', 'tfjs-cpu']);
    const first = await startEngine(files, options);
    const second = await startEngine(files, options);
    expect(tried).toEqual([all, ['tfjs-wasm']]);
    expect(first.probe).toContainEqual(failed('tfjs-webgpu'));
    expect(second.probe).toContainEqual(failed('tfjs-webgpu'));
    expect(second.probe.filter(({ backend }) => backend === 'tfjs-wasm')).toEqual([
      passed('tfjs-wasm'),
    ]);
  });

  it('forgets it when the setting, the extension or the browser changes', async () => {
    const { tried, options } = setUp(['tfjs-wasm', 'tfjs-cpu']);
    await startEngine(files, options);
    await startEngine(files, { ...options, setting: 'tfjs-cpu' });
    await startEngine(files, options);
    fakeBrowser.runtime.getManifest = () => ({ version: '0.2.0' }) as never;
    await startEngine(files, options);
    vi.stubGlobal('navigator', { userAgent: 'Browser/2' });
    await startEngine(files, options);
    expect(tried).toEqual([all, ['tfjs-cpu'], all, all, all]);
  });

  it('leaves out what has failed at work', async () => {
    const { tried, options } = setUp(['tfjs-webgl', 'tfjs-wasm']);
    await rememberBackend('auto', { backend: 'tfjs-webgl', probe: [] });
    const { engine } = await startEngine(files, { ...options, without: new Set(['tfjs-webgl']) });
    expect(engine.backend).toBe('tfjs-wasm');
    expect(tried).toEqual([allBut('tfjs-webgl')]);
    // It steps in for this time only.
    await startEngine(files, options);
    expect(tried.at(-1)).toEqual(['tfjs-webgl']);
  });

  it('does not remember plain JavaScript, unless it is asked for', async () => {
    const { tried, options } = setUp(['tfjs-cpu']);
    await startEngine(files, options);
    await startEngine(files, options);
    expect(tried).toEqual([all, all]);
  });

  it('leaves out GPUs after two starts that the browser did not survive', async () => {
    const { tried, options } = setUp(['tfjs-webgpu', 'tfjs-wasm']);
    const crash = () => new Promise<never>(() => {});
    const noted = fakeBrowser.storage.local;
    for (const interruptions of [1, 2]) {
      void startEngine(files, { ...options, chooseEngine: crash });
      await vi.waitFor(async () =>
        expect(await noted.get('interruptedStarts')).toEqual({ interruptedStarts: interruptions }),
      );
    }
    const { engine, probe } = await startEngine(files, options);
    expect(engine.backend).toBe('tfjs-wasm');
    expect(tried).toEqual([allBut('webgpu', 'tfjs-webgpu', 'webgl', 'tfjs-webgl')]);
    expect(probe[0]).toMatchObject({ backend: 'webgpu', ms: null });
  });

  it('forgives a start that was interrupted once', async () => {
    const { tried, options } = setUp(['tfjs-webgpu']);
    await fakeBrowser.storage.local.set({ interruptedStarts: 1 });
    await startEngine(files, options);
    expect(tried).toEqual([all]);
    expect(await fakeBrowser.storage.local.get('interruptedStarts')).toEqual({
      interruptedStarts: 0,
    });
  });

  it('says what became of each when none passes', async () => {
    const { options } = setUp([], 'tfjs-wasm');
    const error = await startEngine(files, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoBackendError);
    expect((error as NoBackendError).probe.map(({ backend }) => backend)).toEqual([
      'tfjs-wasm',
      ...allBut('tfjs-wasm'),
    ]);
  });

  it('passes over what gave wrong pixels, until the browser or the choice is another', async () => {
    await rememberFaulty('auto', 'tfjs-wasm');
    const { tried, options } = setUp(['tfjs-wasm', 'tfjs-cpu']);
    const { probe } = await startEngine(files, options);
    expect(tried).toEqual([allBut('tfjs-wasm')]);
    expect(probe[0]).toEqual({
      ...failed('tfjs-wasm'),
      problem: 'gave wrong pixels before',
    });
    vi.stubGlobal('navigator', { userAgent: 'Browser/2' });
    await startEngine(files, options);
    expect(tried.at(-1)).toEqual(all);
  });
});
