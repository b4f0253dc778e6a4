// The script of a site that is built with a framework, bundled as such sites are.
import { build } from 'esbuild';

const bundled = new Map<string, Promise<string>>();

/** Production build of a client module and what it imports; once a process. */
export function bundle(file: string): Promise<string> {
  let code = bundled.get(file);
  if (!code) {
    code = build({
      entryPoints: [file],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'false',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
    bundled.set(file, code);
  }
  return code;
}
