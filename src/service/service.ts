// What the background does for each message, with the parts that it shares between them.
import { browser } from 'wxt/browser';
import type { StoredResult } from '../cache/db';
import { cacheSize, clearResults, evictResults } from '../cache/results';
import { countTensors } from '../inference/backends/tfjs';
import { chooseEngine } from '../inference/probe';
import { log } from '../log';
import type { HostStatus, PageContext, UpscaleAnswer } from '../messages';
import { backendChoice } from '../settings';
import { TabAttention } from './attention';
import { FairQueue } from './fair-queue';
import { chooseModel } from './choice/choose-model';
import { noteProbe } from './choice/model-times';
import { rememberFaulty } from './faulty-backends';
import { Frames } from './frames';
import { ModelHost } from './host';
import { keepAliveWhile } from './keep-alive';
import { loadModel } from './model-store';
import { hostOf, type Origin } from './origin';
import { PageBudgets } from './page-budget';
import { progressTo } from './progress';
import { WorkQueue } from './queue';
import { median, readRunHistory } from './run-history';
import { startEngine } from './start-engine';
import { isOn } from './switches';
import { dropReport, dropTabReport, keepReport } from './tab-reports';
import { upscaleImage } from './upscale-image';
import { useThreads } from './use-threads';
import { checkCancelRequest, checkPrioritiseRequest, checkUpscaleRequest } from './validate';
import { checkFrameReport } from './validate-report';
import { workerSpawner } from './workers/spawn-worker';

const intakeConcurrency = 4;
/** Sooner than a service worker ends by itself, and later than the next image of a page that loads. */
const idleMs = 15_000;

export class Service {
  readonly #frames = new Frames();
  readonly #spawn = workerSpawner();
  readonly #budgets = new PageBudgets();
  readonly #attention = new TabAttention();
  readonly #attentionOf = (tabId: number) => this.#attention.of(tabId);
  readonly #queue = new WorkQueue<StoredResult>(this.#attentionOf);
  readonly #intake = new FairQueue({
    concurrency: intakeConcurrency,
    attentionOf: this.#attentionOf,
  });
  readonly #host = new ModelHost({
    loadModel,
    startEngine: async (files, without) => {
      const setting = await backendChoice.getValue();
      const wasmPath = new URL('/wasm/', browser.runtime.getURL('/')).href;
      const started = await startEngine(files, { chooseEngine, setting, without, wasmPath });
      const engine = await useThreads(started.engine, files, { spawn: this.#spawn, wasmPath });
      await noteProbe(files.card, engine, started.probe);
      return { ...started, engine };
    },
    onWrongPixels: async (backend) => rememberFaulty(await backendChoice.getValue(), backend),
    idleMs,
  });

  /** The first thing that a content script asks, so a document has begun. */
  async beginPage(origin: Origin): Promise<PageContext> {
    if (this.#frames.beginDocument(origin)) {
      if (origin.frameId === 0) this.#budgets.forget(origin.tabId);
      await dropReport(origin);
    }
    return { topSite: origin.topSite };
  }

  async upscale(origin: Origin, data: unknown): Promise<UpscaleAnswer> {
    const request = checkUpscaleRequest(data);
    const { signal, claim } = this.#frames.open(origin, request.id, request.visibleArea);
    try {
      if (!(await isOn(origin.topSite))) return { kind: 'cancelled' };
      const onProgress = progressTo(origin, request.id);
      const context = {
        host: this.#host,
        queue: this.#queue,
        intake: this.#intake,
        budgets: this.#budgets,
      };
      const work = () => upscaleImage(request, { origin, claim, signal, onProgress }, context);
      return await keepAliveWhile(() => this.#attention.while(work));
    } finally {
      this.#frames.close(origin, request.id, signal);
    }
  }

  cancel(origin: Origin, data: unknown): void {
    this.#frames.cancel(origin, checkCancelRequest(data));
  }

  prioritise(origin: Origin, data: unknown): void {
    this.#frames.prioritise(origin, checkPrioritiseRequest(data));
  }

  async report(origin: Origin, data: unknown): Promise<void> {
    const report = checkFrameReport(data);
    // What a page says while it is being switched off is late.
    if (await isOn(origin.topSite)) await keepReport(origin, report);
    else await dropReport(origin);
  }

  async status(): Promise<HostStatus> {
    const [history, choice, cache] = await Promise.all([
      readRunHistory(),
      chooseModel(2).catch(() => null),
      cacheSize().catch(() => ({ entries: 0, bytes: 0 })),
    ]);
    const { backend, probe, models, threads, workers } = this.#host.status;
    return {
      // The background may have restarted since the last image.
      ...(backend === null ? history.engine : { backend, probe }),
      models,
      choice,
      threads,
      workers,
      medianMs: median(history.ms),
      queued: this.#queue.size + this.#intake.size,
      cache,
      tensors: countTensors(),
    };
  }

  clearCache(): Promise<void> {
    return clearResults();
  }

  async fitCache(budgetBytes: number): Promise<void> {
    await evictResults(budgetBytes).catch((error: unknown) =>
      log('cache-not-evicted', { detail: String(error) }),
    );
  }

  restartEngine(): void {
    this.#host.restart();
  }

  async closeTab(tabId: number): Promise<void> {
    this.#frames.closeTab(tabId);
    this.#budgets.forget(tabId);
    await dropTabReport(tabId);
  }

  /** After a switch: ends the work of pages that are off now, and takes their numbers away. */
  async closeSwitchedOff(): Promise<void> {
    for (const { id, url } of await browser.tabs.query({})) {
      if (id !== undefined && !(await isOn(hostOf(url)))) await this.closeTab(id);
    }
  }

  async dispose(): Promise<void> {
    this.#frames.closeAll();
    await this.#host.dispose();
  }
}
