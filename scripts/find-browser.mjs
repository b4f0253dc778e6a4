// Where the browsers are: an environment variable, the PATH, or Playwright's own download.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** First of `names` found on the PATH, or undefined. */
function onPath(names) {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(dir, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

const fromEnvironment = (variable) => {
  const file = process.env[variable];
  if (file && !existsSync(file)) throw new Error(`${variable} is ${file}, which does not exist`);
  return file || undefined;
};

// Branded Chrome no longer loads an unpacked extension from the command line, so only Chromium is looked for.
/** Path of a Chromium, or undefined: then Playwright's own is used. */
export const findChromium = () =>
  fromEnvironment('UPRES_CHROMIUM') ?? onPath(['chromium', 'chromium-browser']);

/** Path of a Firefox, or undefined. */
export const findFirefox = () =>
  fromEnvironment('UPRES_FIREFOX') ?? onPath(['firefox-esr', 'firefox']);
