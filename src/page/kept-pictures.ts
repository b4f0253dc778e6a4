// Bounds what pictures hold that nobody sees: those scrolled far away give theirs back, the longest away
// first, and get them again from the result cache when they come near.

export interface KeptPictures {
  /** The place `id` went far away with a picture of `pixels`. */
  far(id: string, pixels: number, giveBack: () => void): void;
  /** It is near again, or has no picture any more. */
  near(id: string): void;
}

export function createKeptPictures(maxPixels: number): KeptPictures {
  /** In the order in which they went away. */
  const away = new Map<string, { pixels: number; giveBack(): void }>();
  let total = 0;

  const near = (id: string) => {
    total -= away.get(id)?.pixels ?? 0;
    away.delete(id);
  };
  return {
    near,
    far(id, pixels, giveBack) {
      near(id);
      away.set(id, { pixels, giveBack });
      total += pixels;
      for (const [oldest, kept] of away) {
        if (total <= maxPixels) return;
        near(oldest);
        kept.giveBack();
      }
    },
  };
}
