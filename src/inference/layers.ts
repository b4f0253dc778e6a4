// Reads a Keras functional model (TensorFlow.js layers format) layer by layer and refuses every setting
// that the graph doesn't run.

export type Layer = { name: string; inputs: string[] } & (
  | { kind: 'input' }
  | { kind: 'conv'; useBias: boolean }
  | { kind: 'prelu' }
  | { kind: 'add' }
  | { kind: 'convTranspose'; stride: number }
);

type Config = Record<string, unknown>;

export function parseLayers(topology: unknown): { layers: Layer[]; input: string; output: string } {
  const model = object(object(topology, 'topology')['model_config'] ?? topology, 'model_config');
  const className = model['class_name'];
  if (className !== 'Model' && className !== 'Functional') {
    throw new Error(`model is a ${String(className)}, not a functional model`);
  }
  const config = object(model['config'], 'config');
  return {
    layers: list(config['layers'], 'layers').map(parseLayer),
    input: endOf(config['input_layers'], 'input_layers'),
    output: endOf(config['output_layers'], 'output_layers'),
  };
}

function parseLayer(raw: unknown): Layer {
  const layer = object(raw, 'layer');
  const name = String(layer['name']);
  const config = object(layer['config'], `config of ${name}`);
  const inputs = parseInputs(layer['inbound_nodes'], name);
  const className = String(layer['class_name']);
  const expect = (settings: Config) => {
    for (const [key, wanted] of Object.entries(settings)) {
      // What a file leaves out is Keras' own default, and all our wishes but the padding are defaults.
      const found = config[key] ?? (key === 'padding' ? 'valid' : wanted);
      if (JSON.stringify(found) !== JSON.stringify(wanted)) {
        throw new Error(
          `layer ${name} (${className}) has ${key} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`,
        );
      }
    }
  };
  switch (className) {
    case 'InputLayer':
      return { kind: 'input', name, inputs };
    case 'Conv2D':
      expect({ padding: 'same', strides: [1, 1], dilation_rate: [1, 1], groups: 1 });
      expect({ data_format: 'channels_last', activation: 'linear' });
      return { kind: 'conv', name, inputs, useBias: config['use_bias'] !== false };
    case 'PReLU':
      if (JSON.stringify(config['shared_axes']) !== '[1,2]') {
        throw new Error(`layer ${name} (PReLU) does not share its slopes over axes 1 and 2`);
      }
      return { kind: 'prelu', name, inputs };
    case 'Add':
      return { kind: 'add', name, inputs };
    case 'Conv2DTranspose': {
      const stride = Number(list(config['strides'], `strides of ${name}`)[0]);
      expect({ strides: [stride, stride], kernel_size: [stride, stride], dilation_rate: [1, 1] });
      expect({ data_format: 'channels_last', activation: 'linear' });
      if (config['use_bias'] !== false) throw new Error(`layer ${name} (${className}) has a bias`);
      return { kind: 'convTranspose', name, inputs, stride };
    }
    default:
      throw new Error(`layer ${name} is a ${className}, which is not supported`);
  }
}

/** `[[[layer, node, tensor, kwargs], …]]`: one node, since no layer of ours is used twice. */
function parseInputs(raw: unknown, name: string): string[] {
  const nodes = list(raw, `inbound_nodes of ${name}`);
  if (nodes.length > 1) throw new Error(`layer ${name} is used ${nodes.length} times`);
  return nodes.flatMap((node) =>
    list(node, `inbound_nodes of ${name}`).map((link) => String(list(link, 'inbound node')[0])),
  );
}

/** `[[layer, node, tensor]]`, or its only entry. */
function endOf(raw: unknown, what: string): string {
  const ends = list(raw, what);
  const [first] = ends;
  if (Array.isArray(first) && ends.length > 1) throw new Error(`model has ${ends.length} ${what}`);
  return String(Array.isArray(first) ? first[0] : first);
}

function object(value: unknown, what: string): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not an object`);
  }
  return value as Config;
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} is not a list`);
  return value;
}
