// Every time against that of Upres on its WASM backend and one thread, for the same task, scale and size.
import type { Row } from './results';

/** On the same model; UpscalerJS, which has its own, is held against our smallest of the same scale. */
export function peersOf(row: Row, rows: readonly Row[]): Row | null {
  const model = row.contestant === 'upscalerjs' ? `tiny-x${row.scale}` : row.model;
  return (
    rows.find(
      (other) =>
        other.contestant === 'upres' &&
        other.backend === 'wasm' &&
        other.threads === 1 &&
        other.model === model &&
        other.task === row.task &&
        other.size === row.size,
    ) ?? null
  );
}

/** How many times as long as `own`, by medians and by the least times, which a busy machine moves less. */
export function ratioOf(row: Row, own: Row): { medians: number; minima: number } {
  return { medians: row.warmMs / own.warmMs, minima: row.minMs / own.minMs };
}
