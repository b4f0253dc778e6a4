// What the service worker tells the offscreen document.

export type WorkersOrder =
  /** Comes with the worker's end of the port. `background`: the lock that the service worker holds as it lives. */
  { kind: 'spawn'; lock: string; background: string } | { kind: 'terminate'; lock: string };
