// `npm run fit:content`: fits the weights of src/analysis to the labelled set's fitting part.
import { writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { featureNames, featuresOf, type Features } from '../../src/analysis/features';
import { sampleOf } from '../../src/analysis/sample';
import { labelledSet } from '../../tests/fixtures/content/labelled-set';

const each = 40;
const file = 'src/analysis/weights.ts';
/** Of the squared weights, so that a feature that separates by chance alone does not rule. */
const penalty = 0.0003;

interface Example {
  features: Features;
  isPositive: boolean;
}

/** Logistic regression by gradient descent, both sides weighing the same. */
function fit(examples: Example[]): Record<string, number> {
  const weights: Record<string, number> = { bias: 0 };
  const momentum: Record<string, number> = { bias: 0 };
  for (const name of featureNames) weights[name] = momentum[name] = 0;
  const positives = examples.filter(({ isPositive }) => isPositive).length;
  for (let step = 0; step < 6000; step++) {
    const gradient: Record<string, number> = { bias: 0 };
    for (const { features, isPositive } of examples) {
      const score = featureNames.reduce(
        (sum, name) => sum + (weights[name] ?? 0) * features[name],
        weights.bias ?? 0,
      );
      const share = isPositive ? positives : examples.length - positives;
      const error = (1 / (1 + Math.exp(-score)) - (isPositive ? 1 : 0)) / (2 * share);
      gradient.bias = (gradient.bias ?? 0) + error;
      for (const name of featureNames) {
        gradient[name] = (gradient[name] ?? 0) + error * features[name];
      }
    }
    for (const name of Object.keys(weights)) {
      const pull = name === 'bias' ? 0 : penalty * (weights[name] ?? 0);
      momentum[name] = 0.9 * (momentum[name] ?? 0) + (gradient[name] ?? 0) + pull;
      weights[name] = (weights[name] ?? 0) - 0.3 * momentum[name];
    }
  }
  return Object.fromEntries(Object.entries(weights).map(([k, v]) => [k, Number(v.toFixed(3))]));
}

const examples: { label: string; features: Features }[] = [];
for await (const { label, image } of labelledSet('fit', each)) {
  examples.push({ label, features: featuresOf(sampleOf(image)) });
}
const textWeights = fit(
  examples.map(({ label, features }) => ({ features, isPositive: label === 'text' })),
);
const artWeights = fit(
  examples
    .filter(({ label }) => label !== 'text')
    .map(({ label, features }) => ({ features, isPositive: label === 'art' })),
);
const source = `// How much each feature speaks for text, and for drawings against photographs; with the bias, the logarithm
// of the odds. Written by \`npm run fit:content\`.
import type { Features } from './features';

export type Weights = Features & { bias: number };

export const textWeights: Weights = ${JSON.stringify(textWeights)};

export const artWeights: Weights = ${JSON.stringify(artWeights)};
`;
const options = await prettier.resolveConfig(file);
await writeFile(file, await prettier.format(source, { ...options, parser: 'typescript' }));
console.log(source);
