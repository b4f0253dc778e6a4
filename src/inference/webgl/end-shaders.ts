// The shaders behind the last pass: one draws the picture, one sums tiles up for their check, one hands the
// floats out.
import { CHECK_GRID } from '../gpu/check-grid';
import { READ_IMAGE } from './pass-shader';

const READ_VALUES = `
uniform sampler2DArray values;
vec4 readValues(ivec2 pixel, int group) {
  int layer = group * 4 + (pixel.y & 1) * 2 + (pixel.x & 1);
  return texelFetch(values, ivec3((pixel >> 1) + 1, layer), 0);
}
float readChannel(ivec2 pixel, int channel) {
  return readValues(pixel, channel >> 2)[channel & 3];
}
`;

/**
 * Pixel shuffle: colours of the core of a tile into its part of the picture, with the alpha of their pixel; or alpha,
 * held between the least and the largest alpha of the source pixel and its neighbours, as writeAlpha of pixels.ts
 * does.
 */
export const pictureShader = (scale: number, halo: number) => `
uniform sampler2D image;
uniform ivec2 corner;
out vec4 colour;
${READ_VALUES}
${READ_IMAGE}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy) - corner;
  ivec2 pixel = at / ${scale} + ${halo};
  ivec2 within = at % ${scale};
  int channel = (within.y * ${scale} + within.x) * 3;
  vec3 rgb = vec3(readChannel(pixel, channel), readChannel(pixel, channel + 1), readChannel(pixel, channel + 2));
  colour = vec4(rgb, readTexel(image, pixel).a);
  float least = 1.0;
  float most = 0.0;
  if (alphaAsGrey) {
    for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) {
      float near = readImage(image, pixel + ivec2(x, y)).r;
      least = min(least, near);
      most = max(most, near);
    }
    colour.a = clamp((rgb.r + rgb.g + rgb.b) / 3.0, least, most);
  }
}`;

/** Sums over one cell of a tile's core: of the input, and of the result. */
export const checkShader = (groups: number, halo: number) => `
uniform sampler2D image;
uniform ivec2 core;
out vec4 sums;
${READ_VALUES}
${READ_IMAGE}
void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  ivec2 begin = cell * core / ${CHECK_GRID};
  ivec2 end = (cell + 1) * core / ${CHECK_GRID};
  sums = vec4(0.0);
  for (int y = begin.y; y < end.y; y++) for (int x = begin.x; x < end.x; x++) {
    ivec2 pixel = ivec2(x, y) + ${halo};
    vec4 source = readImage(image, pixel);
    sums.x += source.r + source.g + source.b;
    for (int group = 0; group < ${groups}; group++) {
      sums.y += dot(readValues(pixel, group), vec4(1.0));
    }
  }
}`;

/** A row of texels for each row of pixels, all groups of a pixel side by side. */
export const valuesShader = (groups: number) => `
out vec4 value;
${READ_VALUES}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  value = readValues(ivec2(at.x / ${groups}, at.y), at.x % ${groups});
}`;
