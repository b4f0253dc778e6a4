// Every setting: type, default, version. Contexts watch the items; there is no "settings changed" message.
import { storage } from 'wxt/utils/storage';
import type { BackendName } from './inference/types';
import type { Tier } from './tiers';

/** The global switch. */
export const enabled = storage.defineItem<boolean>('local:enabled', { fallback: true, version: 1 });

/** Rules by host name of the top-level page. A host without a rule is on. */
export const siteRules = storage.defineItem<Record<string, 'off'>>('local:siteRules', {
  fallback: {},
  version: 1,
});

export interface Limits {
  /** The screen must want this many times the image's own pixels, in one direction. */
  minRatio: number;
  /** Shorter natural side, pixels: below it is an icon or a tracking pixel. */
  minSide: number;
  /** Natural width x height above which an image is left alone. */
  maxInputPixels: number;
  /** Result width x height; x4 becomes x2 where it would be more. */
  maxOutputPixels: number;
  /** Encoded bytes of one image. */
  maxSourceBytes: number;
  /** Pixels of the pictures that are kept on a page though they are scrolled far away. */
  maxKeptPixels: number;
}

export const limits = storage.defineItem<Limits>('local:limits', {
  fallback: {
    minRatio: 1.2,
    minSide: 24,
    maxInputPixels: 1_000_000,
    maxOutputPixels: 8_000_000,
    maxSourceBytes: 8 * 2 ** 20,
    maxKeptPixels: 32_000_000,
  },
  version: 1,
});

/**
 * Milliseconds of work that one page may ask for. A tenth of the time that passes comes back: a page that goes
 * on and on gets no more than that of the engine.
 */
export const pageBudgetMs = storage.defineItem<number>('local:pageBudgetMs', {
  fallback: 60_000,
  version: 1,
});

/** How much of a result is the model's: 1 all of it, 0 nothing but the browser's own scaling. */
export const strength = storage.defineItem<number>('local:strength', { fallback: 1, version: 1 });

/** When to begin nothing new. */
export interface RestWhile {
  /** The browser or the system asks pages to save data. */
  savingData: boolean;
  /** The machine runs on its battery. */
  onBattery: boolean;
}

export const restWhile = storage.defineItem<RestWhile>('local:restWhile', {
  fallback: { savingData: false, onBattery: false },
  version: 1,
});

/** Leave pictures of text and of programs alone: the models make them better, but not everybody may like it. */
export const leaveText = storage.defineItem<boolean>('local:leaveText', {
  fallback: false,
  version: 1,
});

/** Bytes of upscaled results kept on disk. */
export const cacheBudgetBytes = storage.defineItem<number>('local:cacheBudgetBytes', {
  fallback: 256 * 2 ** 20,
  version: 1,
});

/** 'auto' is the fastest that passes the golden probe. */
export const backendChoice = storage.defineItem<'auto' | BackendName>('local:backend', {
  fallback: 'auto',
  version: 2,
  // Version 1 had but four names; what was chosen by three of them is done by our own backends now.
  migrations: { 2: (choice: string) => (choice === 'cpu' ? 'tfjs-cpu' : choice) },
});

/** Threads that compute where the processor does; 'auto' takes all but one of more than two cores. */
export const threads = storage.defineItem<'auto' | number>('local:threads', {
  fallback: 'auto',
  version: 1,
});

/** 'auto' is the best tier that makes an image in time on this machine. */
export const tier = storage.defineItem<'auto' | Tier>('local:tier', {
  fallback: 'auto',
  version: 1,
});

/** How long an image of 300 x 300 pixels may take, decoding and encoding included. docs/choosing.md says why. */
export const timeTargetMs = storage.defineItem<number>('local:timeTargetMs', {
  fallback: 500,
  version: 1,
});
