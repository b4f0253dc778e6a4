// The offscreen document of Chrome: a service worker has no Worker, so this makes them for it.
import { serveWorkers } from '../../src/service/workers/serve-workers';

serveWorkers();
