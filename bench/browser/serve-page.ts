// Builds the bench page as a site would be built, and serves it, cross-origin isolated, with everything that
// the contestants read: nothing comes from a network.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { build, preview, type Plugin } from 'vite';
import { servePairs } from './serve-pairs';
import { servePhoto } from './serve-photo';

/** Outside the sources, like every build. */
const outDir = resolve('.output/bench');

/** Folders by the first part of the path. */
const folders: Record<string, string> = {
  models: 'assets/models',
  wasm: 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out',
  ort: 'node_modules/onnxruntime-web/dist',
  upscalerjs: 'node_modules/@upscalerjs',
};

const types: Record<string, string> = {
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Owns the listening port; `dispose` closes it. */
export interface PageServer {
  url: string;
  dispose(): Promise<void>;
}

export async function servePage(dataDir: string): Promise<PageServer> {
  const config = {
    root: resolve('bench/page'),
    configFile: false as const,
    logLevel: 'error' as const,
    worker: { format: 'es' as const },
    build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 10_000 },
  };
  await build(config);
  const server = await preview({
    ...config,
    plugins: [dataPlugin(dataDir)],
    preview: {
      port: 0,
      host: '127.0.0.1',
      // Finer clocks, SharedArrayBuffer.
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, dispose: () => server.close() };
}

function dataPlugin(dataDir: string): Plugin {
  return {
    name: 'bench-data',
    configurePreviewServer({ middlewares }) {
      middlewares.use('/pairs', servePairs(dataDir));
      middlewares.use('/photo', (request, response) => void servePhoto(request, response));
      middlewares.use((request, response, next) => {
        void serveFile(request, response).then((found) => found || next());
      });
    },
  };
}

async function serveFile(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://bench').pathname));
  const [, first = '', ...rest] = path.split('/');
  const folder = folders[first];
  if (folder === undefined) return false;
  const file = join(resolve(folder), ...rest);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', found.size);
  createReadStream(file).pipe(response);
  return true;
}
