// Keras layers as `model.json` holds them, for graphs that no training has made.

export interface LayerJson {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown[];
}

export function inputLayer(name: string): LayerJson {
  const config = { name, dtype: 'float32', batch_input_shape: [null, null, null, 3] };
  return { class_name: 'InputLayer', name, config, inbound_nodes: [] };
}

export function conv(name: string, input: string, size: number, filters: number): LayerJson {
  return layer('Conv2D', name, [input], {
    filters,
    kernel_size: [size, size],
    strides: [1, 1],
    padding: 'same',
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    groups: 1,
    activation: 'linear',
    use_bias: true,
  });
}

export function prelu(name: string, input: string): LayerJson {
  return layer('PReLU', name, [input], { shared_axes: [1, 2] });
}

export function add(name: string, inputs: [string, string]): LayerJson {
  return layer('Add', name, inputs, {});
}

/** A transposed convolution: the format has no depth-to-space. */
export function pixelShuffle(name: string, input: string, scale: number): LayerJson {
  return layer('Conv2DTranspose', name, [input], {
    filters: 3,
    kernel_size: [scale, scale],
    strides: [scale, scale],
    padding: 'valid',
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    activation: 'linear',
    use_bias: false,
  });
}

export function functionalModel(layers: LayerJson[]): unknown {
  const end = (each: LayerJson | undefined) => [[each?.name, 0, 0]];
  const config = {
    name: 'bench',
    layers,
    input_layers: end(layers[0]),
    output_layers: end(layers.at(-1)),
  };
  return { model_config: { class_name: 'Functional', config } };
}

function layer(
  className: string,
  name: string,
  inputs: string[],
  config: Record<string, unknown>,
): LayerJson {
  return {
    class_name: className,
    name,
    config: { name, dtype: 'float32', ...config },
    inbound_nodes: [inputs.map((input) => [input, 0, 0, {}])],
  };
}
