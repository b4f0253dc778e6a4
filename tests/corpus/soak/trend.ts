// Is a row of samples flat? The slope is the median of the slopes between all pairs, which one odd sample can't turn.

export interface Point {
  minutes: number;
  value: number;
}

export interface Trend {
  first: number;
  last: number;
  median: number;
  /** Growth in an hour. */
  perHour: number;
}

export function trendOf(points: Point[]): Trend {
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      slopes.push((to.value - from.value) / (to.minutes - from.minutes));
    }
  }
  return {
    first: points[0]?.value ?? 0,
    last: points.at(-1)?.value ?? 0,
    median: median(points.map(({ value }) => value)),
    perHour: median(slopes) * 60,
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
