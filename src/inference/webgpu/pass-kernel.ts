// Writes the compute kernel of one pass: convolutions, bias, activation and additions, all in registers.
//
// An invocation computes a block of 2x2 pixels in a few output groups, so that each weight is used four times and
// each value up to nine times. Results are buffers [group][row][column] of four channels, with a border of one
// pixel that is always zero, so the inner loop has no edge cases. Sums are float32 always; what is stored and
// multiplied is float16 where the device has it.
import { blockCount, SUBPIXELS, type PassShape } from '../gpu/pass-shape';
import { TILE_STRUCT } from './tile-struct';

export type Real = 'f16' | 'f32';

/** Of the sources that are buffers; the image has its own binding. */
export const FIRST_SOURCE = 4;

export function passKernel(shape: PassShape, real: Real): string {
  const { convs, before, activation, after, units, count } = shape;
  const groups = Array.from({ length: count }, (_, group) => group);
  const each = (line: (sum: string, group: number, sub: number) => string) =>
    groups
      .flatMap((group) => SUBPIXELS.map((sub) => line(`sum${group * 4 + sub}`, group, sub)))
      .join('\n  ');
  const read = (unit: number, group: string, x: number, y: number) => {
    const pixel = `pixel + vec2i(${x}, ${y})`;
    return units[unit] === 'image'
      ? `vec4<${real}>(readImage(${pixel}))`
      : `source${unit}[indexOf(${pixel}, ${group})]`;
  };
  const add = (unit: number) =>
    each((sum, group, sub) => {
      return `${sum} += vec4f(${read(unit, `weights.first + ${group}`, sub & 1, sub >> 1)});`;
    });
  const convolve = ({ side, inputGroups, unit }: PassShape['convs'][number]) => {
    const radius = (side - 1) / 2;
    const window = Array.from({ length: (side + 1) ** 2 }, (_, i) => {
      return [i % (side + 1), Math.floor(i / (side + 1))] as const;
    });
    const reads = window.map(
      ([x, y]) => `let at${x}${y} = ${read(unit, 'group', x - radius, y - radius)};`,
    );
    const taps = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)]);
    const products = taps.flatMap(([x = 0, y = 0], tap) =>
      groups.flatMap((group) => [
        `matrix = weights.blocks[block + ${tap * count + group}];`,
        ...SUBPIXELS.map(
          (sub) => `sum${group * 4 + sub} += vec4f(matrix * at${x + (sub & 1)}${y + (sub >> 1)});`,
        ),
      ]),
    );
    return `
  for (var group = 0; group < ${inputGroups}; group++) {
    ${[...reads, ...products].join('\n    ')}
    block += ${side * side * count};
  }`;
  };
  const store = SUBPIXELS.map((sub) => {
    const stores = groups.map((group) => {
      return `result[indexOf(pixel${sub}, weights.first + ${group})] = vec4<${real}>(sum${group * 4 + sub});`;
    });
    return `let pixel${sub} = pixel + vec2i(${sub & 1}, ${sub >> 1});
  if (all(pixel${sub} < tile.size)) {
    ${stores.join('\n    ')}
  }`;
  });
  return `${real === 'f16' ? 'enable f16;' : ''}
${TILE_STRUCT}
struct Weights {
  first: i32,
  vectors: array<vec4f, ${count * 2}>,
  blocks: array<mat4x4<${real}>, ${Math.max(1, blockCount(shape))}>,
}
@group(0) @binding(2) var<uniform> weights: Weights;
@group(0) @binding(3) var<storage, read_write> result: array<vec4<${real}>>;
${units
  .map((kind, i) =>
    kind === 'image'
      ? ''
      : `@group(0) @binding(${FIRST_SOURCE + i}) var<storage, read> source${i}: array<vec4<${real}>>;`,
  )
  .join('\n')}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let pixel = vec2i(id.xy) * 2;
  if (any(pixel >= tile.size)) { return; }
  var block = 0;
  var matrix: mat4x4<${real}>;
  ${each((sum, group) => `var ${sum} = weights.vectors[${group * 2}];`)}
  ${convs.map(convolve).join('')}
  ${before.map(add).join('\n  ')}
  ${activation ? each((sum, group) => `${sum} = max(${sum}, vec4f(0.0)) + weights.vectors[${group * 2 + 1}] * min(${sum}, vec4f(0.0));`) : ''}
  ${after.map(add).join('\n  ')}
  ${store.join('\n  ')}
}`;
}
