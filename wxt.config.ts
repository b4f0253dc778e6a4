// Builds the extension for Chrome and Firefox. What the manifest asks for is explained in README.md.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'wxt';

const modelsDir = resolve('assets/models');
const wasmDir = resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out');

/** The files of the extension that are data: the models, and the WebAssembly of tfjs. */
function dataFiles() {
  const names = readdirSync(modelsDir).sort();
  const models = names.flatMap((name) =>
    ['model.json', 'weights.bin', 'golden.bin', 'card.json'].map((file) => ({
      absoluteSrc: resolve(modelsDir, name, file),
      relativeDest: `models/${name}/${file}`,
    })),
  );
  // Without threads (a service worker has none) tfjs asks for one of these two.
  const wasm = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((file) => ({
    absoluteSrc: resolve(wasmDir, file),
    relativeDest: `wasm/${file}`,
  }));
  // A packaged folder cannot be listed, so its names are written down.
  const index = { contents: JSON.stringify(names), relativeDest: 'models/index.json' };
  return [...models, index, ...wasm];
}

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  hooks: {
    'build:publicAssets': (_wxt, files) => {
      files.push(...dataFiles());
    },
  },
  manifest: ({ browser }) => ({
    name: 'Upres',
    description: 'Makes small, soft images on any page sharp, on your own machine.',
    // Firefox makes workers without an offscreen document, and does not know the permission.
    permissions: [
      'storage',
      'unlimitedStorage',
      'declarativeNetRequestWithHostAccess',
      ...(browser === 'firefox' ? [] : ['offscreen']),
    ],
    host_permissions: ['<all_urls>'],
    content_security_policy: {
      extension_pages:
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src *; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; object-src 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'upres@upres.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          // Blobs travel whole in messages only with structured clone.
          minimum_chrome_version: '148',
          message_serialization: 'structured_clone',
        }),
  }),
});
