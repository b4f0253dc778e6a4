// Writes the fragment shader of one pass: convolutions, bias, activation and additions, all in registers.
//
// A fragment computes a block of 2x2 pixels in a few output groups, so that each weight is used four times and
// each texel up to nine times. Results are texture arrays of blocks: layer 4 * group + 2 * y + x holds four
// channels of the pixel (x, y) of each block. A border of one block is always zero, so the inner loop has no
// edge cases. Weights lie in a uniform block in the order they are used. The network's input is read from a
// picture, beyond whose edge its edge repeats.
import { blockCount, SUBPIXELS, type PassShape } from '../gpu/pass-shape';

/** One triangle that covers the viewport. */
export const VERTEX_SHADER = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

export const FRAGMENT_HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;
`;

/** Reads the network's input at a pixel of the tile. */
export const READ_IMAGE = `
uniform ivec2 origin;
uniform bool alphaAsGrey;
vec4 readTexel(sampler2D image, ivec2 pixel) {
  ivec2 last = textureSize(image, 0) - 1;
  return texelFetch(image, clamp(origin + pixel, ivec2(0), last), 0);
}
vec4 readImage(sampler2D image, ivec2 pixel) {
  vec4 texel = readTexel(image, pixel);
  return vec4(alphaAsGrey ? texel.aaa : texel.rgb, 0.0);
}
`;

export function passShader(shape: PassShape): string {
  const { convs, before, activation, after, units, count } = shape;
  const groups = Array.from({ length: count }, (_, group) => group);
  const each = (line: (sum: string, group: number, sub: number) => string) =>
    groups
      .flatMap((group) => SUBPIXELS.map((sub) => line(`sum${group * 4 + sub}`, group, sub)))
      .join('\n  ');
  /** At a distance in pixels from the first one of the block. */
  const read = (unit: number, layer: string, x: number, y: number) =>
    units[unit] === 'image'
      ? `readImage(source${unit}, pixel + ivec2(${x}, ${y}))`
      : `texelFetch(source${unit}, ivec3(here + ivec2(${x >> 1}, ${y >> 1}), (${layer}) * 4 + ${(y & 1) * 2 + (x & 1)}), 0)`;
  const add = (unit: number) =>
    each((sum, group, sub) => `${sum} += ${read(unit, `first + ${group}`, sub & 1, sub >> 1)};`);
  const convolve = ({ side, inputGroups, unit }: PassShape['convs'][number]) => {
    const radius = (side - 1) / 2;
    const window = Array.from({ length: (side + 1) ** 2 }, (_, i) => {
      return [i % (side + 1), Math.floor(i / (side + 1))] as const;
    });
    const taps = Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)]);
    const fetches = window.map(
      ([x, y]) => `vec4 at${x}${y} = ${read(unit, 'layer', x - radius, y - radius)};`,
    );
    const products = taps.flatMap(([x = 0, y = 0], tap) =>
      groups.flatMap((group) => [
        `weights = blocks[block + ${tap * count + group}];`,
        ...SUBPIXELS.map(
          (sub) => `sum${group * 4 + sub} += weights * at${x + (sub & 1)}${y + (sub >> 1)};`,
        ),
      ]),
    );
    return `
  for (int layer = 0; layer < ${inputGroups}; layer++) {
    ${[...fetches, ...products].join('\n    ')}
    block += ${side * side * count};
  }`;
  };
  return `
layout(std140) uniform Weights {
  vec4 vectors[${count * 2}];
  ${convs.length > 0 ? `mat4 blocks[${blockCount(shape)}];` : ''}
};
uniform int first;
uniform ivec2 size;
${units.map((kind, i) => `uniform ${kind === 'image' ? 'sampler2D' : 'sampler2DArray'} source${i};`).join('\n')}
${each((_sum, group, sub) => `layout(location = ${group * 4 + sub}) out vec4 result${group * 4 + sub};`)}
${READ_IMAGE}
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  ivec2 pixel = (here - 1) * 2;
  int block = 0;
  mat4 weights;
  ${each((sum, group) => `vec4 ${sum} = vectors[${group * 2}];`)}
  ${convs.map(convolve).join('')}
  ${before.map(add).join('\n  ')}
  ${activation ? each((sum, group) => `${sum} = max(${sum}, 0.0) + vectors[${group * 2 + 1}] * min(${sum}, 0.0);`) : ''}
  ${after.map(add).join('\n  ')}
  ${SUBPIXELS.map((sub) => `float inside${sub} = all(lessThan(pixel + ivec2(${sub & 1}, ${sub >> 1}), size)) ? 1.0 : 0.0;`).join('\n  ')}
  ${each((sum, group, sub) => `result${group * 4 + sub} = ${sum} * inside${sub};`)}
}`;
}
