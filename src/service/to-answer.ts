// What work ended with, as the answer that the page gets.
import type { StoredResult } from '../cache/db';
import { BackendError } from '../inference/errors';
import { NoBackendError } from '../inference/probe';
import type { FailReason } from '../reasons';
import type { UpscaleAnswer } from '../messages';
import { Failure, Skip } from './failure';
import type { SourceImage } from './read-source';

export function toUpscaled(
  result: StoredResult,
  source: Pick<SourceImage, 'bytes'>,
  fetchedBytes: number,
  fromCache: boolean,
): UpscaleAnswer {
  const { encoded, type, width, height, scale, model, backend, ms, content } = result;
  return {
    kind: 'upscaled',
    blob: new Blob([encoded], { type }),
    width,
    height,
    scale,
    model,
    backend,
    ms,
    fromCache,
    content,
    sourceBytes: source.bytes.length,
    resultBytes: encoded.byteLength,
    fetchedBytes,
  };
}

export function toProblem(
  error: unknown,
  fetchedBytes: number,
): Extract<UpscaleAnswer, { kind: 'skipped' | 'failed' }> {
  if (error instanceof Skip) return { kind: 'skipped', reason: error.reason, fetchedBytes };
  return { kind: 'failed', reason: failReasonOf(error), detail: detailOf(error), fetchedBytes };
}

function failReasonOf(error: unknown): FailReason {
  if (error instanceof Failure) return error.reason;
  return error instanceof NoBackendError ? 'no-backend' : 'inference-failed';
}

function detailOf(error: unknown): string {
  if (error instanceof Failure || error instanceof BackendError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
