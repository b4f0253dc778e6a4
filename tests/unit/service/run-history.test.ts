import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { median, noteRun, readRunHistory } from '../../../src/service/run-history';

beforeEach(() => fakeBrowser.reset());

it.each([
  [[], null],
  [[3], 3],
  [[9, 1, 5], 5],
  [[9, 1, 5, 7], 6],
])('median of %j is %s', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('keeps the last fifty', async () => {
  const engine = { backend: 'wasm', probe: [] } as const;
  for (let ms = 1; ms <= 52; ms++) await noteRun(ms, { ...engine, probe: [] });
  const history = await readRunHistory();
  expect(history.ms).toEqual(Array.from({ length: 50 }, (_, i) => i + 3));
  expect(history.engine).toEqual(engine);
});
