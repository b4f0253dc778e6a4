// Writes a WebAssembly module: functions over one imported memory, as the bytes that `WebAssembly.compile` takes.

/** Instructions in order; nested so that an expression can be written as its operands and its operator. */
export type Code = number | Uint8Array | readonly Code[];

export type ValueType = 'i32' | 'v128';

const typeBytes: Record<ValueType, number> = { i32: 0x7f, v128: 0x7b };

export interface WasmFunction {
  /** Exported under this name. */
  name: string;
  params: readonly ValueType[];
  locals: readonly ValueType[];
  body: Code;
}

const FUNCTION_TYPE = 0x60;
const END = 0x0b;
const EXPORT_FUNCTION = 0x00;
const IMPORT_MEMORY = 0x02;

/** The module imports `env.memory`. Functions call each other by their index in the list. */
export function writeModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [FUNCTION_TYPE, vector(params.map(typeByte)), 0]);
  const bodies = functions.map(({ locals, body }) => {
    const bytes = flatten([vector(locals.map((type) => [1, typeByte(type)])), body, END]);
    return [unsigned(bytes.length), bytes];
  });
  return flatten([
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types)),
    section(2, vector([[name('env'), name('memory'), IMPORT_MEMORY, 0, unsigned(1)]])),
    section(3, vector(functions.map((_, i) => unsigned(i)))),
    section(7, vector(functions.map((f, i) => [name(f.name), EXPORT_FUNCTION, unsigned(i)]))),
    section(10, vector(bodies)),
  ]);
}

/** LEB128 of a number that is not negative. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

/** LEB128 in two's complement, for 32-bit numbers. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && byte < 0x40) || (rest === -1 && byte >= 0x40);
    bytes.push(done ? byte : byte + 0x80);
    if (done) return bytes;
  }
}

function typeByte(type: ValueType): number {
  return typeBytes[type];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function name(text: string): Code {
  return vector([...new TextEncoder().encode(text)]);
}

function section(id: number, content: Code): Code {
  const bytes = flatten(content);
  return [id, unsigned(bytes.length), bytes];
}

/** Measured first and then written, since a module has a hundred thousand bytes. */
function flatten(code: Code): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(countBytes(code));
  write(code, bytes, 0);
  return bytes;
}

function countBytes(code: Code): number {
  if (typeof code === 'number') return 1;
  if (code instanceof Uint8Array) return code.length;
  let sum = 0;
  for (let i = 0; i < code.length; i++) sum += countBytes(code[i] ?? []);
  return sum;
}

/** Returns where the next byte goes. */
function write(code: Code, into: Uint8Array, at: number): number {
  if (typeof code === 'number') {
    into[at] = code;
    return at + 1;
  }
  if (code instanceof Uint8Array) {
    into.set(code, at);
    return at + code.length;
  }
  let next = at;
  for (let i = 0; i < code.length; i++) next = write(code[i] ?? [], into, next);
  return next;
}
