import { expect, it, vi } from 'vitest';
import { TileJob } from '../../../../src/inference/threads/tile-job';
import { planTiles, type TileShape } from '../../../../src/inference/tiles';

const shape: TileShape = { width: 4, height: 4, halo: 1, scale: 4 };
const image = { width: 4, height: 2, data: new Uint8ClampedArray(32).fill(255) };
const plan = { tiles: planTiles(4, 2, shape), shape };

it('hands out each tile once, and one that is given back again, first', () => {
  const job = new TileJob(image, plan);
  const [first, second] = [job.take(), job.take()];
  expect([first?.tile.x, second?.tile.x, job.take()]).toEqual([0, 2, null]);
  if (first) job.giveBack(first);
  expect([job.take()?.tile, job.take()]).toEqual([first?.tile, null]);
});

it('is done with the last tile', async () => {
  const onProgress = vi.fn();
  const done = vi.fn();
  const job = new TileJob(image, plan, onProgress);
  void job.done.then(done);
  job.finish();
  await Promise.resolve();
  expect(done).not.toHaveBeenCalled();
  job.finish();
  await job.done;
  expect(onProgress.mock.calls).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect([job.result.width, job.result.height]).toEqual([16, 8]);
});
