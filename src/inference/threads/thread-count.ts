// How many threads compute.

/** An image of 300 pixels has nine tiles: more threads would cost memory and have nothing to do. */
const MOST = 8;

/**
 * With more than two cores, one is left to the page and the rest of the machine. With two, both are taken: half
 * of the speed is too much to give away, and tiles are short.
 */
export function threadCount(setting: 'auto' | number, cores: number): number {
  const free = cores > 2 ? cores - 1 : cores;
  return Math.max(1, Math.min(setting === 'auto' ? MOST : setting, free));
}
