// The way of an image from encoded bytes to a picture on the page, each step timed alone.
import { finishResult } from '../../src/finish/finish-result';
import { bleedColours } from '../../src/inference/bleed';
import {
  readAlpha,
  readColours,
  repeatAlpha,
  writeAlpha,
  writeColours,
} from '../../src/inference/pixels';
import { startBackend } from '../../src/inference/start-backend';
import { faultOfTile } from '../../src/inference/tile-check';
import { fitTile, planTiles, TILE_SIZE } from '../../src/inference/tiles';
import type { RgbaImage, Scale } from '../../src/inference/types';
import { unevenAlpha } from '../../src/inference/uneven-alpha';
import { decode } from '../../src/service/decode';
import { encode } from '../../src/service/encode';
import { resultTypeOf } from '../../src/service/result-type';
import { readModel } from './read-model';
import { showBlob } from './show-blob';
import { StepTimes } from './step-times';

export interface PathStep {
  step: string;
  ms: number;
}

const { signal } = new AbortController();
const maxPixels = 1e8;

/** Milliseconds of each step. `url` names the encoded image. */
export async function timePixelPath(
  url: string,
  scale: Scale,
  rounds: number,
): Promise<PathStep[]> {
  const source = await (await fetch(url)).blob();
  const files = await readModel(`tiny-x${scale}`, scale);
  const backend = await startBackend('wasm', { wasmPath: '/wasm/' }, signal);
  const network = await backend.load(files, signal);
  const halo = files.card.receptiveField;
  const times = new StepTimes();
  for (let round = 0; round < rounds; round++) {
    times.beginRound();
    const bitmap = await times.time('decode', () =>
      createImageBitmap(source, { imageOrientation: 'from-image' }),
    );
    bitmap.close();
    const image = await times.time('decode and read pixels', () => decode(source, null, maxPixels));
    const bled = await times.time('bleed colours', () => bleedColours(image));
    const fit = (length: number) => fitTile(length, halo, TILE_SIZE);
    const shape = { width: fit(image.width), height: fit(image.height), halo, scale };
    const { width, height } = shape;
    const input = new Float32Array(width * height * 3);
    const result = blank(image, scale);
    for (const tile of planTiles(image.width, image.height, shape)) {
      await times.time('read tiles', () => readColours(bled, tile, shape, input));
      const output = await times.time('network', () => network.run(input, width, height, signal));
      await times.time('check tiles', () => faultOfTile(input, output, shape));
      await times.time('write tiles', () => writeColours(output, tile, shape, result));
      await times.time('alpha: repeat', () => repeatAlpha(bled, tile, scale, result));
      const part = await times.time('alpha: look', () => unevenAlpha(bled, tile));
      if (part === null) continue;
      const around = {
        width: fitTile(part.width, halo, TILE_SIZE),
        height: fitTile(part.height, halo, TILE_SIZE),
        halo,
        scale,
      };
      const grey = input.subarray(0, around.width * around.height * 3);
      await times.time('alpha: read tiles', () => readAlpha(bled, part, around, grey));
      const alpha = await times.time('alpha: network', () =>
        network.run(grey, around.width, around.height, signal),
      );
      await times.time('alpha: write tiles', () => writeAlpha(alpha, bled, part, around, result));
    }
    await times.time('compare with the source and lock', () => finishResult(image, result));
    const type = await times.time('choose type', () =>
      resultTypeOf({ lossy: source.type === 'image/jpeg', encodedBytes: source.size }, image),
    );
    const blob = await times.time(`encode ${type}`, () => encode(result, type));
    const received = await times.time('send', () => throughPort(blob));
    await times.time('decode in the page', () => showBlob(received));
  }
  network.dispose();
  backend.dispose();
  return times.totals;
}

function blank({ width, height }: RgbaImage, scale: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * scale * scale * 4);
  return { width: width * scale, height: height * scale, data };
}

/** As between contexts: a structured clone, then the bytes. */
async function throughPort(blob: Blob): Promise<Blob> {
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<Blob>((resolve) => {
    port2.onmessage = ({ data }) => resolve(data as Blob);
  });
  port1.postMessage(blob);
  const clone = await received;
  port1.close();
  return clone;
}
