// Numbers of 16 bits, which JavaScript has no arrays for yet: sign, 5 bits of exponent, 10 of fraction.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** To the nearest, ties to the even one, as IEEE 754 says. */
export function toHalf(value) {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const size = Math.abs(float[0]);
  if (Number.isNaN(size)) return sign | 0x7e00;
  if (size >= 65_520) return sign | 0x7c00;
  // Below the smallest exponent the steps stay the same: 2 to the power of -24.
  const exponent = Math.max(-14, ((bits[0] >>> 23) & 0xff) - 127);
  const steps = roundEven(size / 2 ** (exponent - 10));
  // A fraction that was rounded up to the next power of two carries over into the exponent by itself.
  return sign | (((exponent + 14) << 10) + steps);
}

export function fromHalf(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
