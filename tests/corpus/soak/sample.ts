// One look at everything that must not grow, after garbage collection.
import { readdir, readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../../scripts/browser/extension-browser';

/** What can only be seen while there is work: the most at the end of any visit since the last sample. */
export interface Busy {
  tensors: number;
  threads: number;
  extensionBusy: number;
}

/** A number of each kind; bytes unless it is a count. */
export interface Sample extends Busy {
  minutes: number;
  workerHeap: number;
  workerBuffers: number;
  extensionResident: number;
  browserResident: number;
  pageHeap: number;
  pageNodes: number;
  pageListeners: number;
  pageDocuments: number;
  blobs: number;
  threadsAtRest: number;
  /** Contexts of the extension that are open: the background, this test's page, perhaps a document of workers. */
  contextsAtRest: number;
  cachedResults: number;
}

export const nothingBusy: Busy = { tensors: 0, threads: 0, extensionBusy: 0 };

/** `busy` looks at the extension at the end of a visit, `sample` at everything, at rest. */
export async function createSampler(upres: ExtensionBrowser, page: Page) {
  const pageSession = await page.createCDPSession();
  const blobPage = await upres.browser.newPage();
  await page.bringToFront();
  const startedAt = Date.now();
  const pid = upres.browser.process()?.pid ?? 0;

  const busy = async (most: Busy): Promise<Busy> => {
    const { tensors, threads } = await upres.getStatus();
    const { extension } = await residentBytes(pid);
    return {
      tensors: Math.max(most.tensors, tensors),
      threads: Math.max(most.threads, threads),
      extensionBusy: Math.max(most.extensionBusy, extension),
    };
  };

  const sample = async (most: Busy): Promise<Sample> => {
    // Wakes the background, too.
    const status = await upres.getStatus();
    const worker = await workerHeap(upres);
    await pageSession.send('HeapProfiler.collectGarbage');
    const heap = await pageSession.send('Runtime.getHeapUsage');
    const counters = await pageSession.send('Memory.getDOMCounters');
    const processes = await residentBytes(pid);
    return {
      minutes: (Date.now() - startedAt) / 60_000,
      workerHeap: worker.usedSize,
      workerBuffers: worker.backingStorageSize,
      extensionResident: processes.extension,
      browserResident: processes.all,
      pageHeap: heap.usedSize,
      pageNodes: counters.nodes,
      pageListeners: counters.jsEventListeners,
      pageDocuments: counters.documents,
      blobs: await countBlobs(blobPage),
      threadsAtRest: status.threads,
      contextsAtRest: contextsOf(upres).length,
      cachedResults: status.cache.entries,
      ...most,
    };
  };
  return { busy, sample };
}

const contextsOf = ({ browser, extensionOrigin }: ExtensionBrowser) =>
  browser.targets().filter((target) => target.url().startsWith(`${extensionOrigin}/`));

type HeapUsage = Awaited<ReturnType<typeof heapUsage>>;

async function workerHeap(upres: ExtensionBrowser): Promise<HeapUsage> {
  const target = await upres.browser.waitForTarget(
    (candidate) =>
      candidate.type() === 'service_worker' &&
      candidate.url().startsWith(upres.extensionOrigin ?? ''),
  );
  const session = await target.createCDPSession();
  try {
    return await heapUsage(session);
  } finally {
    // One that stays attached would keep the background alive.
    await session.detach();
  }
}

async function heapUsage(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  return session.send('Runtime.getHeapUsage');
}

/** Every blob that the browser holds, of pages and extensions alike. */
async function countBlobs(blobPage: Page): Promise<number> {
  await blobPage.goto('chrome://blob-internals');
  const text = await blobPage.evaluate(() => document.body.innerText);
  return text.match(/^Refcount:/gm)?.length ?? 0;
}

/** Resident memory of the processes of the browser, by Linux' own count of pages. */
async function residentBytes(pid: number): Promise<{ all: number; extension: number }> {
  const [all, extension] = [await descendants(pid), [] as number[]];
  for (const each of all) {
    const line = await readFile(`/proc/${each}/cmdline`, 'utf8').catch(() => '');
    if (line.includes('--extension-process')) extension.push(each);
  }
  return { all: await sumOfPages(all), extension: await sumOfPages(extension) };
}

async function descendants(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    // pid (name) state parent …
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** The proportional share, so that pages which processes have in common count once. */
async function sumOfPages(pids: number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
