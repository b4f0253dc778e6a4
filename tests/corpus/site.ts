// What a site of the corpus is: hosts with real server behaviour, a visit, and what Upres should do there.
import type { BrowserName } from '../../scripts/browser/launch-browser';
import type { HostHandler } from '../fixtures/server';
import type { FailReason, SkipReason } from '../../src/reasons';
import type { Visitor } from './visitor';

/** `upscaled`, or the reason why it stays as it is. */
export type Outcome = 'upscaled' | SkipReason | FailReason;

export interface Expectation {
  /** What these images are, for the table. */
  what: string;
  /** Their addresses; the first expectation that fits an address is its own. */
  url: RegExp;
  /** How many different addresses of them a visit meets; 0 for those that come and go. */
  count: number;
  /** What should become of each, where the browsers differ in each of them. */
  outcome: Outcome | Record<BrowserName, Outcome>;
}

export interface Site {
  name: string;
  /** One sentence for the table: what is real about it. */
  about: string;
  /** Where the visit begins. */
  url: string;
  /** Device pixel ratio from the start; without it the page is opened at 1 and then zoomed to 2. */
  opensAt?: number;
  /** A fresh set of hosts, so that no server remembers the visit before. */
  hosts(): Record<string, HostHandler>;
  expected: Expectation[];
  /** A short visit reads only so many screens of the page. */
  quick?: { screens: number; expected: Expectation[] };
  /** What a reader does there besides scrolling; ends where it began. */
  interact?(visitor: Visitor): Promise<void>;
}
