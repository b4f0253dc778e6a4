// The report of a frame, cut down to what its type names: it goes to storage and is shown in the popup.
import { contents } from '../analysis/classify';
import { BACKEND_NAMES } from '../inference/types';
import type { FrameReport, ImageReport, ImageState } from '../messages';
import { failReasons, skipReasons } from '../reasons';
import { maxIdLength } from './validate';
import { number, oneOf, record, refusal, text } from './validate-fields';

const maxReportedImages = 500;
const maxReportedUrlLength = 200;
const maxDetailLength = 500;

/** At most 500 images, the newest, and of each only what the type names. */
export function checkFrameReport(data: unknown): FrameReport {
  const { documentId, images, longestTaskMs, fetchedBytes } = record(data, 'report');
  if (!Array.isArray(images)) throw refusal('images');
  return {
    documentId: text(documentId, 'documentId', maxIdLength),
    images: images.slice(-maxReportedImages).map(checkImageReport),
    longestTaskMs: number(longestTaskMs, 'longestTaskMs'),
    fetchedBytes: number(fetchedBytes, 'fetchedBytes'),
  };
}

function checkImageReport(data: unknown): ImageReport {
  const report = record(data, 'image');
  return {
    id: text(report.id, 'id', maxIdLength),
    url: String(report.url).slice(0, maxReportedUrlLength),
    naturalWidth: number(report.naturalWidth, 'naturalWidth'),
    naturalHeight: number(report.naturalHeight, 'naturalHeight'),
    shownWidth: number(report.shownWidth, 'shownWidth'),
    shownHeight: number(report.shownHeight, 'shownHeight'),
    state: checkImageState(report.state),
  };
}

function checkImageState(data: unknown): ImageState {
  const state = record(data, 'state');
  switch (state.kind) {
    case 'waiting':
      return {
        kind: 'waiting',
        done: number(state.done, 'done'),
        total: number(state.total, 'total'),
      };
    case 'upscaled':
      return {
        kind: 'upscaled',
        width: number(state.width, 'width'),
        height: number(state.height, 'height'),
        scale: oneOf(state.scale, [2, 4], 'scale'),
        model: text(state.model, 'model', maxIdLength),
        backend: oneOf(state.backend, BACKEND_NAMES, 'backend'),
        ms: number(state.ms, 'ms'),
        content: oneOf(state.content, contents, 'content'),
        fromCache: state.fromCache === true,
        sourceBytes: number(state.sourceBytes, 'sourceBytes'),
        resultBytes: number(state.resultBytes, 'resultBytes'),
        fetchedBytes: number(state.fetchedBytes, 'fetchedBytes'),
      };
    case 'skipped':
      return { kind: 'skipped', reason: oneOf(state.reason, skipReasons, 'reason') };
    case 'failed':
      return {
        kind: 'failed',
        reason: oneOf(state.reason, failReasons, 'reason'),
        detail: String(state.detail).slice(0, maxDetailLength),
      };
    default:
      throw refusal('state kind');
  }
}
