// The instructions that the kernels are made of, as functions from operands to code.
import { signed, unsigned, type Code, type ValueType } from './module';

/** A local variable of the function that is being written. */
export interface Local {
  index: number;
  type: ValueType;
}

const I32_CONST = 0x41;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const VOID_BLOCK = 0x40;
const END = 0x0b;
const SIMD = 0xfd;
/** Alignment 2^2, as a hint: most vectors start at any multiple of a float. */
const ALIGN_FLOAT = 2;

export const get = ({ index }: Local): Code => [LOCAL_GET, unsigned(index)];
export const set = ({ index }: Local, value: Code): Code => [value, LOCAL_SET, unsigned(index)];
export const tee = ({ index }: Local, value: Code): Code => [value, LOCAL_TEE, unsigned(index)];

export const i32 = {
  const: (value: number): Code => [I32_CONST, signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  sub: (a: Code, b: Code): Code => [a, b, 0x6b],
  mul: (a: Code, b: Code): Code => [a, b, 0x6c],
  divide: (a: Code, b: Code): Code => [a, b, 0x6e],
  lessThan: (a: Code, b: Code): Code => [a, b, 0x48],
  lessOrEqual: (a: Code, b: Code): Code => [a, b, 0x4c],
};

export const f32x4 = {
  const: (value: number): Code => {
    const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
    return [SIMD, 0x0c, bytes, bytes, bytes, bytes];
  },
  load: (address: Code, offset: number): Code => simd(0x00, address, memoryArgument(offset)),
  /** The float at the address in all four lanes. */
  splat: (address: Code, offset: number): Code => simd(0x09, address, memoryArgument(offset)),
  store: (address: Code, offset: number, value: Code): Code =>
    simd(0x0b, [address, value], memoryArgument(offset)),
  add: (a: Code, b: Code): Code => simd(0xe4, [a, b]),
  sub: (a: Code, b: Code): Code => simd(0xe5, [a, b]),
  mul: (a: Code, b: Code): Code => simd(0xe6, [a, b]),
  /** `pmin` and `pmax` are one instruction on every processor; `min` and `max` are seven on x64. */
  min: (a: Code, b: Code): Code => simd(0xea, [a, b]),
  max: (a: Code, b: Code): Code => simd(0xeb, [a, b]),
};

/** Multiply-adds, which relaxed SIMD does in one instruction. */
export interface MultiplyAdd {
  /** a · b + c */
  madd: (a: Code, b: Code, c: Code) => Code;
  /** c − a · b */
  nmadd: (a: Code, b: Code, c: Code) => Code;
}

export const relaxedMultiplyAdd: MultiplyAdd = {
  madd: (a, b, c) => simd(0x105, [a, b, c]),
  nmadd: (a, b, c) => simd(0x106, [a, b, c]),
};

export const plainMultiplyAdd: MultiplyAdd = {
  madd: (a, b, c) => f32x4.add(c, f32x4.mul(a, b)),
  nmadd: (a, b, c) => f32x4.sub(c, f32x4.mul(a, b)),
};

export const call = (functionIndex: number, args: readonly Code[]): Code => [
  args,
  0x10,
  unsigned(functionIndex),
];

export const when = (condition: Code, then: Code): Code => [condition, 0x04, VOID_BLOCK, then, END];

/** do { body } while (condition) */
export const doWhile = (body: Code, condition: Code): Code => [
  0x03,
  VOID_BLOCK,
  body,
  condition,
  0x0d,
  0,
  END,
];

/** local += bytes */
export const advance = (local: Local, by: Code): Code => set(local, i32.add(get(local), by));

/** Zeros over a stretch of memory. */
export const clear = (address: Code, bytes: Code): Code => [
  address,
  i32.const(0),
  bytes,
  0xfc,
  unsigned(0x0b),
  0,
];

function simd(opcode: number, operands: Code, immediate: Code = []): Code {
  return [operands, SIMD, unsigned(opcode), immediate];
}

function memoryArgument(offset: number): Code {
  return [unsigned(ALIGN_FLOAT), unsigned(offset)];
}
