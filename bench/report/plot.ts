// The times of an image by its size, both axes logarithmic, as an SVG.
import { whoOf } from './markdown';
import type { Results, Row } from './results';

const width = 860;
const height = 460;
const plotArea = { left: 64, right: width - 290, top: 40, bottom: height - 52 };
const labelHeight = 17;
const colours: Record<Row['contestant'], string> = {
  upres: '#0b6e4f',
  tfjs: '#c8691c',
  'onnxruntime-web': '#3b62b5',
  upscalerjs: '#a3333d',
};

interface Line {
  label: string;
  colour: string;
  dashed: boolean;
  points: Row[];
}

/** Of the networks that upscale by two. */
export function plot({ rows, machine }: Results): string {
  const lines = toLines(rows.filter(({ task, scale }) => task === 'image' && scale === 2));
  const all = lines.flatMap(({ points }) => points);
  if (all.length === 0) return svg('');
  const x = logScale(
    all.map(({ size }) => size),
    [plotArea.left, plotArea.right],
  );
  const y = logScale(
    all.map(({ warmMs }) => warmMs),
    [plotArea.bottom, plotArea.top],
  );
  const sizes = [...new Set(all.map(({ size }) => size))];
  const decades = [1, 10, 100, 1000, 10_000, 100_000].filter((ms) => inside(y(ms)));
  const title = `An image made twice as large, milliseconds (${machine.browser})`;
  const ends = spread(
    lines.map(({ points }) => y(points.at(-1)?.warmMs ?? 1)),
    plotArea.bottom,
  );
  return svg(
    [
      text(plotArea.left, 22, title, 'font-weight="600"'),
      ...sizes.map((size) =>
        text(x(size), plotArea.bottom + 22, `${size}²`, 'text-anchor="middle"'),
      ),
      ...decades.map(
        (ms) => grid(y(ms)) + text(plotArea.left - 8, y(ms) + 4, `${ms}`, 'text-anchor="end"'),
      ),
      ...lines.map((line) => curve(line, x, y)),
      ...lines.map(({ label, colour, points }, i) => {
        const [from, to] = [x(points.at(-1)?.size ?? 1) + 5, plotArea.right + 22];
        const end = ends[i] ?? 0;
        const leader = `<path d="M${from} ${at(y(points.at(-1)?.warmMs ?? 1))} L${to - 5} ${at(end)}" stroke="${colour}" stroke-width="0.7" opacity="0.5"/>`;
        return leader + text(to, end + 4, label, `fill="${colour}"`);
      }),
    ].join('\n'),
  );
}

function toLines(rows: Row[]): Line[] {
  const lines = new Map<string, Line>();
  for (const row of rows) {
    const label = `${row.model}: ${whoOf(row)}`;
    const line = lines.get(label) ?? {
      label,
      colour: colours[row.contestant],
      dashed: !row.backend.endsWith('wasm'),
      points: [],
    };
    line.points.push(row);
    lines.set(label, line);
  }
  return [...lines.values()];
}

function logScale(values: number[], [from, to]: [number, number]): (value: number) => number {
  const low = Math.log(Math.min(...values));
  const high = Math.log(Math.max(...values));
  return (value) => from + ((Math.log(value) - low) / (high - low || 1)) * (to - from);
}

const inside = (y: number) => y >= plotArea.top - 1 && y <= plotArea.bottom + 1;

/** Labels that would lie on each other move up, in their order. */
function spread(wanted: number[], bottom: number): number[] {
  const placed = [...wanted];
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[b] ?? 0) - (wanted[a] ?? 0));
  let free = bottom + labelHeight;
  for (const i of order) {
    free = Math.min(wanted[i] ?? 0, free - labelHeight);
    placed[i] = free;
  }
  return placed;
}

function curve(
  { colour, dashed, points }: Line,
  x: (size: number) => number,
  y: (ms: number) => number,
): string {
  const path = points.map(({ size, warmMs }) => `${at(x(size))} ${at(y(warmMs))}`).join(' L');
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  const dots = points.map(
    ({ size, warmMs }) =>
      `<circle cx="${at(x(size))}" cy="${at(y(warmMs))}" r="3" fill="${colour}"/>`,
  );
  return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.6"${dash}/>${dots.join('')}`;
}

function grid(y: number): string {
  return `<path d="M${plotArea.left} ${at(y)} H${plotArea.right}" stroke="#d8d8d2"/>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  const safe = words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${at(x)}" y="${at(y)}" ${attributes}>${safe}</text>`;
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, 'Liberation Sans', Arial, sans-serif" font-size="12.5" fill="#26292c">
<rect width="100%" height="100%" fill="#fbfbf8"/>
${content}
</svg>
`;
}

const at = (value: number) => value.toFixed(1);
