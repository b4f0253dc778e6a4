// The images of the demo page: what each shows, how large, and what Upres is expected to do with it.

export interface Exhibit {
  /** Unique, and the caption. */
  name: string;
  /** File name in tests/fixtures/images/catalogue.ts. */
  file: string;
  /** What the caption says below the name. */
  note: string;
  expected: 'upscaled' | 'left-alone';
  /** Where the contact sheet looks, in parts of the width and height. */
  focus: [number, number];
}

export const gallery = {
  valley: {
    name: 'Mountain lake',
    file: 'valley-480.jpg',
    note: 'Photo, JPEG, landscape format',
    expected: 'upscaled',
    focus: [0.26, 0.2],
  },
  bust: {
    name: 'Stone bust',
    file: 'bust.webp',
    note: 'Photo, WebP, portrait format',
    expected: 'upscaled',
    focus: [0.58, 0.42],
  },
  fruit: {
    name: 'Still life',
    file: 'fruit.jpg',
    note: 'Photo, JPEG, chosen from a srcset',
    expected: 'upscaled',
    focus: [0.5, 0.5],
  },
  pebbles: {
    name: 'Pebbles',
    file: 'pebbles-320.jpg',
    note: 'Photo, JPEG, square',
    expected: 'upscaled',
    focus: [0.35, 0.62],
  },
  city: {
    name: 'Harbour at dusk',
    file: 'city.jpg',
    note: 'Photo, JPEG, in a picture element',
    expected: 'upscaled',
    focus: [0.4, 0.45],
  },
  bicycle: {
    name: 'Bicycle',
    file: 'bicycle.png',
    note: 'Line art, PNG',
    expected: 'upscaled',
    focus: [0.42, 0.64],
  },
  poster: {
    name: 'Poster',
    file: 'poster.png',
    note: 'Text and flat colours, PNG',
    expected: 'upscaled',
    focus: [0.5, 0.8],
  },
  leaf: {
    name: 'Leaf',
    file: 'leaf.png',
    note: 'Soft transparency, PNG',
    expected: 'upscaled',
    focus: [0.7, 0.3],
  },
  sharp: {
    name: 'Harbour, in full',
    file: 'city-large.jpg',
    note: 'Already sharp: left alone',
    expected: 'left-alone',
    focus: [0.4, 0.45],
  },
  pinwheel: {
    name: 'Pinwheel',
    file: 'pinwheel.gif',
    note: 'Animated GIF: left alone',
    expected: 'left-alone',
    focus: [0.5, 0.5],
  },
  vector: {
    name: 'Bicycle, as a vector',
    file: 'bicycle.svg',
    note: 'SVG: sharp at any size',
    expected: 'left-alone',
    focus: [0.42, 0.64],
  },
} satisfies Record<string, Exhibit>;

export const exhibits: Exhibit[] = Object.values(gallery);
