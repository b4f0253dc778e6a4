import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FairQueue } from '../../../src/service/fair-queue';
import type { Attention, Claim } from '../../../src/service/turns';

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A queue whose work takes the time that it is told, and the order in which it was begun. */
function create(concurrency = 1, attention: Record<number, Attention> = {}) {
  const queue = new FairQueue({ concurrency, attentionOf: (tabId) => attention[tabId] ?? 'shown' });
  const begun: string[] = [];
  const add = (name: string, claim: Claim, ms = 10, signal = new AbortController().signal) =>
    queue.add(
      new Set([claim]),
      async () => {
        begun.push(name);
        await new Promise((resolve) => setTimeout(resolve, ms));
        return name;
      },
      signal,
    );
  return { queue, begun, add };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('FairQueue', () => {
  it('asks for the order when there is room, not when work comes', async () => {
    const { begun, add } = create();
    const [a, b] = [
      { tabId: 1, visibleArea: 1 },
      { tabId: 1, visibleArea: 2 },
    ];
    void add('first', { tabId: 1, visibleArea: 0 });
    void add('a', a);
    void add('b', b);
    a.visibleArea = 3;
    await vi.advanceTimersByTimeAsync(40);
    expect(begun).toEqual(['first', 'a', 'b']);
  });

  it('follows the user to another tab', async () => {
    const attention: Record<number, Attention> = { 1: 'focused', 2: 'hidden' };
    const { begun, add } = create(1, attention);
    for (const i of [1, 2, 3]) void add(`one ${i}`, { tabId: 1, visibleArea: 9 });
    for (const i of [1, 2]) void add(`two ${i}`, { tabId: 2, visibleArea: 1 });
    await settle();
    Object.assign(attention, { 1: 'hidden', 2: 'focused' });
    await vi.advanceTimersByTimeAsync(60);
    expect(begun).toEqual(['one 1', 'two 1', 'two 2', 'one 2', 'one 3']);
  });

  it('shares between tabs by time, not by pieces', async () => {
    const { begun, add } = create();
    for (let i = 0; i < 3; i++) void add('slow', { tabId: 1, visibleArea: 100 }, 30);
    for (let i = 0; i < 6; i++) void add('quick', { tabId: 2, visibleArea: 1 }, 10);
    await vi.advanceTimersByTimeAsync(200);
    const firstHalf = begun.slice(0, 5);
    expect(firstHalf.filter((name) => name === 'quick')).toHaveLength(3);
    expect(begun).toHaveLength(9);
  });

  it('gives no credit to who comes late', async () => {
    const { begun, add } = create();
    for (let i = 0; i < 20; i++) void add('old', { tabId: 1, visibleArea: 5 });
    await vi.advanceTimersByTimeAsync(100);
    for (let i = 0; i < 20; i++) void add('new', { tabId: 2, visibleArea: 5 });
    begun.length = 0;
    await vi.advanceTimersByTimeAsync(100);
    const fresh = begun.filter((name) => name === 'new').length;
    expect(fresh).toBeGreaterThanOrEqual(4);
    expect(fresh).toBeLessThanOrEqual(6);
  });

  it('does several at a time where it may, and counts them', async () => {
    const { queue, begun, add } = create(2);
    for (const name of ['a', 'b', 'c']) void add(name, { tabId: 1, visibleArea: 0 });
    expect([begun.length, queue.size]).toEqual([2, 3]);
    await vi.advanceTimersByTimeAsync(30);
    expect([begun.length, queue.size]).toEqual([3, 0]);
  });

  it('lets waiting work go, and leaves running work to itself', async () => {
    const { queue, begun, add } = create();
    const controller = new AbortController();
    const running = add('running', { tabId: 1, visibleArea: 0 }, 10, controller.signal);
    const waiting = add('waiting', { tabId: 1, visibleArea: 0 }, 10, controller.signal);
    const refused = expect(waiting).rejects.toThrow('aborted');
    controller.abort();
    await refused;
    await expect(add('late', { tabId: 1, visibleArea: 0 }, 1, controller.signal)).rejects.toThrow(
      'aborted',
    );
    await vi.advanceTimersByTimeAsync(10);
    expect(await running).toBe('running');
    expect([begun, queue.size]).toEqual([['running'], 0]);
  });

  it('goes on after a failure', async () => {
    const { queue, add } = create();
    const controller = new AbortController();
    const claims = new Set([{ tabId: 1, visibleArea: 0 }]);
    const fails = queue.add(claims, () => Promise.reject(new Error('broken')), controller.signal);
    await expect(fails).rejects.toThrow('broken');
    const next = add('next', { tabId: 1, visibleArea: 0 });
    await vi.advanceTimersByTimeAsync(10);
    expect(await next).toBe('next');
  });
});
