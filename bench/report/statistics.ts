// Order statistics of a handful of times: means would show what else the machine did.

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the two nearest, as NumPy's default. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new Error('no values');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? 0;
  return below + (above - below) * (at - Math.floor(at));
}
