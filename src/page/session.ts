// One frame while Upres is on. When the signal aborts, the work is cancelled and every image is as it was.
import { onMessage, type ImageReport } from '../messages';
import type { Limits } from '../settings';
import { cleanAllCopies, cleanCopy, type SwappedUrls } from './clone';
import { observeImages } from './find';
import { createIdleSlices } from './idle-slices';
import { createJobs } from './jobs';
import { createMeter } from './meter';
import type { QuietLoads } from './quiet-loads';
import { createReporter, newest } from './reporter';
import { createSubject, type Subject, type Surroundings } from './subject';
import { createVisibleWatch } from './watch-visible';

export function startSession(limits: Limits, quietLoads: QuietLoads, signal: AbortSignal): void {
  const documentId = randomId();
  const meter = createMeter();
  const slices = createIdleSlices(meter, signal);
  const jobs = createJobs(limits.maxSourceBytes, `${documentId}-`, slices);
  const subjects = new Map<HTMLImageElement, Subject>();
  /** Near, but the page is hidden or on its way out. */
  const postponed = new Set<HTMLImageElement>();
  const swappedUrls: SwappedUrls = new Map();
  const reporter = createReporter(
    () => ({
      documentId,
      images: newest([...subjects.values()].map((subject) => subject.report()).filter(isSaid)),
      longestTaskMs: meter.longestMs,
      fetchedBytes: jobs.fetchedBytes,
    }),
    signal,
  );
  const onChange = () => reporter.changed();
  const lookAgain = (image: HTMLImageElement) => finder.lookAgain(image);
  const visible = createVisibleWatch(meter, signal);
  const shared = { limits, jobs, quietLoads, visible, swappedUrls, signal };
  const surroundings: Surroundings = { ...shared, onChange, lookAgain };
  let count = 0;

  const near = (image: HTMLImageElement) => {
    // What is being edited may be saved with our attributes in it.
    if (image.isContentEditable) return;
    if (document.hidden) {
      postponed.add(image);
      return;
    }
    let subject = subjects.get(image);
    if (!subject) {
      subject = createSubject(`${documentId}-image-${++count}`, image, surroundings);
      subjects.set(image, subject);
    }
    subject.look();
  };
  const far = (image: HTMLImageElement) => {
    postponed.delete(image);
    subjects.get(image)?.far();
  };
  const removed = (image: HTMLImageElement) => {
    postponed.delete(image);
    const subject = subjects.get(image);
    if (!subject) return;
    subjects.delete(image);
    subject.end();
    reporter.changed();
  };
  const added = (image: HTMLImageElement) => {
    if (!subjects.has(image)) cleanCopy(image, swappedUrls);
  };

  const resume = () => {
    const images = [...postponed];
    postponed.clear();
    for (const image of images) lookAgain(image);
  };
  /** A page that nobody looks at waits: what the background has begun it may finish, the rest is taken back. */
  const follow = () => {
    if (!document.hidden) resume();
    else for (const [image, subject] of subjects) if (subject.far()) postponed.add(image);
  };
  document.addEventListener('visibilitychange', follow, { signal });
  // A page that comes back from the back/forward cache goes on where it was.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted && subjects.size > 0) reporter.changed();
    follow();
  };
  window.addEventListener('pageshow', onPageShow, { signal });
  const pause = () => {
    for (const [image, subject] of subjects) if (subject.pause()) postponed.add(image);
  };
  window.addEventListener('pagehide', pause, { signal });

  const stopListening = onMessage('progress', ({ data: { id, done, total } }) =>
    jobs.progress(id, done, total),
  );
  signal.addEventListener('abort', () => {
    stopListening();
    for (const subject of subjects.values()) subject.end();
    subjects.clear();
    cleanAllCopies(document, swappedUrls);
  });
  const handlers = { added, near, far, removed };
  const finder = observeImages(document, handlers, { slices, meter }, signal);
}

const isSaid = (report: ImageReport | null): report is ImageReport => report !== null;

/** `crypto.randomUUID` is missing on pages without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
