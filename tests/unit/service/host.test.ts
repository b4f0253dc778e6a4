// The host with an engine that fails on command: a real one would not. The real one is in the browser tests.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/inference/engine';
import { BackendError, BackendLostError } from '../../../src/inference/errors';
import { NoBackendError } from '../../../src/inference/probe';
import type { BackendName, ModelFiles, RgbaImage } from '../../../src/inference/types';
import { ModelHost } from '../../../src/service/host';

const image: RgbaImage = { width: 1, height: 1, data: new Uint8ClampedArray(4).fill(200) };
const grown = (value: number): RgbaImage => ({
  ...{ width: 2, height: 2 },
  data: new Uint8ClampedArray(16).fill(value),
});
const idleMs = 15_000;
const options = (model = 'tiny-x2') => ({ model, signal: new AbortController().signal });

/** Backends in the order in which the probe would choose them, and which of them fail at what. */
interface Failing {
  upscale?: BackendName[];
  load?: BackendName[];
  black?: BackendName[];
  /** How often the device of WebGPU will be lost. */
  lost?: number;
}

function setUp(failing: Failing = {}) {
  const events: string[] = [];
  let alive = 0;
  const startEngine = vi.fn(async (files: ModelFiles, without: ReadonlySet<BackendName>) => {
    const candidates: BackendName[] = ['webgpu', 'wasm'];
    const backend = candidates.find((name) => !without.has(name));
    if (backend === undefined) throw new NoBackendError([]);
    if (alive > 0) throw new Error('another engine still runs');
    alive += 1;
    events.push(`start ${backend}`);
    const models = new Set([files.card.name]);
    const engine = {
      backend,
      has: (model: string) => models.has(model),
      load: async ({ card }: ModelFiles) => {
        if (failing.load?.includes(backend)) throw new BackendError(backend, 'wrong');
        events.push(`load ${card.name}`);
        models.add(card.name);
      },
      upscale: async () => {
        if (failing.upscale?.includes(backend)) throw new BackendError(backend, 'wrong');
        if (backend === 'webgpu' && (failing.lost ?? 0) > 0) {
          failing.lost = (failing.lost ?? 0) - 1;
          throw new BackendLostError(backend, 'device lost');
        }
        return grown(failing.black?.includes(backend) ? 0 : 200);
      },
      dispose: async () => {
        await Promise.resolve();
        alive -= 1;
        events.push(`dispose ${backend}`);
      },
    };
    return { engine: engine as unknown as Engine, probe: [] };
  });
  const loadModel = vi.fn(async (name: string) => ({
    files: { card: { name, version: '1' } } as ModelFiles,
    weightsFrom: 'package' as const,
  }));
  const onWrongPixels = vi.fn(async () => {});
  return {
    events,
    failing,
    onWrongPixels,
    startEngine,
    host: new ModelHost({ startEngine, loadModel, onWrongPixels, idleMs }),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'info').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('ModelHost', () => {
  it('starts with the first work, and loads each model once', async () => {
    const { host, events } = setUp();
    expect(host.status).toEqual({ backend: null, probe: [], models: [], threads: 0, workers: 0 });
    expect(await host.upscale(image, options())).toMatchObject({
      image: grown(200),
      backend: 'webgpu',
    });
    await host.upscale(image, options('tiny-x4'));
    await host.upscale(image, options());
    expect(events).toEqual(['start webgpu', 'load tiny-x4']);
    expect(host.status.models.map(({ name }) => name)).toEqual(['tiny-x2', 'tiny-x4']);
  });

  it('frees everything when idle, and starts anew', async () => {
    const { host, events } = setUp();
    await host.upscale(image, options());
    await vi.advanceTimersByTimeAsync(idleMs - 1);
    await host.upscale(image, options());
    await vi.advanceTimersByTimeAsync(idleMs - 1);
    expect(events).toEqual(['start webgpu']);
    vi.advanceTimersByTime(1);
    // The next work comes while the engine is being disposed.
    await host.upscale(image, options());
    expect(events).toEqual(['start webgpu', 'dispose webgpu', 'start webgpu']);
  });

  it('does the work again on the next backend, and stays there', async () => {
    const { host, events } = setUp({ upscale: ['webgpu'] });
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'wasm' });
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'wasm' });
    expect(events).toEqual(['start webgpu', 'dispose webgpu', 'start wasm']);
    expect(host.status.backend).toBe('wasm');
  });

  it('does not show wrong pixels, and remembers who made them', async () => {
    const { host, onWrongPixels } = setUp({ black: ['webgpu'] });
    const answer = await host.upscale(image, options());
    expect(answer).toMatchObject({ image: grown(200), backend: 'wasm' });
    expect(onWrongPixels.mock.calls).toEqual([['webgpu']]);
  });

  it('blames no backend for wrong pixels that all make of an image', async () => {
    const { host, onWrongPixels } = setUp({ black: ['webgpu', 'wasm'] });
    await expect(host.upscale(image, options())).rejects.toThrow('result has drift');
    expect(onWrongPixels).not.toHaveBeenCalled();
  });

  it('remembers no backend that only failed', async () => {
    const { host, onWrongPixels } = setUp({ upscale: ['webgpu'] });
    await host.upscale(image, options());
    expect(onWrongPixels).not.toHaveBeenCalled();
  });

  it('builds the same backend anew when its device is lost', async () => {
    const { host, events } = setUp({ lost: 1 });
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'webgpu' });
    expect(events).toEqual(['start webgpu', 'dispose webgpu', 'start webgpu']);
  });

  it('goes on to the next backend when the device is lost again', async () => {
    const { host, events } = setUp({ lost: 2 });
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'wasm' });
    expect(events.at(-1)).toBe('start wasm');
    expect(events.filter((event) => event === 'start webgpu')).toHaveLength(2);
  });

  it('changes the backend when a second model fails on it', async () => {
    const { host } = setUp({ load: ['webgpu'] });
    await host.upscale(image, options());
    expect(await host.upscale(image, options('tiny-x4'))).toMatchObject({ backend: 'wasm' });
  });

  it('blames no backend for an image that fails on two', async () => {
    const { host, failing } = setUp({ upscale: ['webgpu', 'wasm'] });
    await expect(host.upscale(image, options())).rejects.toThrow(BackendError);
    failing.upscale = [];
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'webgpu' });
  });

  it('tries the failed backend again when there is no other', async () => {
    const { host, failing } = setUp({ upscale: ['webgpu'] });
    await host.upscale(image, options());
    failing.upscale = ['wasm'];
    // webgpu is out, wasm fails now: none is left.
    await expect(host.upscale(image, options())).rejects.toThrow(NoBackendError);
    failing.upscale = [];
    expect(await host.upscale(image, options())).toMatchObject({ backend: 'wasm' });
  });

  it('chooses anew after a change of the setting', async () => {
    const { host, events } = setUp();
    await host.upscale(image, options());
    host.restart();
    await host.upscale(image, options());
    expect(events).toEqual(['start webgpu', 'dispose webgpu', 'start webgpu']);
  });

  it('finishes work that runs before it restarts', async () => {
    const { host, events } = setUp();
    const running = host.upscale(image, options());
    host.restart();
    expect(await running).toMatchObject({ backend: 'webgpu' });
    await host.upscale(image, options());
    expect(events).toEqual(['start webgpu', 'dispose webgpu', 'start webgpu']);
  });
});
