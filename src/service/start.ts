export function startService(): void {}
