// From an entry of the list to the contestant; only the libraries of that one are loaded.
import type { ContestantSpec } from '../contestants';
import type { Contestant } from './contestant';

export async function makeContestant(spec: ContestantSpec): Promise<Contestant> {
  const { model, scale } = spec;
  switch (spec.contestant) {
    case 'upres': {
      if (spec.threads > 1) {
        const { UpresThreads } = await import('./contestants/upres-threads');
        return new UpresThreads(model, scale, spec.threads);
      }
      const { Upres } = await import('./contestants/upres');
      return new Upres(model, scale, spec.backend);
    }
    case 'tfjs': {
      const { Tfjs } = await import('./contestants/tfjs');
      return new Tfjs(model, scale, spec.backend);
    }
    case 'onnxruntime-web': {
      const { OnnxRuntime } = await import('./contestants/onnxruntime');
      return new OnnxRuntime(model, scale);
    }
    case 'upscalerjs': {
      const { UpscalerJs } = await import('./contestants/upscalerjs');
      return new UpscalerJs(model, scale, spec.backend);
    }
  }
}
