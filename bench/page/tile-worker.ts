// The worker of the bench: what entrypoints/tile-worker.ts is in the extension.
import { serveTiles } from '../../src/inference/threads/serve-tiles';

serveTiles(globalThis);
