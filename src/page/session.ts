// One frame while Upres is on. When the signal aborts, the work is cancelled and every image is as it was.
import { onMessage } from '../messages';
import type { Limits } from '../settings';
import { createAcquire } from './acquire';
import { cleanAllCopies, cleanCopy, type SwappedUrls } from './clone';
import { createStyleRules } from './css/style-rules';
import { observeImages } from './find';
import { createIdleSlices } from './idle-slices';
import { createJobs } from './jobs';
import { createKeptPictures } from './kept-pictures';
import { createStyleSwaps } from './kinds/style-swaps';
import { createSvgImages } from './kinds/svg-image';
import { createMeter } from './meter';
import { createNaturalSizes } from './natural-sizes';
import { isOptedOut } from './opt-out';
import type { QuietLoads } from './quiet-loads';
import { createReporter, newest } from './reporter';
import { createSavers } from './savers';
import { createSubjects } from './subjects';
import { createVisibleWatch } from './watch-visible';

export function startSession(limits: Limits, quietLoads: QuietLoads, signal: AbortSignal): void {
  const documentId = randomId();
  const meter = createMeter();
  const slices = createIdleSlices(meter, signal);
  const acquire = createAcquire(limits.maxSourceBytes, signal);
  const jobs = createJobs(acquire, `${documentId}-`, slices);
  const keptPictures = createKeptPictures(limits.maxKeptPixels);
  const swappedUrls: SwappedUrls = new Map();
  const naturalSizes = createNaturalSizes();
  const rules = createStyleRules(documentId);
  /** Near, but the page is hidden or on its way out. */
  const postponed = new Set<Element>();
  const reporter = createReporter(
    () => ({
      documentId,
      images: newest(subjects.reports()),
      longestTaskMs: meter.longestMs,
      fetchedBytes: jobs.fetchedBytes,
    }),
    signal,
  );
  const onChange = () => reporter.changed();
  const lookAgain = (element: Element) => finder.lookAgain(element);
  const styleSwaps = createStyleSwaps(rules, lookAgain, signal);
  const onSaving = () => {
    if (savers.reason() !== null) pause();
    resume();
  };
  const savers = createSavers(onSaving, signal);
  const leave = (element: Element) => (isOptedOut(element) ? 'opted-out' : savers.reason());
  const svgImages = createSvgImages(quietLoads, naturalSizes, lookAgain);
  const visible = createVisibleWatch(meter, signal);
  const subjects = createSubjects(
    documentId,
    { rules, styleSwaps, naturalSizes, quietLoads, swappedUrls, svgImages, lookAgain },
    { limits, jobs, keptPictures, visible, signal, leave, onChange, lookAgain },
  );

  const handlers = {
    added(element: Element) {
      if (subjects.has(element)) return;
      if (element instanceof HTMLImageElement) cleanCopy(element, swappedUrls);
      rules.cleanCopy(element);
    },
    near(element: Element) {
      // What is being edited may be saved with our attributes in it.
      if (element instanceof HTMLElement && element.isContentEditable) return;
      if (document.hidden) postponed.add(element);
      else subjects.look(element);
      // To be looked at again when the saving is over.
      if (savers.reason() !== null) postponed.add(element);
    },
    far(element: Element) {
      postponed.delete(element);
      subjects.far(element);
    },
    removed(element: Element) {
      postponed.delete(element);
      subjects.end(element);
    },
    restyled: (element: Element) => styleSwaps.check(element),
  };

  const resume = () => {
    const elements = [...postponed];
    postponed.clear();
    for (const element of elements) lookAgain(element);
  };
  /** A page that nobody looks at waits: what the background has begun it may finish, the rest is taken back. */
  const follow = () => {
    if (!document.hidden) resume();
    else for (const element of subjects.hide()) postponed.add(element);
  };
  document.addEventListener('visibilitychange', follow, { signal });
  // A page that comes back from the back/forward cache goes on where it was.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted && subjects.reports().length > 0) reporter.changed();
    follow();
  };
  window.addEventListener('pageshow', onPageShow, { signal });
  const pause = () => {
    for (const element of subjects.pause()) postponed.add(element);
  };
  window.addEventListener('pagehide', pause, { signal });

  const stopListening = onMessage('progress', ({ data: { id, done, total } }) =>
    jobs.progress(id, done, total),
  );
  signal.addEventListener('abort', () => {
    stopListening();
    subjects.endAll();
    rules.dispose();
    cleanAllCopies(document, swappedUrls);
  });
  const finder = observeImages(document, handlers, { slices, meter }, signal);
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
