// Float32 to float16 bits, rounded to nearest: typed arrays of halves are newer than the browsers we promise.

export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfOf);
}

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent <= 0) {
    // Too small for a whole mantissa: what is left of it moves down.
    return exponent < -10 ? sign : sign | roundShift(mantissa | 0x800000, 14 - exponent);
  }
  // A mantissa that rounds up to the next power of two carries into the exponent, as it should.
  return sign + (exponent << 10) + roundShift(mantissa, 13);
}

function roundShift(value: number, by: number): number {
  return (value + (1 << (by - 1))) >>> by;
}
