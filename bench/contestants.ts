// Who runs against whom: one entry for each library, network and backend.
import type { BackendName, Scale } from '../src/inference/types';

export type ContestantSpec = {
  model: string;
  scale: Scale;
  threads: number;
} & (
  | { contestant: 'upres'; backend: BackendName }
  | { contestant: 'tfjs'; backend: 'tfjs-wasm' | 'tfjs-webgl' | 'tfjs-webgpu' }
  | { contestant: 'onnxruntime-web'; backend: 'wasm' }
  | { contestant: 'upscalerjs'; backend: 'wasm' | 'webgl' }
);

/** The network alone, floats to floats, or the whole way of an image, RGBA bytes to RGBA bytes. */
export type Task = 'network' | 'image';

export const untrainedSuffix = ' (untrained)';

/** What is measured; tiers that are not in the package yet take part with made-up weights. */
export function listContestants(shipped: readonly string[]): ContestantSpec[] {
  const coming = ['fast-x2', 'quality-x2'].filter((name) => !shipped.includes(name));
  const models = [...shipped, ...coming.map((name) => name + untrainedSuffix)];
  return [...models.flatMap(onSameGraph), ...upscalerJs];
}

export function idOf({ contestant, model, scale, backend, threads }: ContestantSpec): string {
  // The names of our models say it.
  const by = contestant === 'upscalerjs' ? ` x${scale}` : '';
  return `${contestant} ${model}${by} ${backend}${threads > 1 ? ` ${threads} threads` : ''}`;
}

function onSameGraph(model: string): ContestantSpec[] {
  const scale: Scale = model.includes('-x4') ? 4 : 2;
  const one = { model, scale, threads: 1 };
  // On a software renderer the others take seconds; one network tells the ratio.
  const onGpus: ContestantSpec[] = [
    { contestant: 'upres', backend: 'webgl', ...one },
    { contestant: 'tfjs', backend: 'tfjs-webgl', ...one },
    { contestant: 'upres', backend: 'webgpu', ...one },
    { contestant: 'tfjs', backend: 'tfjs-webgpu', ...one },
  ];
  return [
    { contestant: 'upres', backend: 'wasm', ...one },
    { contestant: 'upres', backend: 'wasm', ...one, threads: 2 },
    { contestant: 'tfjs', backend: 'tfjs-wasm', ...one },
    { contestant: 'onnxruntime-web', backend: 'wasm', ...one },
    ...(model === 'tiny-x2' ? onGpus : []),
  ];
}

/** Its default model is ESRGAN slim x2; out of the box it takes WebGL, whatever draws it. */
const upscalerJs: ContestantSpec[] = [
  { contestant: 'upscalerjs', model: 'default', scale: 2, backend: 'wasm', threads: 1 },
  { contestant: 'upscalerjs', model: 'default', scale: 2, backend: 'webgl', threads: 1 },
  { contestant: 'upscalerjs', model: 'esrgan-slim', scale: 4, backend: 'wasm', threads: 1 },
  { contestant: 'upscalerjs', model: 'esrgan-medium', scale: 2, backend: 'wasm', threads: 1 },
  { contestant: 'upscalerjs', model: 'esrgan-medium', scale: 4, backend: 'wasm', threads: 1 },
];
