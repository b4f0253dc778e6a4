// The images in a computed CSS value (`background-image`, `border-image-source`, `content`): which address
// each shows on this screen, and where it stands, so that it can be exchanged. Text in, text out.

export interface CssImage {
  url: string;
  /** Pixels of the image for one CSS pixel of its natural size. */
  density: number;
  /** Where it stands in the value. */
  start: number;
  end: number;
  /** Which comma-separated item of the value it is in: the layer of a background. */
  item: number;
}

/** Only images that stand by themselves; those inside of gradients and `cross-fade()` are left alone. */
export function findCssImages(value: string, devicePixelRatio: number): CssImage[] {
  const images: CssImage[] = [];
  let item = 0;
  for (const { text, start } of tokens(value)) {
    if (text === ',') item++;
    const chosen = imageOf(text, devicePixelRatio);
    if (chosen) images.push({ ...chosen, start, end: start + text.length, item });
  }
  return images;
}

/** `value` with `picture` in place of its `index`-th image. */
export function replaceCssImage(
  value: string,
  devicePixelRatio: number,
  index: number,
  picture: string,
): string {
  const image = findCssImages(value, devicePixelRatio)[index];
  return image ? value.slice(0, image.start) + picture + value.slice(image.end) : value;
}

/** The picture at `density`: with it, its natural size is that of the image it replaces. */
export const cssPicture = (url: string, density: number) => `image-set(url("${url}") ${density}x)`;

/** Functions with all that is inside of them, strings, commas, and other words. */
function* tokens(value: string): Generator<{ text: string; start: number }> {
  // A function's name is followed by its arguments, which are read to the closing bracket.
  const token = /"(?:[^"\\]|\\.)*"|,|[^\s,"()]+\(?|\s+|[()]/g;
  for (let match = token.exec(value); match; match = token.exec(value)) {
    const start = match.index;
    if (match[0].endsWith('(')) token.lastIndex = endOfFunction(value, start + match[0].length);
    const text = value.slice(start, token.lastIndex);
    if (text.trim() !== '') yield { text, start };
  }
}

function endOfFunction(value: string, from: number): number {
  const inside = /"(?:[^"\\]|\\.)*"|[()]/g;
  inside.lastIndex = from;
  let depth = 1;
  for (let match = inside.exec(value); match; match = inside.exec(value)) {
    if (match[0] === '(') depth++;
    if (match[0] === ')' && --depth === 0) return inside.lastIndex;
  }
  return value.length;
}

function imageOf(text: string, devicePixelRatio: number) {
  const url = urlOf(text);
  if (url !== null) return { url, density: 1 };
  const set = /^(?:-webkit-)?image-set\((.*)\)$/s.exec(text)?.[1];
  return set === undefined ? null : chooseOf(set, devicePixelRatio);
}

const urlOf = (text: string): string | null => {
  const quoted = /^url\("((?:[^"\\]|\\.)*)"\)$/s.exec(text)?.[1];
  if (quoted === undefined || isOfTheBrowser.test(quoted)) return null;
  return quoted.replace(/\\(.)/gs, '$1');
};

/** Firefox has one behind a picture that is opened by itself. */
const isOfTheBrowser = /^(?:chrome|resource|[a-z]+-extension):/;

const readableTypes = /^image\/(?:jpeg|png|gif|webp|avif|bmp|svg\+xml)$/;

/** As the browsers choose: the least resolution that the screen does not exceed, else the largest. */
function chooseOf(set: string, devicePixelRatio: number): { url: string; density: number } | null {
  const options: { url: string; density: number }[] = [];
  let option: { url: string | null; density: number; readable: boolean } | null = null;
  const close = () => {
    if (option?.url && option.readable) options.push({ url: option.url, density: option.density });
    option = null;
  };
  for (const { text } of tokens(set)) {
    if (text === ',') {
      close();
      continue;
    }
    option ??= { url: null, density: 1, readable: true };
    const type = /^type\("(.*)"\)$/.exec(text)?.[1];
    const resolution = /^([\d.]+)(x|dppx|dpi|dpcm)$/.exec(text);
    if (type !== undefined) option.readable = readableTypes.test(type);
    else if (resolution) option.density = Number(resolution[1]) / unitsOfDppx(resolution[2] ?? 'x');
    else option.url = urlOf(text);
  }
  close();
  options.sort((a, b) => a.density - b.density);
  return options.find(({ density }) => density >= devicePixelRatio) ?? options.at(-1) ?? null;
}

function unitsOfDppx(unit: string): number {
  switch (unit) {
    case 'dpi':
      return 96;
    case 'dpcm':
      return 96 / 2.54;
    default:
      return 1;
  }
}
