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
