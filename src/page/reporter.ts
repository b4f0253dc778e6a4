// Tells the background what became of the images of this frame, when there is something to tell.
import { sendMessage, type FrameReport, type ImageReport } from '../messages';
import { throttled } from './throttled';

const intervalMs = 250;
const maxImages = 500;

export interface Reporter {
  /** Something has changed; it is sent soon, together with what else changes until then. */
  changed(): void;
}

export function createReporter(current: () => FrameReport, signal: AbortSignal): Reporter {
  const send = (report: FrameReport) => {
    // The report is for the popup alone; without a background there is no popup to miss it.
    sendMessage('report', report).catch(() => undefined);
  };
  const changed = throttled(() => send(current()), intervalMs, signal);
  let sent = false;
  signal.addEventListener('abort', () => {
    if (sent) send({ ...current(), images: [] });
  });
  return {
    changed() {
      sent = true;
      changed();
    },
  };
}

export function newest(images: ImageReport[]): ImageReport[] {
  return images.slice(-maxImages);
}
