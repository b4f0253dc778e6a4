// A model by name: of the package, or made up.
import { decodeModel } from '../../src/inference/model-files';
import type { ModelFiles, Scale } from '../../src/inference/types';
import { untrainedSuffix } from '../contestants';
import { untrainedModel, untrainedShapes } from '../graphs/untrained';

export async function readModel(name: string, scale: Scale): Promise<ModelFiles> {
  if (name.endsWith(untrainedSuffix)) {
    const tier = name.split('-')[0] as keyof typeof untrainedShapes;
    return untrainedModel(name, untrainedShapes[tier], scale);
  }
  const file = async (path: string) => {
    const response = await fetch(`/models/${name}/${path}`);
    if (!response.ok) throw new Error(`${name}/${path}: HTTP ${response.status}`);
    return response;
  };
  return decodeModel({
    modelJson: await (await file('model.json')).text(),
    weightsBin: await (await file('weights.bin')).arrayBuffer(),
    card: await (await file('card.json')).text(),
    golden: await (await file('golden.bin')).arrayBuffer(),
  });
}
