// What every kernel is told of the tile it works on.

export interface TileArea {
  /** Texel of the image that is the tile's first pixel. */
  origin: [x: number, y: number];
  width: number;
  height: number;
  alphaAsGrey: boolean;
  /** Corner and size of the tile's core in input pixels of the picture. */
  core: [x: number, y: number, width: number, height: number];
  /** Width of the whole picture, in input pixels. */
  pictureWidth: number;
}

export const TILE_STRUCT = `
struct Tile {
  origin: vec2i,
  size: vec2i,
  core: vec4i,
  pictureWidth: i32,
  alphaAsGrey: i32,
}
@group(0) @binding(0) var<uniform> tile: Tile;
@group(0) @binding(1) var image: texture_2d<f32>;

/** Beyond the picture its edge repeats. */
fn readTexel(pixel: vec2i) -> vec4f {
  let last = vec2i(textureDimensions(image)) - 1;
  return textureLoad(image, clamp(tile.origin + pixel, vec2i(0), last), 0);
}

fn readImage(pixel: vec2i) -> vec4f {
  let texel = readTexel(pixel);
  return vec4f(select(texel.rgb, texel.aaa, tile.alphaAsGrey != 0), 0.0);
}

/** Results have a border of one pixel. */
fn indexOf(pixel: vec2i, group: i32) -> i32 {
  let bordered = tile.size + 2;
  return (group * bordered.y + pixel.y + 1) * bordered.x + pixel.x + 1;
}
`;

export const TILE_BYTES = 48;

export function tileBytes(area: TileArea): Int32Array<ArrayBuffer> {
  const { origin, width, height, alphaAsGrey, core, pictureWidth } = area;
  const values = new Int32Array(TILE_BYTES / 4);
  values.set([...origin, width, height, ...core, pictureWidth, Number(alphaAsGrey)]);
  return values;
}
