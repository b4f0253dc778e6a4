// The tile loop where the pixels stay on the GPU.
import type { Drawing, Plane } from './backend';
import { WrongPixelsError } from './errors';
import { faultOfSums } from './tile-check';
import type { Tile, TileShape } from './tiles';
import type { BackendName, RgbaImage } from './types';
import { unevenAlpha } from './uneven-alpha';

export interface DrawJob {
  image: RgbaImage;
  tiles: readonly Tile[];
  shape: TileShape;
  backend: BackendName;
  /** After each tile: tells the progress and lets an abort in. */
  onTile: (done: number) => Promise<void>;
}

/** Runs work of the backend with its time limit and its errors. */
export type Guard = <T>(work: (end: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Disposes the drawing. Two tiles are in flight, so that the GPU has work while the last one's sums come back;
 * no more, so that it can serve others in between.
 */
export async function drawTiles(drawing: Drawing, job: DrawJob, guard: Guard): Promise<RgbaImage> {
  const { tiles, onTile } = job;
  try {
    let before = Promise.resolve();
    for (const [i, tile] of tiles.entries()) {
      const drawn = guard((end) => drawTile(drawing, tile, job, end));
      // Awaited in the next round, unless the last tile's failure ends the loop.
      drawn.catch(() => null);
      await before;
      if (i > 0) await onTile(i);
      before = drawn;
    }
    await before;
    await onTile(tiles.length);
    return await guard((end) => drawing.read(end));
  } finally {
    drawing.dispose();
  }
}

async function drawTile(
  drawing: Drawing,
  tile: Tile,
  { image, shape, backend }: DrawJob,
  signal: AbortSignal,
): Promise<void> {
  const planes: Plane[] = ['colour'];
  if (unevenAlpha(image, tile) !== null) planes.push('alpha');
  const sums = planes.map((plane) => drawing.drawTile(plane, tile, shape, signal));
  for (const sum of await Promise.all(sums)) {
    const fault = faultOfSums(sum, tile, shape);
    if (fault !== null) throw new WrongPixelsError(backend, fault);
  }
}
