// A picture decoded before CSS shows it, so that nothing is blank for a frame meanwhile.

export async function decoded(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return true;
  } catch {
    return false;
  } finally {
    // Let go of only when it has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => image.removeAttribute('src')));
  }
}
