// What all kernels have in common: the shape of an operation, and how its exported function is called.
import { countAddends, type Epilogue } from './epilogue';
import type { Local } from './instructions';
import { CHANNELS_A_BLOCK, range } from './register-block';

export interface KernelShape {
  /** Channels of each feature map that is read; the kernel sums over all of them. */
  sources: readonly number[];
  /** Output channels, a multiple of four. */
  channels: number;
  epilogue: Epilogue;
  /**
   * Feature maps have a border of zeros for the next convolution, so what a kernel writes beyond the picture is
   * cleared. The result of the network has none: there the next row overwrites it.
   */
  bordered: boolean;
}

/**
 * Parameters of an exported kernel, all i32: of each source, the target and each addend the address of pixel
 * (0, 0) and the bytes of a row; then the addresses of weights and scratch memory, width and height.
 */
export function kernelParams(shape: KernelShape): string[] {
  const maps = [...shape.sources.map((_, n) => `source${n}`), ...outMapsOf(shape)];
  return [
    ...maps.flatMap((map) => [map, rowBytesOf(map)]),
    'weights',
    'scratch',
    'width',
    'height',
  ];
}

/** The target and the addends: feature maps of the same channels, walked along together. */
export function outMapsOf({ epilogue }: Pick<KernelShape, 'epilogue'>): string[] {
  return ['target', ...range(countAddends(epilogue)).map((n) => `addend${n}`)];
}

export function rowBytesOf(map: string): string {
  return `${map}RowBytes`;
}

/** Looks parameters up by names that are put together. */
export function paramsByName(params: Record<string, Local>): (name: string) => Local {
  return (name) => {
    const found = params[name];
    if (!found) throw new Error(`no parameter ${name}`);
    return found;
  };
}

/** How the output channels are cut into blocks of registers. */
export function blocksOf(channels: number): { vectors: number; count: number }[] {
  const blocks = [
    { vectors: 2, count: Math.floor(channels / CHANNELS_A_BLOCK) },
    { vectors: 1, count: (channels % CHANNELS_A_BLOCK) / 4 },
  ];
  return blocks.filter(({ count }) => count > 0);
}

/** Bytes of one number per output channel: first the bias, then the slopes of the epilogue, then the rest. */
export function perChannelBytes({
  channels,
  epilogue,
}: Pick<KernelShape, 'channels' | 'epilogue'>): number {
  return channels * 4 * (1 + epilogue.filter(({ kind }) => kind === 'prelu').length);
}
