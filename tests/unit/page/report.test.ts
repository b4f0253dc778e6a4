import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMeter } from '../../../src/page/meter';
import { shortUrl } from '../../../src/page/short-url';
import { throttled } from '../../../src/page/throttled';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first at once, many as one, the last never lost', () => {
  const sentAt: number[] = [];
  const start = Date.now();
  const send = throttled(() => sentAt.push(Date.now() - start), 250, new AbortController().signal);
  send();
  for (let i = 0; i < 50; i++) {
    send();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(sentAt).toEqual([0, 250, 500]);
  send();
  expect(sentAt).toEqual([0, 250, 500, 1500]);
});

test('nothing after the abort', () => {
  const stop = new AbortController();
  let calls = 0;
  const send = throttled(() => calls++, 250, stop.signal);
  send();
  send();
  stop.abort();
  send();
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(1);
});

test.each([
  ['https://a.example/b.png', 'https://a.example/b.png'],
  ['data:image/png;base64,AAAA', 'data:image/png'],
  ['data:,x', 'data:'],
  [`data:${'x'.repeat(500)}`, `data:${'x'.repeat(195)}`],
  [`https://a.example/${'b'.repeat(500)}`, `https://a.example/${'b'.repeat(181)}…`],
])('%s', (url, short) => {
  expect(shortUrl(url)).toBe(short);
  expect(shortUrl(url).length).toBeLessThanOrEqual(200);
});

test('the longest stretch counts, what is inside it counts with it', () => {
  let nowMs = 0;
  const meter = createMeter(() => nowMs);
  const work = (ms: number) => meter.run(() => (nowMs += ms));
  work(3);
  meter.run(() => {
    work(2);
    work(2);
  });
  work(1);
  expect(meter.longestMs).toBe(4);
});
