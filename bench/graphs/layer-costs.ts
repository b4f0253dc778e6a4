// From the times of small networks to the cost of one layer: the difference of two that differ by some.
import type { BackendName, Scale } from '../../src/inference/types';
import type { LayerKind, ProbePlan } from './probe-network';

/**
 * One row of the table. A network takes the sum of its layers, and one `frame` for what every network has:
 * reading, head, tail (`outputs` channels), base and writing. Pairs of unequal widths share their time evenly.
 */
export interface LayerCost {
  backend: BackendName;
  kind: LayerKind | 'frame';
  inputs: number;
  outputs: number;
  tile: number;
  dtype: 'float32';
  ms: number;
}

type Cost = Pick<LayerCost, 'kind' | 'inputs' | 'outputs' | 'ms'>;

const repeats = 6;

/** The first two are the ones without, x2 and x4; the others repeat one kind of layer. */
export function plansFor(channels: number): ProbePlan[] {
  const plan = (kind: LayerKind, outputs: number, times: number, scale: Scale = 2) => ({
    ...{ kind, inputs: channels, outputs, repeats: times, scale },
  });
  return [
    plan('conv3x3', channels, 0),
    plan('conv3x3', channels, 0, 4),
    plan('conv3x3', channels, repeats),
    plan('conv1x1', channels, repeats),
    plan('add', channels, repeats),
    plan('conv3x3', 2 * channels, repeats),
  ];
}

export function toCosts(plans: readonly ProbePlan[], times: readonly number[]): Cost[] {
  const [without = NaN] = times;
  const perLayer = (at: number) => ((times[at] ?? NaN) - without) / repeats;
  const ofConv = perLayer(
    plans.findIndex(({ kind, repeats }) => kind === 'conv3x3' && repeats > 0),
  );
  return plans.map((plan, i) => {
    const { kind, inputs, outputs, scale } = plan;
    if (plan.repeats === 0) {
      // The one plain layer that every probe has is not of the frame.
      const ms = (times[i] ?? NaN) - ofConv;
      return { kind: 'frame', inputs, outputs: 3 * scale * scale, ms };
    }
    // Each sum came with a convolution.
    return { kind, inputs, outputs, ms: kind === 'add' ? perLayer(i) - ofConv : perLayer(i) };
  });
}
