// Where everything lies in the memory of a network, for tiles of one size.
import type { Plan } from './plan';
import { PIXELS_A_BLOCK } from './register-block';
import { OUTPUT_SIDE } from './winograd';

export interface MapLayout {
  /** Address of pixel (0, 0). */
  origin: number;
  rowBytes: number;
  pixelBytes: number;
}

export interface MemoryLayout {
  weights: number[];
  scratch: number;
  maps: MapLayout[];
  /** Where the maps begin, borders included, and where all ends. */
  mapsAt: number;
  bytes: number;
}

/** Kernels compute whole blocks, and so overhang the picture on the right and below. */
const OVERHANG = Math.max(PIXELS_A_BLOCK, OUTPUT_SIDE);
const CACHE_LINE = 64;

export function layOutMemory(plan: Plan, width: number, height: number): MemoryLayout {
  let end = 0;
  const reserve = (bytes: number) => {
    const start = end;
    end = Math.ceil((start + bytes) / CACHE_LINE) * CACHE_LINE;
    return start;
  };
  const weights = plan.calls.map((call) => reserve(call.weights.byteLength));
  const scratch = reserve(plan.scratchBytes);
  const mapsAt = end;
  const maps = plan.maps.map((channels, number): MapLayout => {
    const pixelBytes = channels * 4;
    if (number === plan.output) {
      const rowBytes = width * pixelBytes;
      const origin = reserve((height + OVERHANG) * rowBytes + OVERHANG * pixelBytes);
      return { origin, rowBytes, pixelBytes };
    }
    const rowBytes = (1 + width + OVERHANG + 1) * pixelBytes;
    const start = reserve((1 + height + OVERHANG + 1) * rowBytes);
    return { origin: start + rowBytes + pixelBytes, rowBytes, pixelBytes };
  });
  return { weights, scratch, maps, mapsAt, bytes: end };
}
