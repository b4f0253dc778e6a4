// A finished picture, ready to be shown: an object URL and what the background said about it.
import type { UpscaleAnswer } from '../messages';

type Upscaled = Extract<UpscaleAnswer, { kind: 'upscaled' }>;

/** Owns the object URL; `dispose` revokes it, once no image shows it any more. */
export class Picture {
  readonly url: string;

  private constructor(
    readonly facts: Omit<Upscaled, 'blob'>,
    blob: Blob,
  ) {
    this.url = URL.createObjectURL(blob);
  }

  /** Decoded off-screen first, so that showing it neither flickers nor fails. */
  static async decode({ blob, ...facts }: Upscaled): Promise<Picture> {
    const picture = new Picture(facts, blob);
    try {
      const probe = new Image();
      probe.src = picture.url;
      await probe.decode();
      const size = `${probe.naturalWidth}x${probe.naturalHeight}`;
      if (size !== `${facts.width}x${facts.height}`) {
        throw new Error(`result of ${facts.width}x${facts.height} decodes as ${size}`);
      }
    } catch (error) {
      picture.dispose();
      throw error;
    }
    return picture;
  }

  dispose(): void {
    URL.revokeObjectURL(this.url);
  }
}
