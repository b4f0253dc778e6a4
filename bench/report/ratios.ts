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

/** Of medians: how many times as long as `own`. */
export function ratioOf(row: Row, own: Row): number {
  return row.warmMs / own.warmMs;
}
