import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepAliveWhile } from '../../../src/service/keep-alive';

const call = vi.fn(async () => ({ os: 'linux', arch: 'x86-64' }) as never);

beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser.runtime.getPlatformInfo = call;
  call.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

it('calls the browser while any work is held, and no longer', async () => {
  let finishLong: () => void = () => {};
  const long = keepAliveWhile(() => new Promise<void>((resolve) => (finishLong = resolve)));
  const failing = keepAliveWhile(async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  vi.advanceTimersByTime(65_000);
  expect(call).toHaveBeenCalledTimes(3);
  finishLong();
  await long;
  expect(vi.getTimerCount()).toBe(0);
  expect(await keepAliveWhile(async () => 'again')).toBe('again');
  expect(vi.getTimerCount()).toBe(0);
});
