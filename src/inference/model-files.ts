// From the files of the package to decoded weights, which need no backend and can be kept in IndexedDB.
import type { ModelCard, ModelFiles } from './types';

/** `model.json` of the TensorFlow.js layers format, as far as decoding reads it. */
interface LayersModelJson {
  format?: string;
  modelTopology?: unknown;
  weightsManifest?: { weights: WeightEntry[] }[];
}

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string };
}

/** The bytes of the four files of one model. */
export interface ModelBytes {
  modelJson: string;
  weightsBin: ArrayBuffer;
  card: string;
  golden: ArrayBuffer;
}

export function decodeModel(bytes: ModelBytes): ModelFiles {
  const json = JSON.parse(bytes.modelJson) as LayersModelJson;
  if (json.format !== 'layers-model' || !json.modelTopology || !json.weightsManifest) {
    throw new Error('model.json is not of the TensorFlow.js layers format');
  }
  const entries = json.weightsManifest.flatMap((group) => group.weights);
  return {
    topology: json.modelTopology,
    weights: decodeWeights(entries, bytes.weightsBin),
    card: JSON.parse(bytes.card) as ModelCard,
    golden: new Uint8Array(bytes.golden),
  };
}

/**
 * Not `tf.io.decodeWeights`: that makes tensors, so it needs a running backend and would start one, while
 * decoding has to work before a backend is chosen. The platform's Float16Array does the whole work.
 */
function decodeWeights(entries: WeightEntry[], bin: ArrayBuffer): ModelFiles['weights'] {
  const weights: ModelFiles['weights'] = {};
  let offset = 0;
  for (const { name, shape, dtype, quantization } of entries) {
    const stored = quantization?.dtype ?? dtype;
    if (dtype !== 'float32' || (stored !== 'float16' && stored !== 'float32')) {
      throw new Error(`weight ${name} is ${dtype} stored as ${stored}, not float32 or float16`);
    }
    const size = shape.reduce((product, side) => product * side, 1);
    const end = offset + size * (stored === 'float16' ? 2 : 4);
    if (end > bin.byteLength) throw new Error(`weights.bin ends before ${name}`);
    // A copy, since the offset need not be a multiple of the element size.
    const stretch = bin.slice(offset, end);
    const values =
      stored === 'float16'
        ? Float32Array.from(new Float16Array(stretch))
        : new Float32Array(stretch);
    weights[name] = { shape, values };
    offset = end;
  }
  if (offset !== bin.byteLength) {
    throw new Error(`weights.bin has ${bin.byteLength - offset} bytes too many`);
  }
  return weights;
}
