// The worker of threads.test.ts: what entrypoints/tile-worker.ts is in the extension, and hangs when told to.
import { serveTiles } from '../../src/inference/threads/serve-tiles';

serveTiles(globalThis);
addEventListener('message', ({ data }) => {
  while (data === 'hang');
});
