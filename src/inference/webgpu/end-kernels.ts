// The kernels behind the last pass: one draws the picture, one sums tiles up for their check, one hands the
// floats out.
import { CHECK_GRID } from '../gpu/check-grid';
import type { Real } from './pass-kernel';
import { TILE_STRUCT } from './tile-struct';

const head = (real: Real) => `${real === 'f16' ? 'enable f16;' : ''}
${TILE_STRUCT}
@group(0) @binding(2) var<storage, read> values: array<vec4<${real}>>;

fn readChannel(pixel: vec2i, channel: i32) -> f32 {
  return f32(values[indexOf(pixel, channel >> 2)][channel & 3]);
}
`;

/**
 * Pixel shuffle: colours of the core of a tile into its part of the picture, with the alpha of their pixel; or alpha,
 * held between the least and the largest alpha of the source pixel and its neighbours, as writeAlpha of pixels.ts
 * does.
 */
export const pictureKernel = (scale: number, halo: number, real: Real) => `${head(real)}
@group(0) @binding(3) var<storage, read_write> picture: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = vec2i(id.xy);
  if (any(at >= tile.core.zw * ${scale})) { return; }
  let pixel = at / ${scale} + ${halo};
  let within = at % ${scale};
  let channel = (within.y * ${scale} + within.x) * 3;
  let rgb = vec3f(readChannel(pixel, channel), readChannel(pixel, channel + 1), readChannel(pixel, channel + 2));
  let to = tile.core.xy * ${scale} + at;
  let index = to.y * tile.pictureWidth * ${scale} + to.x;
  if (tile.alphaAsGrey == 0) {
    picture[index] = pack4x8unorm(vec4f(rgb, readTexel(pixel).a));
    return;
  }
  var least = 1.0;
  var most = 0.0;
  for (var y = -1; y <= 1; y++) {
    for (var x = -1; x <= 1; x++) {
      let near = readImage(pixel + vec2i(x, y)).r;
      least = min(least, near);
      most = max(most, near);
    }
  }
  let alpha = clamp((rgb.r + rgb.g + rgb.b) / 3.0, least, most);
  picture[index] = pack4x8unorm(vec4f(0.0, 0.0, 0.0, alpha)) | (picture[index] & 0xffffffu);
}`;

/** Sums over one cell of a tile's core: of the input, and of the result. */
export const checkKernel = (groups: number, halo: number, real: Real) => `${head(real)}
@group(0) @binding(3) var<storage, read_write> sums: array<vec2f>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cell = vec2i(id.xy);
  let begin = cell * tile.core.zw / ${CHECK_GRID};
  let end = (cell + 1) * tile.core.zw / ${CHECK_GRID};
  var sum = vec2f(0.0);
  for (var y = begin.y; y < end.y; y++) {
    for (var x = begin.x; x < end.x; x++) {
      let pixel = vec2i(x, y) + ${halo};
      let source = readImage(pixel);
      sum.x += source.r + source.g + source.b;
      for (var group = 0; group < ${groups}; group++) {
        sum.y += dot(vec4f(values[indexOf(pixel, group)]), vec4f(1.0));
      }
    }
  }
  sums[cell.y * ${CHECK_GRID} + cell.x] = sum;
}`;

/** All groups of a pixel side by side, without the border. */
export const valuesKernel = (groups: number, real: Real) => `${head(real)}
@group(0) @binding(3) var<storage, read_write> floats: array<vec4f>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let pixel = vec2i(id.xy);
  if (any(pixel >= tile.size)) { return; }
  for (var group = 0; group < ${groups}; group++) {
    let index = (pixel.y * tile.size.x + pixel.x) * ${groups} + group;
    floats[index] = vec4f(values[indexOf(pixel, group)]);
  }
}`;
