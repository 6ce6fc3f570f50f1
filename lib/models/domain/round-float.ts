import type { Datatype } from "../../runners/domain";

/** A number as a model of this type meant it. */
export function shortest(value: number, datatype: Datatype): number {
  if (datatype === "FP32") return shortestFloat(value);
  return datatype === "FP16" ? shortestHalf(value) : value;
}

/**
 * The shortest decimal that is the same 32-bit number: 0.1 instead of 0.10000000149011612. What comes after it was
 * never in the model's answer.
 */
export function shortestFloat(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  const places = 5 - Math.floor(Math.log10(Math.abs(value)));
  // Six digits first: everything shorter is found among these. Nine are always enough.
  for (let more = Math.max(0, places); more < places + 4 && more <= 22; more += 1) {
    const power = powersOfTen[more] as number;
    const short = Math.round(value * power) / power;
    if (Math.fround(short) === value) return short;
  }
  return bySearch(value);
}

/** Powers of ten that are exact, so that dividing by them gives the very number that the decimal means. */
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

function bySearch(value: number): number {
  for (let count = 6; count < 9; count += 1) {
    const short = Number(value.toPrecision(count));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** The same for numbers of 16 bits, of which five digits are always enough. */
export function shortestHalf(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  for (let count = 3; count < 5; count += 1) {
    const short = Number(value.toPrecision(count));
    if (Math.abs(short - value) < halfStep(Math.min(Math.abs(short), Math.abs(value)))) return short;
  }
  return Number(value.toPrecision(5));
}

/** Half the distance from one number of 16 bits to the next: what is nearer than that is the same number. */
const halfStep = (size: number): number => 2 ** (Math.max(-14, Math.floor(Math.log2(size))) - 11);
