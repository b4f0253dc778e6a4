// The tiles of one image, shared between all who compute: each takes the next one that waits, and gives it back
// where it fails.
import { blankUpscaled } from '../blank';
import { bleedColours } from '../bleed';
import type { PlacedTile, Tile, TilePlan, TileShape } from '../tiles';
import type { RgbaImage } from '../types';

export class TileJob {
  readonly result: RgbaImage;
  /** Resolves when every tile is in its place. */
  readonly done: Promise<void>;
  readonly #image: RgbaImage;
  readonly #shape: TileShape;
  readonly #waiting: Tile[];
  readonly #total: number;
  readonly #onProgress: (done: number, total: number) => void;
  #finished = 0;
  #resolve = () => {};

  constructor(
    source: RgbaImage,
    { tiles, shape }: TilePlan,
    onProgress: (done: number, total: number) => void = () => {},
  ) {
    this.result = blankUpscaled(source, shape.scale);
    this.done = new Promise((resolve) => (this.#resolve = resolve));
    this.#image = bleedColours(source);
    this.#shape = shape;
    this.#waiting = [...tiles];
    this.#total = tiles.length;
    this.#onProgress = onProgress;
  }

  /** The next tile, to be computed into its part of `result`; null where none waits. */
  take(): PlacedTile | null {
    const tile = this.#waiting.shift();
    return tile ? { image: this.#image, tile, shape: this.#shape } : null;
  }

  giveBack({ tile }: PlacedTile): void {
    this.#waiting.unshift(tile);
  }

  /** A tile that was taken is in its place. */
  finish(): void {
    this.#finished += 1;
    this.#onProgress(this.#finished, this.#total);
    if (this.#finished === this.#total) this.#resolve();
  }
}
