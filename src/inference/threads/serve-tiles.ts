// A worker's side: an engine of its own, which computes the tiles that come through the port. Only the WASM
// backend runs here: naming the others would load tfjs into every worker.
import { startWasm } from '../backends/wasm';
import { blankUpscaled } from '../blank';
import { Engine } from '../engine';
import { BackendError } from '../errors';
import type { WorkerAnswer, WorkerBirth, WorkerQuestion } from './protocol';

/** Serves the port that comes with the first message, until the worker is terminated. */
export function serveTiles(scope: Pick<Worker, 'addEventListener'>): void {
  const onBirth = ({ data, ports: [port] }: MessageEvent<WorkerBirth>) => {
    if (!port) throw new Error('a worker is born with a port');
    serve(port);
    // Held for ever: when this worker has gone, whatever the cause, the browser gives it to the next in line.
    void navigator.locks.request(data.lock, () => {
      port.postMessage({ kind: 'done' } satisfies WorkerAnswer);
      return new Promise(() => {});
    });
  };
  scope.addEventListener('message', onBirth, { once: true });
}

function serve(port: MessagePort): void {
  const { signal } = new AbortController();
  let engine: Engine | null = null;

  const answer = async (question: WorkerQuestion): Promise<WorkerAnswer> => {
    if (question.kind === 'start') {
      engine = new Engine(await startWasm(question.options, signal), question.options.tileSize);
      return { kind: 'done' };
    }
    if (engine === null) throw new Error('the engine was not started');
    switch (question.kind) {
      case 'load':
        await engine.load(question.files, signal);
        return { kind: 'done' };
      case 'tile': {
        const { model, placed } = question;
        const upscaled = blankUpscaled(placed.image, placed.shape.scale);
        await engine.upscaleTile(placed, upscaled, { model, signal });
        return { kind: 'tile', upscaled };
      }
    }
  };

  const serveOne = async (question: WorkerQuestion): Promise<void> => {
    const said = await answer(question).catch(toFailure);
    port.postMessage(said, said.kind === 'tile' ? [said.upscaled.data.buffer] : []);
  };
  // Answers come in the order of the questions.
  let turn = Promise.resolve();
  port.onmessage = ({ data }: MessageEvent<WorkerQuestion>) => {
    turn = turn.then(() => serveOne(data));
  };
}

function toFailure(error: unknown): WorkerAnswer {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', isBackend: error instanceof BackendError, message };
}
