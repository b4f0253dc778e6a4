// The pixel path and the formats as tables.
import type { PathStep } from '../page/pixel-path';
import type { PathResults } from '../run/measure-path';
import { cell, round, section, table } from './markdown';

export function pathMarkdown({ opaque, transparent, encodings }: PathResults): string {
  return [
    section('An opaque photo, 512² to 1024²', '', stepTable(opaque)),
    section('A cut-out, 512² to 1024²', '', stepTable(transparent)),
    section(
      'The format of the answer, 1024²',
      'PSNR against the picture before it was encoded.',
      table(
        ['format', 'quality', 'KB', 'encode ms', 'decode ms', 'PSNR dB'],
        encodings.map(({ type, quality, bytes, encodeMs, decodeMs, psnr }) => [
          type,
          quality === null ? '' : `${quality}`,
          round(bytes / 1000),
          round(encodeMs),
          round(decodeMs),
          Number.isFinite(psnr) ? cell(psnr, 1) : 'lossless',
        ]),
      ),
    ),
  ].join('\n\n');
}

/** "Decode and read pixels" holds the decoding that stands before it, so it alone counts. */
function stepTable(steps: PathStep[]): string[] {
  const total = steps.reduce((sum, { step, ms }) => sum + (step === 'decode' ? 0 : ms), 0);
  return table(
    ['step', 'ms', 'of the total'],
    [
      ...steps.map(({ step, ms }) => [step, round(ms), `${((100 * ms) / total).toFixed(1)} %`]),
      ['total', round(total), ''],
    ],
  );
}
