import { describe, expect, it, vi } from 'vitest';
import { WorkQueue, type Waiter } from '../../../src/service/queue';

function waiter(visibleArea = 0): Waiter & { controller: AbortController } {
  const controller = new AbortController();
  const claim = { tabId: 1, visibleArea };
  return { claim, controller, signal: controller.signal, onProgress: vi.fn() };
}

const create = () => new WorkQueue<string>(() => 'shown');

/** Work that ends when it is told to, or when it is aborted. */
function work(name: string, started: string[] = []) {
  let finish: (result: string) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const run = vi.fn(
    (signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        started.push(name);
        finish = resolve;
        fail = reject;
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  );
  return { run, finish: () => finish(name), fail: (error: Error) => fail(error) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('WorkQueue', () => {
  it('runs one at a time, what shows most first', async () => {
    const queue = create();
    const started: string[] = [];
    const works = ['first', 'near', 'visible', 'wide'].map((name) => work(name, started));
    const areas = [0, 0, 5, 9];
    const results = works.map((each, i) => queue.run(`key ${i}`, waiter(areas[i]), each.run));
    expect(queue.size).toBe(4);
    expect(started).toEqual(['first']);
    for (const i of [0, 3, 2, 1]) {
      works[i]?.finish();
      await results[i];
      await settle();
    }
    expect(started).toEqual(['first', 'wide', 'visible', 'near']);
    expect(queue.size).toBe(0);
  });

  it('does equal work once, and tells all who wait how far it is', async () => {
    const queue = create();
    const [one, two] = [waiter(), waiter()];
    const first = queue.run('key', one, async (_signal, onProgress) => {
      await settle();
      onProgress(1, 2);
      return 'done';
    });
    const never = vi.fn();
    const second = queue.run('key', two, never);
    expect(await Promise.all([first, second])).toEqual(['done', 'done']);
    expect(never).not.toHaveBeenCalled();
    expect(one.onProgress).toHaveBeenCalledWith(1, 2);
    expect(two.onProgress).toHaveBeenCalledWith(1, 2);
  });

  it('raises waiting work to the place of who joins it', async () => {
    const queue = create();
    const started: string[] = [];
    const blocker = work('blocker', started);
    const low = work('low', started);
    const middle = work('middle', started);
    const results = [
      queue.run('blocker', waiter(), blocker.run),
      queue.run('low', waiter(1), low.run),
      queue.run('middle', waiter(2), middle.run),
      queue.run('low', waiter(3), low.run),
    ];
    for (const each of [blocker, low, middle]) {
      each.finish();
      await settle();
    }
    await Promise.all(results);
    expect(started).toEqual(['blocker', 'low', 'middle']);
  });

  it('lets one waiter go without stopping the work of the other', async () => {
    const queue = create();
    const [leaves, stays] = [waiter(), waiter()];
    const shared = work('shared');
    const left = queue.run('key', leaves, shared.run);
    const kept = queue.run('key', stays, shared.run);
    leaves.controller.abort();
    await expect(left).rejects.toThrow('aborted');
    shared.finish();
    expect(await kept).toBe('shared');
  });

  it('stops running work when all have gone, and keeps its place until it has ended', async () => {
    const queue = create();
    const only = waiter();
    const started: string[] = [];
    let end: () => void = () => {};
    const stubborn = queue.run('key', only, async (signal) => {
      await new Promise<void>((resolve) => (end = resolve));
      signal.throwIfAborted();
      return 'never';
    });
    const next = queue.run('next', waiter(), async () => {
      started.push('next');
      return 'next';
    });
    only.controller.abort();
    await expect(stubborn).rejects.toThrow('aborted');
    await settle();
    expect(started).toEqual([]);
    end();
    expect(await next).toBe('next');
  });

  it('never starts waiting work that was cancelled, and starts anew for who asks again', async () => {
    const queue = create();
    const blocker = work('blocker');
    const blocking = queue.run('blocker', waiter(), blocker.run);
    const only = waiter();
    const cancelled = work('cancelled');
    const waiting = queue.run('key', only, cancelled.run);
    only.controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    const again = queue.run('key', waiter(), async () => 'again');
    blocker.finish();
    expect(await blocking).toBe('blocker');
    expect(await again).toBe('again');
    expect(cancelled.run).not.toHaveBeenCalled();
  });

  it('survives failures', async () => {
    const queue = create();
    const fails = queue.run('bad', waiter(), async () => {
      throw new Error('broken');
    });
    await expect(fails).rejects.toThrow('broken');
    expect(await queue.run('bad', waiter(), async () => 'good')).toBe('good');
  });

  it('refuses who has gone already', async () => {
    const gone = waiter();
    gone.controller.abort();
    const queue = create();
    await expect(queue.run('key', gone, async () => 'x')).rejects.toThrow('aborted');
    expect(queue.size).toBe(0);
  });
});
