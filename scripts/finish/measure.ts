// `npm run measure:finish`: good results against the bounds of src/finish, what the lock does to PSNR, and
// what both cost beside the engine. The figures of docs/quality-guards.md.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Float16Array } from '@petamoriken/float16';
import { bounds, compareWithSource, type Comparison } from '../../src/finish/compare-with-source';
import { lockToSource } from '../../src/finish/lock-to-source';
import { residualOf } from '../../src/finish/residual';
import { startWasm } from '../../src/inference/backends/wasm';
import { Engine } from '../../src/inference/engine';
import { decodeModel } from '../../src/inference/model-files';
import type { RgbaImage } from '../../src/inference/types';
import { pairs } from './pictures';

// Node 20 has none.
Object.assign(globalThis, { Float16Array });

const { values: options } = parseArgs({
  options: { data: { type: 'string', default: '../shared/data' } },
});
const { signal } = new AbortController();

async function readModel(name: string) {
  const read = (file: string) => readFile(`assets/models/${name}/${file}`);
  const bytes = async (file: string) => new Uint8Array(await read(file));
  return decodeModel({
    modelJson: String(await read('model.json')),
    weightsBin: (await bytes('weights.bin')).buffer,
    card: String(await read('card.json')),
    golden: (await bytes('golden.bin')).buffer,
  });
}

/** Of luma (BT.601), without a rim of `rim` pixels. */
function psnr(a: RgbaImage, b: RgbaImage, rim: number): number {
  let [sum, count] = [0, 0];
  for (let y = rim; y < a.height - rim; y++) {
    for (let x = rim; x < a.width - rim; x++) {
      const at = (y * a.width + x) * 4;
      const off = (channel: number) => (a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0);
      sum += ((65.481 * off(0) + 128.553 * off(1) + 24.966 * off(2)) / 255) ** 2;
      count += 1;
    }
  }
  return 10 * Math.log10((255 ** 2 * count) / Math.max(sum, 1e-9));
}

const worst: Comparison = { drift: 0, block: 0, texture: 0, shift: 0 };
const engine = new Engine(await startWasm({ wasmPath: '' }, signal));
for (const scale of [2, 4]) {
  const model = `tiny-x${scale}`;
  await engine.load(await readModel(model), signal);
  const gains: Record<'clean' | 'web', number[]> = { clean: [], web: [] };
  const ms = { engine: 0, compare: 0, lock: 0 };
  for await (const { name, coding, source, truth } of pairs(options.data, scale)) {
    const times = [performance.now()];
    const result = await engine.upscale(source, { model, signal });
    times.push(performance.now());
    const before = psnr(result, truth, scale);
    times.push(performance.now());
    const residual = residualOf(source, result);
    const found = compareWithSource(source, residual);
    times.push(performance.now());
    lockToSource(source, result, residual);
    times.push(performance.now());
    const [start = 0, upscaled = 0, t1 = 0, t2 = 0, t3 = 0] = times;
    ms.engine += upscaled - start;
    ms.compare += t2 - t1;
    ms.lock += t3 - t2;
    for (const key of ['drift', 'block', 'texture', 'shift'] as const) {
      worst[key] = Math.max(worst[key], found[key]);
      if (!(found[key] <= bounds[key])) console.log(`${name} ${coding}: ${key} ${found[key]}`);
    }
    if (name !== 'leaf.png') gains[coding].push(psnr(result, truth, scale) - before);
  }
  for (const [coding, all] of Object.entries(gains)) {
    const mean = all.reduce((sum, gain) => sum + gain, 0) / all.length;
    console.log(
      `x${scale} ${coding}: the lock changes PSNR by ${mean.toFixed(3)} dB, worst ${Math.min(...all).toFixed(3)} (${all.length} images)`,
    );
  }
  const share = (part: number) => `${((100 * part) / ms.engine).toFixed(1)} %`;
  console.log(
    `x${scale}: compare ${share(ms.compare)}, lock ${share(ms.lock)} of the engine's time`,
  );
}
await engine.dispose();
console.log('worst', worst, 'bounds', bounds);
