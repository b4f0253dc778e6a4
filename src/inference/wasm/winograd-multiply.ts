// The heart of a Winograd convolution: at each of the 36 positions a product of matrices, tiles x input
// channels by input channels x output channels.
import { writeFunction } from './function';
import { advance, doWhile, f32x4, get, i32, set, type MultiplyAdd } from './instructions';
import type { WasmFunction } from './module';
import { countDown, PIXELS_A_BLOCK, registerBlock } from './register-block';
import { POSITIONS } from './winograd';
import type { WinogradLayout } from './winograd-layout';

/** (transformed, weights, products, blocks) for `vectors` times four output channels. */
export function writeMultiply(
  name: string,
  vectors: number,
  layout: WinogradLayout,
  math: MultiplyAdd,
): WasmFunction {
  const params = ['transformed', 'weights', 'products', 'blocks'] as const;
  return writeFunction(name, params, ({ params: p, local }) => {
    const { pixelBytes, positionBytes, productBytes } = layout;
    const { sums, inputs, weights, accumulate } = registerBlock(vectors, local, math);
    const [position, block, products] = [local('i32'), local('i32'), local('i32')];
    const multiplyBlock = [
      sums.flat().map((sum) => set(sum, f32x4.const(0))),
      set(weights, get(p.weights)),
      accumulate(pixelBytes / 4, pixelBytes),
      sums.flat().map((sum, i) => f32x4.store(get(products), i * 16, get(sum))),
      // One tile's channels are behind us already.
      advance(inputs, i32.const((PIXELS_A_BLOCK - 1) * pixelBytes)),
      advance(products, i32.const(PIXELS_A_BLOCK * vectors * 16)),
    ];
    return [
      set(position, i32.const(POSITIONS)),
      doWhile(
        [
          set(inputs, get(p.transformed)),
          set(products, get(p.products)),
          set(block, get(p.blocks)),
          doWhile(multiplyBlock, countDown(block)),
          advance(p.transformed, i32.const(positionBytes)),
          advance(p.products, i32.const(productBytes)),
          advance(p.weights, i32.const((pixelBytes / 4) * vectors * 16)),
        ],
        countDown(position),
      ),
    ];
  });
}
