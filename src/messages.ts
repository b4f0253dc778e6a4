// The one protocol between contexts. Plain data and Blobs only (ImageBitmap does not cross in Firefox).
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { Content } from './analysis/classify';
import type { BackendName, Scale } from './inference/types';
import type { FailReason, SkipReason } from './reasons';
import type { TierChoice } from './tiers';

export type { Scale };

/** Where the encoded bytes of an image come from. */
export type ImageSource =
  /** Bytes the page itself could read (same origin, CORS, data:, blob:). */
  | {
      kind: 'bytes';
      blob: Blob;
      /** Of them, those that the page had to load once more. */
      fetchedBytes: number;
    }
  /**
   * The background fetches it, always without credentials. `origin` lets it name the page's origin as the
   * Referer: the page itself has done so, and without it the answer was no.
   */
  | { kind: 'url'; url: string; referrer: 'none' | 'origin' };

export interface UpscaleRequest {
  /** Unique in its frame; names the work in `cancel` and `progress`. */
  id: string;
  source: ImageSource;
  scale: Scale;
  /** Area in CSS pixels that is visible, 0 when only near the viewport: what shows most goes first. */
  visibleArea: number;
}

export type UpscaleAnswer =
  | {
      kind: 'upscaled';
      /** Encoded result, `scale` times the decoded source in each direction. */
      blob: Blob;
      width: number;
      height: number;
      scale: Scale;
      model: string;
      backend: BackendName;
      /** From decode to encode, without fetch and waiting; that of the first time for a cached result. */
      ms: number;
      fromCache: boolean;
      /** What the image was taken to show; it picks the variant of the model where there is more than one. */
      content: Content;
      /** Size of the encoded source, and of the result. */
      sourceBytes: number;
      resultBytes: number;
      /** Bytes that came over the network for us, though the page had loaded the image already. */
      fetchedBytes: number;
    }
  | { kind: 'skipped'; reason: SkipReason; fetchedBytes: number }
  | { kind: 'failed'; reason: FailReason; detail: string; fetchedBytes: number }
  | { kind: 'cancelled' };

/** What became of one image, as the popup shows it. */
export type ImageState =
  | { kind: 'waiting'; done: number; total: number }
  | Omit<Extract<UpscaleAnswer, { kind: 'upscaled' }>, 'blob'>
  | { kind: 'skipped'; reason: SkipReason }
  | { kind: 'failed'; reason: FailReason; detail: string };

export interface ImageReport {
  id: string;
  /** At most 200 characters; a data: URL only by its type. */
  url: string;
  /** Natural size in image pixels, shown size in device pixels. */
  naturalWidth: number;
  naturalHeight: number;
  shownWidth: number;
  shownHeight: number;
  state: ImageState;
}

/** All images of one frame, replaced whole at each report. At most 500 entries, newest kept. */
export interface FrameReport {
  /** Names the document, so that a report of a page that has gone is told from that of the next. */
  documentId: string;
  images: ImageReport[];
  /** Longest stretch of content-script work so far, milliseconds. */
  longestTaskMs: number;
  /** All bytes that came over the network a second time, for us, whatever became of the images. */
  fetchedBytes: number;
}

/** What a content script has to know of the tab around it. */
export interface PageContext {
  /** Host name of the top-level page ('' when it has none): site rules and the cache go by it. */
  topSite: string;
}

export interface HostStatus {
  /** The backend that runs, or null before the first image. */
  backend: BackendName | null;
  /** Why the others were passed over, in the order tried. */
  probe: { backend: BackendName; ms: number | null; problem: string | null }[];
  /** Loaded models, and where their weights were read from. */
  models: { name: string; version: string; weightsFrom: 'package' | 'indexeddb' }[];
  /** The model that the next image at 2x is made with, and why; null where the package can't be read. */
  choice: TierChoice | null;
  /** Threads that compute when there is enough to do; 0 when no engine runs. */
  threads: number;
  /** Workers that are there at the moment. */
  workers: number;
  /** Median milliseconds of the last (at most 50) images that really ran. */
  medianMs: number | null;
  queued: number;
  cache: { entries: number; bytes: number };
  /** Tensors alive in tfjs, for the tests and bug reports. */
  tensors: number;
}

export interface ProtocolMap {
  // content → background
  getPageContext(): PageContext;
  upscale(request: UpscaleRequest): UpscaleAnswer;
  cancel(request: { ids: string[] }): void;
  /** The visible areas have changed: what waits is put in another order. */
  prioritise(request: { visibleAreas: Record<string, number> }): void;
  report(report: FrameReport): void;
  // background → content, to the frame that asked
  progress(update: { id: string; done: number; total: number }): void;
  // popup → background
  getStatus(): HostStatus;
  clearCache(): void;
}

export const { sendMessage, onMessage } = defineExtensionMessaging<ProtocolMap>();
