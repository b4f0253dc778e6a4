// Winograd's F(4x4, 3x3): sixteen outputs of a 3x3 convolution from 36 multiplications instead of 144.
//
//   Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A      d: 6x6 inputs, g: 3x3 kernel, Y: 4x4 outputs
//
// The matrices follow from the points where the polynomials are evaluated. Everybody takes 0, ±1, ±2 and ∞;
// 0, ±3/4, ±3/2 and ∞ cost the same here and lose nearly nothing: over 64 channels an error 1.15 times that
// of the direct sum in float32, against 2.9 times (docs/engine.md).

/** The positive points; the others are their negatives, zero and infinity. */
const a = 3 / 4;
const b = 3 / 2;

/** Side of the tile of inputs, and of outputs. */
export const INPUT_SIDE = 6;
export const OUTPUT_SIDE = 4;
export const POSITIONS = INPUT_SIDE * INPUT_SIDE;

/** The constants of Bᵀ: its rows are (ab)² d0 − (a²+b²) d2 + d4, (d4 − b² d2) ± a (d3 − b² d1), and so on. */
export const inputConstants = {
  a,
  b,
  aa: a * a,
  bb: b * b,
  sum: a * a + b * b,
  product: (a * b) ** 2,
};

/** The constants of Aᵀ, with each row of G scaled so that the second output is but a difference. */
export const outputConstants = { a, b, aa: a * a, bb: b * b, overA: 1 / a, overB: 1 / b };

/** G: a kernel's three taps at each point, over the product of the distances to the others. */
const G = Float64Array.from([
  ...[1 / (a * b) ** 2, 0, 0],
  ...[a, -a, b, -b].flatMap((point) => {
    const other = Math.abs(point) === a ? b : a;
    // Of point · (point − −point) · (point² − other²), and the scale of outputConstants.
    const distances = 2 * point * point * (point * point - other * other);
    return [1, point, point * point].map((power) => (power * Math.abs(point)) / distances);
  }),
  ...[0, 0, 1],
]);

/**
 * G g Gᵀ of a 3x3 kernel, nine numbers by rows, into the 36 places `into[first + position · step]`. Plain loops: a
 * wide network has some sixty thousand kernels, and is waited for.
 */
export function transformKernel(
  kernel: Float32Array,
  into: Float32Array,
  first: number,
  step: number,
): void {
  for (let x = 0; x < 3; x++) {
    for (let i = 0; i < INPUT_SIDE; i++) {
      halfway[i * 3 + x] =
        number(G, i * 3) * number(kernel, x) +
        number(G, i * 3 + 1) * number(kernel, 3 + x) +
        number(G, i * 3 + 2) * number(kernel, 6 + x);
    }
  }
  for (let i = 0; i < INPUT_SIDE; i++) {
    for (let j = 0; j < INPUT_SIDE; j++) {
      into[first + (i * INPUT_SIDE + j) * step] =
        number(halfway, i * 3) * number(G, j * 3) +
        number(halfway, i * 3 + 1) * number(G, j * 3 + 1) +
        number(halfway, i * 3 + 2) * number(G, j * 3 + 2);
    }
  }
}

/** G g */
const halfway = new Float64Array(INPUT_SIDE * 3);

function number(list: Float64Array | Float32Array, i: number): number {
  return list[i] ?? 0;
}
