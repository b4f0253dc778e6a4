// From the files of the package and the images that were made to the model of the next one.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ModelCard } from '../../../../src/inference/types';
import { threads, tier, timeTargetMs } from '../../../../src/settings';

/** As in the package; the folder that is no tier is left alone. */
const names = ['fast-art-x2', 'fast-x2', 'readme', 'tiny-x2', 'tiny-x4'];
const macs: Record<string, number> = { fast: 160_000, tiny: 20_000 };

function card(name: string): ModelCard {
  const macsPerPixel = macs[name.split('-')[0] ?? ''];
  return { name, macsPerPixel, receptiveField: 10, scale: 2 } as ModelCard;
}

/** The background starts anew. */
async function restart() {
  vi.resetModules();
  const { chooseModel } = await import('../../../../src/service/choice/choose-model');
  const { noteImage, noteProbe } = await import('../../../../src/service/choice/model-times');
  return { chooseModel, noteImage, noteProbe };
}

const made = (ms: number, side = 300) => ({
  type: 'image/jpeg',
  width: side * 2,
  height: side * 2,
  scale: 2 as const,
  ms,
  backend: 'wasm' as const,
});

beforeEach(() => {
  fakeBrowser.reset();
  vi.useRealTimers();
  fakeBrowser.runtime.getManifest = () => ({ version: '0.1.0' }) as never;
  vi.stubGlobal('navigator', { userAgent: 'Browser/1' });
  vi.stubGlobal('fetch', async (url: URL) => {
    const [, , name = '', file] = url.pathname.split('/');
    return Response.json(file === 'card.json' ? card(name) : names);
  });
});

describe('chooseModel', () => {
  it('begins with the least', async () => {
    const { chooseModel } = await restart();
    expect(await chooseModel(2)).toMatchObject({ model: 'tiny-x2', reason: { kind: 'untried' } });
    expect(await chooseModel(4)).toMatchObject({ model: 'tiny-x4', reason: { kind: 'only' } });
  });

  it('goes up after a quick probe, and down where images then take too long', async () => {
    const { chooseModel, noteProbe, noteImage } = await restart();
    const engine = { backend: 'wasm', threads: 2 } as const;
    await noteProbe(card('tiny-x2'), engine, [{ backend: 'wasm', ms: 16, problem: null }]);
    expect(await chooseModel(2)).toMatchObject({ model: 'fast-x2', reason: { kind: 'in-time' } });
    await noteImage(card('fast-x2'), made(900));
    expect(await chooseModel(2)).toMatchObject({ model: 'tiny-x2' });
    // One that was quicker counts more than one that was slower.
    await noteImage(card('fast-x2'), made(300));
    expect(await chooseModel(2)).toMatchObject({ model: 'fast-x2', reason: { ms: 600 } });
  });

  it('stays with the least after a slow probe', async () => {
    const { chooseModel, noteProbe } = await restart();
    const engine = { backend: 'wasm', threads: 1 } as const;
    await noteProbe(card('tiny-x2'), engine, [{ backend: 'wasm', ms: 80, problem: null }]);
    expect(await chooseModel(2)).toMatchObject({ model: 'tiny-x2', reason: { kind: 'in-time' } });
  });

  it('what images have shown is not undone by a probe', async () => {
    const { chooseModel, noteProbe, noteImage } = await restart();
    await noteImage(card('tiny-x2'), made(20));
    const engine = { backend: 'wasm', threads: 1 } as const;
    await noteProbe(card('tiny-x2'), engine, [{ backend: 'wasm', ms: 5000, problem: null }]);
    expect(await chooseModel(2)).toMatchObject({ model: 'fast-x2' });
  });

  it('draws no conclusion from small or transparent images', async () => {
    const { chooseModel, noteImage } = await restart();
    await noteImage(card('tiny-x2'), made(5, 100));
    await noteImage(card('tiny-x2'), { ...made(5), type: 'image/png' });
    expect(await chooseModel(2)).toMatchObject({ reason: { kind: 'untried' } });
  });

  it('remembers over a restart, until something that matters changes', async () => {
    const first = await restart();
    await first.noteImage(card('fast-x2'), made(100));
    const again = await restart();
    const reason = async () => (await again.chooseModel(2)).reason.kind;
    expect(await reason()).toBe('in-time');
    await threads.setValue(1);
    expect(await reason()).toBe('untried');
    await threads.setValue('auto');
    expect(await reason()).toBe('in-time');
    vi.stubGlobal('navigator', { userAgent: 'Browser/2' });
    expect(await reason()).toBe('untried');
    vi.stubGlobal('navigator', { userAgent: 'Browser/1' });
    vi.setSystemTime(Date.now() + 25 * 3600 * 1000);
    expect(await reason()).toBe('untried');
  });

  it('forgets what another backend took', async () => {
    const { chooseModel, noteImage } = await restart();
    await noteImage(card('fast-x2'), made(100));
    await noteImage(card('tiny-x2'), { ...made(400), backend: 'tfjs-wasm' });
    expect(await chooseModel(2)).toMatchObject({ model: 'tiny-x2', reason: { ms: 400 } });
  });

  it('obeys the settings', async () => {
    const { chooseModel, noteImage } = await restart();
    await noteImage(card('fast-x2'), made(100));
    await timeTargetMs.setValue(50);
    expect(await chooseModel(2)).toMatchObject({ model: 'tiny-x2' });
    await tier.setValue('quality');
    expect(await chooseModel(2)).toMatchObject({ model: 'fast-x2', reason: { kind: 'nearest' } });
  });

  it('takes the variant for drawings where there is one', async () => {
    const { chooseModel } = await restart();
    await tier.setValue('fast');
    expect(await chooseModel(2, 'art')).toMatchObject({ model: 'fast-art-x2' });
    await tier.setValue('tiny');
    expect(await chooseModel(2, 'art')).toMatchObject({ model: 'tiny-x2' });
  });
});
