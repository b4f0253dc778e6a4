// What a run of the bench leaves behind.
import type { ContestantSpec, Task } from '../contestants';

export interface Machine {
  cpu: string;
  cores: number;
  os: string;
  browser: string;
  date: string;
  note: string;
  /** GFLOP/s of 128-bit multiply-adds on one thread, and whether they are fused. */
  peakGflops: number;
  fusedMultiplyAdd: boolean;
}

export interface Row {
  task: Task;
  contestant: ContestantSpec['contestant'];
  model: string;
  backend: string;
  threads: number;
  scale: number;
  /** Side of the square input in pixels. */
  size: number;
  warmMs: number;
  minMs: number;
  p95Ms: number;
  runs: number;
  /** Useful ones: those of halos don't count. Null where nobody says how many there are. */
  gflops: number | null;
  /** From an empty page to the first result; of the image task at one size. */
  coldMs: number | null;
  peakMB: number | null;
  /** Longest stretch of its own thread. */
  blockMs: number | null;
  psnrSet5: number | null;
  psnrSet14: number | null;
}

export interface Absent {
  who: string;
  why: string;
}

export interface Results {
  machine: Machine;
  rows: Row[];
  absent: Absent[];
}
