// The `Accept` header with which browsers ask for an image. A server that chooses the format by it would give a script
// another file than the page shows, and the browser's cache would not have it.

export const imageAccept = import.meta.env.FIREFOX
  ? 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5'
  : 'image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';
