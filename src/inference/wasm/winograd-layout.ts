// How the scratch memory of a Winograd convolution is laid out, for a group of neighbouring tiles of a strip.
import { CHANNELS_A_BLOCK, PIXELS_A_BLOCK } from './register-block';
import { INPUT_SIDE, OUTPUT_SIDE, POSITIONS } from './winograd';

export interface WinogradLayout {
  /** Tiles of a group, a multiple of PIXELS_A_BLOCK. */
  tiles: number;
  /** Of all input channels of a pixel or a tile. */
  pixelBytes: number;
  /** Columns [6][4 · tiles + 2][channels]: one row of it. */
  columnRowBytes: number;
  /** Transformed tiles [36][tiles][channels]: one position of it. */
  positionBytes: number;
  /** Products [36][tiles][8]: one position of it. */
  productBytes: number;
  columnsAt: number;
  transformedAt: number;
  productsAt: number;
  bytes: number;
}

/** Scratch of one group stays in the second cache, and not far from the first. */
const GROUP_BYTES = 64 * 1024;

export function layOutWinograd(channels: number, groupBytes = GROUP_BYTES): WinogradLayout {
  const pixelBytes = channels * 4;
  const blocks = Math.max(1, Math.floor(groupBytes / (POSITIONS * pixelBytes * PIXELS_A_BLOCK)));
  const tiles = blocks * PIXELS_A_BLOCK;
  const columnRowBytes = (tiles * OUTPUT_SIDE + 2) * pixelBytes;
  const positionBytes = tiles * pixelBytes;
  const productBytes = tiles * CHANNELS_A_BLOCK * 4;
  const transformedAt = INPUT_SIDE * columnRowBytes;
  const productsAt = transformedAt + POSITIONS * positionBytes;
  return {
    tiles,
    pixelBytes,
    columnRowBytes,
    positionBytes,
    productBytes,
    columnsAt: 0,
    transformedAt,
    productsAt,
    bytes: productsAt + POSITIONS * productBytes,
  };
}
