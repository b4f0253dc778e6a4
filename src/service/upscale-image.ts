// The way of one image: source → key → result cache → queue → (decode → engine → encode) → cache → answer.
// Inside, whatever ends it early is thrown; here at the edge it becomes an answer with a reason.
import type { StoredResult } from '../cache/db';
import { readResult, resultKey, writeResult } from '../cache/results';
import { sha256 } from '../cache/sha256';
import { log } from '../log';
import type { ImageSource, UpscaleAnswer, UpscaleRequest } from '../messages';
import {
  cacheBudgetBytes,
  leaveText as leaveTextItem,
  limits as limitsItem,
  pageBudgetMs,
  strength as strengthItem,
} from '../settings';
import { chooseModel } from './choice/choose-model';
import { noteImage } from './choice/model-times';
import type { FairQueue } from './fair-queue';
import { Skip } from './failure';
import type { ModelHost } from './host';
import { makeResult } from './make-result';
import { readCard } from './model-store';
import type { Origin } from './origin';
import type { PageBudgets } from './page-budget';
import type { OnProgress, WorkQueue } from './queue';
import { readSource } from './read-source';
import { noteRun } from './run-history';
import { toProblem, toUpscaled } from './to-answer';
import type { Claim } from './turns';

export interface UpscaleContext {
  host: ModelHost;
  queue: WorkQueue<StoredResult>;
  /** Fetch, hash and cache look-up, a few at a time: they don't wait for the engine. */
  intake: FairQueue;
  budgets: PageBudgets;
}

export interface UpscaleFor {
  origin: Origin;
  claim: Claim;
  signal: AbortSignal;
  onProgress: OnProgress;
}

export async function upscaleImage(
  request: UpscaleRequest,
  { origin, claim, signal, onProgress }: UpscaleFor,
  { host, queue, intake, budgets }: UpscaleContext,
): Promise<UpscaleAnswer> {
  let fetchedBytes = 0;
  const onFetched = (bytes: number) => (fetchedBytes += bytes);
  try {
    const limits = await limitsItem.getValue();
    const strength = Math.min(1, Math.max(0, await strengthItem.getValue()));
    const prepareFor = { origin, signal, limits, strength, onFetched };
    const prepare = () => prepareImage(request, prepareFor);
    const prepared = await intake.add(new Set([claim]), prepare, signal);
    const { source, key, model, cached, mayStore } = prepared;
    const leaveText = await leaveTextItem.getValue();
    if (cached?.content === 'text' && leaveText) throw new Skip('text');
    if (cached !== null) return toUpscaled(cached, source, fetchedBytes, true);
    const waiter = { claim, signal, onProgress };
    const result = await queue.run(key, waiter, async (jobSignal, onJobProgress) => {
      const budgetMs = await pageBudgetMs.getValue();
      if (budgets.isSpent(origin.tabId, budgetMs)) throw new Skip('time-budget-used');
      const made = await makeResult(source, {
        ...{ host, key, model, limits, strength, leaveText },
        ...{ signal: jobSignal, onProgress: onJobProgress },
      });
      budgets.charge(origin.tabId, made.ms);
      await noteRun(made.ms, host.status);
      await noteImage(await readCard(model), made);
      if (mayStore) await writeResult(made, await cacheBudgetBytes.getValue());
      return made;
    });
    return toUpscaled(result, source, fetchedBytes, false);
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    const problem = toProblem(error, fetchedBytes);
    if (problem.kind === 'failed') log('failed', { ...problem, source: nameOf(request.source) });
    return problem;
  }
}

interface PrepareFor {
  origin: Origin;
  signal: AbortSignal;
  limits: Awaited<ReturnType<typeof limitsItem.getValue>>;
  strength: number;
  onFetched: (bytes: number) => void;
}

async function prepareImage(
  { source: from, scale }: UpscaleRequest,
  { origin, signal, limits, strength, onFetched }: PrepareFor,
) {
  const source = await readSource(from, { scale, origin, limits, signal, onFetched });
  const card = await readCard((await chooseModel(source.scale)).model);
  const { isPrivateWindow, topSite } = origin;
  const identity = {
    topSite,
    sourceSha256: await sha256(source.bytes),
    model: `${card.name}@${card.version}`,
    scale: source.scale,
    strength,
  };
  const siteKey = await resultKey(identity);
  // Nothing of private windows gets to the disk, nor does work of theirs join that of others; a page
  // without a site has no partition of its own.
  const mayStore = !isPrivateWindow && topSite !== '';
  const key = mayStore ? siteKey : `unstored ${isPrivateWindow} ${siteKey}`;
  const cached = mayStore ? await readResult(key) : null;
  return { source, key, model: card.name, cached, mayStore };
}

/** For the log: where it came from, without what a URL may carry in its query. */
function nameOf(source: ImageSource): string {
  switch (source.kind) {
    case 'bytes':
      return `${source.blob.size} bytes`;
    case 'url':
      return URL.canParse(source.url) ? new URL(source.url).origin : 'no URL';
  }
}
