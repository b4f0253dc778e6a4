export function startPage(_signal: AbortSignal): void {}
