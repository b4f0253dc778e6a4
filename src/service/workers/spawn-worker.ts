// Makes a worker from the background: directly in Firefox, whose background is a page; in Chrome, whose service
// worker has no Worker, through an offscreen document.
import type { SpawnedWorker, SpawnWorker } from '../../inference/threads/tile-worker';
import { makePageWorker } from './page-worker';
import { WorkersDocument } from './workers-document';

export function workerSpawner(): SpawnWorker {
  if (typeof Worker !== 'undefined') return spawnHere;
  const document = new WorkersDocument();
  return (lock) => document.spawn(lock);
}

async function spawnHere(lock: string): Promise<SpawnedWorker> {
  const { port1: port, port2 } = new MessageChannel();
  const worker = makePageWorker(lock, port2);
  return { port, terminate: () => worker.terminate() };
}
