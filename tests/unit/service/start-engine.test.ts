// What is tried in which order; the trying itself is tested in a browser.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Engine } from '../../../src/inference/engine';
import { NoBackendError, type chooseEngine } from '../../../src/inference/probe';
import type { BackendName, ModelFiles, ProbeEntry } from '../../../src/inference/types';
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

const all: BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

describe('startEngine', () => {
  it.each<[string, BackendName[], 'auto' | BackendName, BackendName | null, BackendName[][]]>([
    ['probes all the first time', ['wasm'], 'auto', null, [all]],
    ['goes straight to the remembered one', ['wasm', 'webgl'], 'auto', 'wasm', [['wasm']]],
    [
      'probes the others when that fails',
      ['wasm'],
      'auto',
      'webgl',
      [['webgl'], ['webgpu', 'wasm', 'cpu']],
    ],
    ['goes to the chosen one', ['wasm', 'cpu'], 'cpu', null, [['cpu']]],
    [
      'probes the others when that fails',
      ['wasm'],
      'webgpu',
      null,
      [['webgpu'], ['webgl', 'wasm', 'cpu']],
    ],
  ])('%s', async (_name, working, setting, remembered, expected) => {
    const { tried, options } = setUp(working, setting);
    if (remembered !== null) await rememberBackend(setting, { backend: remembered, probe: [] });
    await startEngine(files, options);
    expect(tried).toEqual(expected);
  });

  it('remembers what was chosen, and why not the others', async () => {
    const { tried, options } = setUp(['wasm', 'cpu']);
    const first = await startEngine(files, options);
    const second = await startEngine(files, options);
    expect(tried).toEqual([all, ['wasm']]);
    expect(first.probe).toContainEqual(failed('webgpu'));
    expect(second.probe).toContainEqual(failed('webgpu'));
    expect(second.probe.filter(({ backend }) => backend === 'wasm')).toEqual([passed('wasm')]);
  });

  it('forgets it when the setting, the extension or the browser changes', async () => {
    const { tried, options } = setUp(['wasm', 'cpu']);
    await startEngine(files, options);
    await startEngine(files, { ...options, setting: 'cpu' });
    await startEngine(files, options);
    fakeBrowser.runtime.getManifest = () => ({ version: '0.2.0' }) as never;
    await startEngine(files, options);
    vi.stubGlobal('navigator', { userAgent: 'Browser/2' });
    await startEngine(files, options);
    expect(tried).toEqual([all, ['cpu'], all, all, all]);
  });

  it('leaves out what has failed at work', async () => {
    const { tried, options } = setUp(['webgl', 'wasm']);
    await rememberBackend('auto', { backend: 'webgl', probe: [] });
    const { engine } = await startEngine(files, { ...options, without: new Set(['webgl']) });
    expect(engine.backend).toBe('wasm');
    expect(tried).toEqual([['webgpu', 'wasm', 'cpu']]);
  });

  it('says what became of each when none passes', async () => {
    const { options } = setUp([], 'wasm');
    const error = await startEngine(files, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoBackendError);
    expect((error as NoBackendError).probe.map(({ backend }) => backend)).toEqual([
      'wasm',
      'webgpu',
      'webgl',
      'cpu',
    ]);
  });
});
