import type { Datatype, TensorData } from "../../runners/domain";

/** Smallest and largest value of the types that hold numbers; BYTES hold text. */
const ranges = {
  BOOL: [0, 1],
  UINT8: [0, 255],
  UINT16: [0, 65_535],
  UINT32: [0, 4_294_967_295],
  UINT64: [0n, 18_446_744_073_709_551_615n],
  INT8: [-128, 127],
  INT16: [-32_768, 32_767],
  INT32: [-2_147_483_648, 2_147_483_647],
  INT64: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  FP16: [-65_504, 65_504],
  FP32: [-3.4028234663852886e38, 3.4028234663852886e38],
  FP64: [-Number.MAX_VALUE, Number.MAX_VALUE],
} as const satisfies Record<Exclude<Datatype, "BYTES">, readonly [number | bigint, number | bigint]>;

export const isFloat = (datatype: Datatype): boolean => datatype.startsWith("FP");
export const isText = (datatype: Datatype): boolean => datatype === "BYTES";
/** Too wide for the numbers of JavaScript. */
export const isWide = (datatype: Datatype): boolean => datatype === "INT64" || datatype === "UINT64";

export type Range = { min: number | bigint; max: number | bigint };

/** What fits both the type and the bounds that somebody set. */
export function rangeOf(datatype: Datatype, min: number | null, max: number | null): Range {
  const [lowest, highest] = datatype === "BYTES" ? ranges.FP64 : ranges[datatype];
  return {
    min: min !== null && min > lowest ? min : lowest,
    max: max !== null && max < highest ? max : highest,
  };
}

/** A number of at most 64 bits, written out. */
const digits = /^-?\d{1,20}$/;
export const isDigits = (value: unknown): value is string => typeof value === "string" && digits.test(value);

type NumberData = Exclude<TensorData, string[] | BigInt64Array | BigUint64Array>;

/** A tensor's values as the kind of array that its type has. The casts keep the hot path free of checks. */
export const asNumbers = (data: TensorData) => data as NumberData;
export const asBigInts = (data: TensorData) => data as BigInt64Array;
export const asTexts = (data: TensorData) => data as string[];
