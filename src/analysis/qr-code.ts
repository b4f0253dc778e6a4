// QR codes: the three squares in the corners, whose rows and columns run dark, light, dark, light, dark as
// 1 : 1 : 3 : 1 : 1.

interface Point {
  x: number;
  y: number;
  module: number;
}

/** `dark` is 1 for each dark pixel. */
export function hasQrCode(dark: Uint8Array, width: number, height: number): boolean {
  const found: Point[] = [];
  for (let y = 0; y < height; y++) {
    for (const { centre, module } of findersOf(dark, y * width, 1, width)) {
      const x = Math.round(centre);
      const across = findersOf(dark, x, width, height).find(
        (other) => Math.abs(other.centre - y) <= module && isAlike(other.module, module),
      );
      if (across && !found.some((point) => isNear(point, x, y, 4 * module))) {
        found.push({ x, y, module });
      }
    }
  }
  // Two of a side as far apart as the smallest code has them, and alike.
  return found.some(
    (a) =>
      found.filter(
        (b) => b !== a && isAlike(a.module, b.module) && !isNear(a, b.x, b.y, 10 * a.module),
      ).length >= 2,
  );
}

const isAlike = (a: number, b: number) => a < 1.6 * b && b < 1.6 * a;
const isNear = (a: Point, x: number, y: number, distance: number) =>
  Math.abs(a.x - x) < distance && Math.abs(a.y - y) < distance;

/** Where a line of pixels crosses the middle of a finder. */
function findersOf(dark: Uint8Array, start: number, step: number, length: number) {
  const runs: { end: number; length: number; isDark: boolean }[] = [];
  let from = 0;
  for (let i = 1; i <= length; i++) {
    if (i < length && dark[start + i * step] === dark[start + (i - 1) * step]) continue;
    runs.push({ end: i, length: i - from, isDark: dark[start + from * step] === 1 });
    from = i;
  }
  const found: { centre: number; module: number }[] = [];
  for (let i = 4; i < runs.length; i++) {
    const five = runs.slice(i - 4, i + 1);
    if (!five[0]?.isDark) continue;
    const total = five.reduce((sum, run) => sum + run.length, 0);
    const module = total / 7;
    const fits = five.every(
      (run, k) =>
        Math.abs(run.length - (k === 2 ? 3 : 1) * module) <=
        Math.max(0.5, (k === 2 ? 0.9 : 0.5) * module),
    );
    const middle = five[2];
    if (fits && middle && module >= 1)
      found.push({ centre: middle.end - middle.length / 2 - 0.5, module });
  }
  return found;
}
