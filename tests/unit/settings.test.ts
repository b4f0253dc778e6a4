// What earlier versions have stored is still understood.
import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { backendChoice } from '../../src/settings';

it.each([
  ['auto', 'auto'],
  ['wasm', 'wasm'],
  ['webgl', 'webgl'],
  ['cpu', 'tfjs-cpu'],
])('the choice %s of version 1 is %s', async (before, now) => {
  fakeBrowser.reset();
  await fakeBrowser.storage.local.set({ backend: before, backend$: { v: 1 } });
  await backendChoice.migrate();
  expect(await backendChoice.getValue()).toBe(now);
});
