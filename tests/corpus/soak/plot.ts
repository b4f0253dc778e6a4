// Every measure of the soak over time, as small plots side by side.
import { inUnit, measures, type Measure } from './measures';
import type { Sample } from './sample';

const columns = 3;
const cell = { width: 300, height: 130 };
const inner = { left: 12, top: 34, width: 276, height: 70 };

export function plotOf(samples: Sample[]): string {
  const height = Math.ceil(measures.length / columns) * cell.height;
  const plots = measures.map((measure, index) => {
    const at = `${(index % columns) * cell.width} ${Math.floor(index / columns) * cell.height}`;
    return `<g transform="translate(${at})">${plot(measure, samples)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${columns * cell.width} ${height}" font-family="'Liberation Sans',Arial,sans-serif">
<rect width="100%" height="100%" fill="#fff"/>
${plots.join('\n')}
</svg>
`;
}

/** From zero up, so that small changes look small. */
function plot(measure: Measure, samples: Sample[]): string {
  const values = samples.map((sample) => inUnit(measure, sample));
  const top = Math.max(1, ...values);
  const end = Math.max(1, ...samples.map(({ minutes }) => minutes));
  const points = samples.map(({ minutes }, index) => {
    const x = inner.left + (minutes / end) * inner.width;
    const y = inner.top + (1 - (values[index] ?? 0) / top) * inner.height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const base = inner.top + inner.height;
  const unit = measure.unit === 'MB' ? ' MB' : '';
  return `<text x="${inner.left}" y="16" font-size="12" fill="#222">${measure.title}</text>
<text x="${inner.left}" y="29" font-size="10" fill="#666">up to ${top.toFixed(unit ? 1 : 0)}${unit}; ${end.toFixed(0)} minutes</text>
<path d="M${inner.left} ${base}H${inner.left + inner.width}" stroke="#ccc"/>
<polyline points="${points.join(' ')}" fill="none" stroke="#b4532a" stroke-width="1.5"/>`;
}
