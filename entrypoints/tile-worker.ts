// A worker of the background: computes tiles.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveTiles } from '../src/inference/threads/serve-tiles';

export default defineUnlistedScript(() => {
  serveTiles(globalThis);
});
