// Calls `onChange` when the page is zoomed or moved to another screen.

export function watchPixelRatio(onChange: () => void, signal: AbortSignal): void {
  const watchThis = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener(
      'change',
      () => {
        onChange();
        watchThis();
      },
      { once: true, signal },
    );
  };
  watchThis();
}
