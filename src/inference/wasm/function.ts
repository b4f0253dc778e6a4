// One function of a module: names its parameters, hands out its local variables.
import type { Local } from './instructions';
import type { Code, ValueType, WasmFunction } from './module';

export interface Scope<P extends string> {
  /** Addresses, sizes in bytes and counts: all are i32. */
  params: Record<P, Local>;
  local: (type: ValueType) => Local;
}

export function writeFunction<P extends string>(
  name: string,
  params: readonly P[],
  write: (scope: Scope<P>) => Code,
): WasmFunction {
  const locals: ValueType[] = [];
  const local = (type: ValueType): Local => {
    locals.push(type);
    return { index: params.length + locals.length - 1, type };
  };
  const named = params.map((param, index) => [param, { index, type: 'i32' }]);
  const body = write({ params: Object.fromEntries(named) as Record<P, Local>, local });
  return { name, params: params.map(() => 'i32'), locals, body };
}
