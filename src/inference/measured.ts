// How long the parts of a start take, left as `performance.measure` entries for whoever looks.

/** Not for what happens with every image: the browser keeps the entries for ever. */
export async function measured<T>(part: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await run();
  } finally {
    performance.measure(`upres: ${part}`, { start, end: performance.now() });
  }
}
