// Figures to tables and plots.
import { describe, expect, test } from 'vitest';
import { listContestants, idOf } from '../../../bench/contestants';
import { benchOptions } from '../../../bench/options';
import { toMarkdown } from '../../../bench/report/markdown';
import { plot } from '../../../bench/report/plot';
import { ratioOf, peersOf } from '../../../bench/report/ratios';
import type { Results, Row } from '../../../bench/report/results';
import { median, quantile } from '../../../bench/report/statistics';

test.each([
  { values: [3], part: 0.95, expected: 3 },
  { values: [1, 2], part: 0.5, expected: 1.5 },
  { values: [40, 10, 20, 30], part: 0.5, expected: 25 },
  { values: [0, 10, 20, 30, 40], part: 0.95, expected: 38 },
])('quantile $part of $values', ({ values, part, expected }) => {
  expect(quantile(values, part)).toBeCloseTo(expected, 9);
});

test('a median of nothing is refused', () => {
  expect(() => median([])).toThrow('no values');
});

const row = (over: Partial<Row>): Row => ({
  ...{
    task: 'image',
    contestant: 'upres',
    model: 'tiny-x2',
    backend: 'wasm',
    threads: 1,
    scale: 2,
  },
  ...{ size: 128, warmMs: 10, minMs: 9, p95Ms: 12, runs: 5, gflops: 68.5 },
  ...{ coldMs: null, peakMB: null, blockMs: null, psnrSet5: null, psnrSet14: null },
  ...over,
});
const rows = [
  row({}),
  row({ size: 256, warmMs: 40 }),
  row({ contestant: 'tfjs', backend: 'tfjs-wasm', warmMs: 25 }),
  row({ contestant: 'upscalerjs', model: 'default', warmMs: 250, gflops: null, psnrSet5: 33.53 }),
  row({ contestant: 'upscalerjs', model: 'esrgan-slim', scale: 4, warmMs: 300, gflops: null }),
];
const results: Results = {
  machine: {
    ...{ cpu: 'A CPU', cores: 2, os: 'Linux', browser: 'Chromium 1', date: '2026-01-01', note: '' },
    ...{ peakGflops: 58.7, fusedMultiplyAdd: true },
  },
  rows,
  absent: [{ who: 'somebody', why: 'no device' }],
};

describe('ratios', () => {
  test.each([
    { of: 2, expected: { medians: 2.5, minima: 1 } },
    // Another model, so our smallest of that scale.
    { of: 3, expected: { medians: 25, minima: 1 } },
    // Nothing of ours was measured there.
    { of: 4, expected: null },
  ])('row $of', ({ of, expected }) => {
    const at = rows[of] as Row;
    const own = peersOf(at, rows);
    expect(own && ratioOf(at, own)).toEqual(expected);
  });
});

test('the tables name everybody, also who is absent', () => {
  const text = toMarkdown(results);
  expect(text).toContain('58.7 GFLOP/s (fused)');
  expect(text).toContain('| tiny-x2 | 128² | tfjs-wasm | 25.0 | 9.00–12.0 | 2.50x (1.00x) |');
  expect(text).toContain('| default x2 | upscalerjs wasm |  |  |  |  | 33.53 |  |');
  expect(text).toContain('- somebody: no device');
  expect(text).not.toContain('The network alone');
});

test('the plot has a line for each of the same scale, and nothing that is no number', () => {
  const picture = plot(results);
  expect(picture.match(/<path d="M[^"]*" fill="none"/g)).toHaveLength(3);
  expect(picture).not.toContain('NaN');
});

test('tiers that are not shipped take part untrained, shipped ones as they are', () => {
  const models = (shipped: string[]) => new Set(listContestants(shipped).map(({ model }) => model));
  expect(models(['tiny-x2'])).toContain('fast-x2 (untrained)');
  expect(models(['tiny-x2', 'fast-x2'])).not.toContain('fast-x2 (untrained)');
  const ids = listContestants(['tiny-x2']).map(idOf);
  expect(new Set(ids).size).toBe(ids.length);
});

test('options', () => {
  expect(benchOptions(['--quick', '--sizes', '64'])).toMatchObject({ sizes: [64], rounds: 3 });
  expect(benchOptions([])).toMatchObject({ sizes: [64, 128, 256, 512], coldSize: 256 });
  expect(() => benchOptions(['--rounds', 'many'])).toThrow('whole numbers');
  expect(() => benchOptions(['--slow'])).toThrow('--slow');
});
