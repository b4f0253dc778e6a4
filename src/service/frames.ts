// Which work belongs to which document, so that it ends when the page takes it back or goes away.
import type { Origin } from './origin';
import type { Claim } from './turns';

/** One piece of work that a page has asked for. */
export interface Piece {
  signal: AbortSignal;
  claim: Claim;
}

interface Frame {
  documentId: string;
  work: Map<string, { controller: AbortController; claim: Claim }>;
}

export class Frames {
  readonly #tabs = new Map<number, Map<number, Frame>>();

  /** To be closed when done. An id that is in use is cancelled first. */
  open(origin: Origin, id: string, visibleArea: number): Piece {
    const { work } = this.#frame(origin);
    work.get(id)?.controller.abort(gone('asked again'));
    const controller = new AbortController();
    const claim = { tabId: origin.tabId, visibleArea };
    work.set(id, { controller, claim });
    return { signal: controller.signal, claim };
  }

  close(origin: Origin, id: string, signal: AbortSignal): void {
    const work = this.#tabs.get(origin.tabId)?.get(origin.frameId)?.work;
    if (work?.get(id)?.controller.signal === signal) work.delete(id);
  }

  prioritise(origin: Origin, visibleAreas: ReadonlyMap<string, number>): void {
    const work = this.#tabs.get(origin.tabId)?.get(origin.frameId)?.work;
    for (const [id, visibleArea] of visibleAreas) {
      const piece = work?.get(id);
      if (piece !== undefined) piece.claim.visibleArea = visibleArea;
    }
  }

  cancel(origin: Origin, ids: readonly string[]): void {
    const work = this.#tabs.get(origin.tabId)?.get(origin.frameId)?.work;
    for (const id of ids) work?.get(id)?.controller.abort(gone('cancelled by the page'));
  }

  /**
   * A document has begun in this frame: what the one before asked for is void, and so are its frames. False
   * if it is known to have begun already (a page that got no answer asks twice).
   */
  beginDocument(origin: Origin): boolean {
    const { tabId, frameId, documentId } = origin;
    const known = this.#tabs.get(tabId)?.get(frameId);
    if (known !== undefined && documentId !== '' && known.documentId === documentId) return false;
    if (frameId === 0) this.closeTab(tabId);
    else this.#drop(tabId, frameId);
    this.#frame(origin);
    return true;
  }

  closeTab(tabId: number): void {
    for (const frameId of this.#tabs.get(tabId)?.keys() ?? []) this.#drop(tabId, frameId);
    this.#tabs.delete(tabId);
  }

  closeAll(): void {
    for (const tabId of [...this.#tabs.keys()]) this.closeTab(tabId);
  }

  #frame({ tabId, frameId, documentId }: Origin): Frame {
    const tab = this.#tabs.get(tabId) ?? new Map<number, Frame>();
    this.#tabs.set(tabId, tab);
    const known = tab.get(frameId);
    if (known?.documentId === documentId) return known;
    this.#drop(tabId, frameId);
    const frame: Frame = { documentId, work: new Map() };
    tab.set(frameId, frame);
    return frame;
  }

  #drop(tabId: number, frameId: number): void {
    const tab = this.#tabs.get(tabId);
    for (const { controller } of tab?.get(frameId)?.work.values() ?? []) {
      controller.abort(gone('its document has gone'));
    }
    tab?.delete(frameId);
  }
}

function gone(why: string): DOMException {
  return new DOMException(why, 'AbortError');
}
