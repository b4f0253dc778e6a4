// How much each feature speaks for text, and for drawings against photographs; with the bias, the logarithm
// of the odds. Written by `npm run fit:content`.
import type { Features } from './features';

export type Weights = Features & { bias: number };

export const textWeights: Weights = {
  bias: -1.372,
  same: -9.801,
  soft: -2.414,
  hard: -0.181,
  hardOfEdges: 2.888,
  background: 0.282,
  top8: 9.058,
  bins: -0.812,
  saturation: 0.584,
  thin: 0.704,
  grain: -5.067,
};

export const artWeights: Weights = {
  bias: -3.827,
  same: 6.084,
  soft: -5.732,
  hard: 3.503,
  hardOfEdges: 8.788,
  background: 0.12,
  top8: -5.679,
  bins: 0.62,
  saturation: 11.24,
  thin: 4.593,
  grain: 2.153,
};
