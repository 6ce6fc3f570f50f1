import { type Datatype, emptyData, type TensorData } from "../../runners/domain";
import type { Column } from "../schema";
import {
  asBigInts,
  asNumbers,
  asTexts,
  isDigits,
  isFloat,
  isText,
  isWide,
  type Range,
  rangeOf,
} from "./number-ranges";
import { type ValueRules, type Words, wordsFor } from "./value-words";

/** Writes a value to its place and says whether it could be taken. Nothing is written of one that could not. */
export type Put = (data: TensorData, at: number, value: unknown) => boolean;

export type ValueReader = {
  /** How many places of the tensor it takes. */
  width: number;
  put: Put;
  /** Would `put` take it? */
  accepts: (value: unknown) => boolean;
  /** Why not. */
  wordsFor: (value: unknown) => Words;
};

/** The reader of one column for the type of its tensor. */
export function readerOf(column: Column, datatype: Datatype): ValueReader {
  const isWhole = column.kind === "number" && !isFloat(datatype) && !isText(datatype);
  const rules: ValueRules = { ...column, isWhole };
  const range = rangeOf(datatype, column.min, column.max);
  const width = column.one_hot ? (column.categories?.length ?? 1) : 1;
  const put = putOf(rules, column.one_hot, datatype, range);
  return {
    width,
    put,
    accepts: (value) => put(emptyData(datatype, width), 0, value),
    wordsFor: (value) => wordsFor(value, rules, range),
  };
}

/** The reader of the bare values of a tensor that nobody named. */
export function bareReaderOf(name: string, datatype: Datatype): ValueReader {
  const kind = isText(datatype) ? "text" : isFloat(datatype) ? "number" : "integer";
  const rules: ValueRules = {
    name,
    kind,
    unit: null,
    min: null,
    max: null,
    categories: null,
    length_max: null,
    isWhole: false,
  };
  const range = rangeOf(datatype, null, null);
  const plain = putOf(rules, false, datatype, range);
  const put: Put =
    datatype === "BOOL" ? (data, at, value) => putBoolean(data, at, value) || plain(data, at, value) : plain;
  return {
    width: 1,
    put,
    accepts: (value) => put(emptyData(datatype, 1), 0, value),
    wordsFor: (value) => wordsFor(value, rules, range),
  };
}

function putOf(rules: ValueRules, isOneHot: boolean, datatype: Datatype, range: Range): Put {
  switch (rules.kind) {
    case "number":
    case "integer":
      return putNumber(rules.kind === "integer" || rules.isWhole, datatype, range);
    case "boolean":
      if (isText(datatype)) return putBooleanText;
      return isWide(datatype) ? putWideBoolean : putBoolean;
    case "category":
      return putCategory(rules.categories ?? [], isOneHot, datatype);
    case "text":
      return putText(rules.length_max ?? Number.POSITIVE_INFINITY);
  }
}

function putNumber(isWhole: boolean, datatype: Datatype, range: Range): Put {
  if (isWide(datatype)) return putWide(range);
  const [min, max] = [Number(range.min), Number(range.max)];
  const isTaken = (value: unknown): value is number =>
    typeof value === "number" && value >= min && value <= max && (!isWhole || Number.isSafeInteger(value));
  if (isText(datatype))
    return (data, at, value) => {
      if (!isTaken(value)) return false;
      asTexts(data)[at] = String(value);
      return true;
    };
  return (data, at, value) => {
    if (!isTaken(value)) return false;
    asNumbers(data)[at] = value;
    return true;
  };
}

/** 64-bit numbers come as numbers as far as these are exact, else as text of digits. */
const putWide =
  ({ min, max }: Range): Put =>
  (data, at, value) => {
    if (!Number.isSafeInteger(value) && !isDigits(value)) return false;
    const number = BigInt(value as number | string);
    if (number < min || number > max) return false;
    asBigInts(data)[at] = number;
    return true;
  };

const putBoolean: Put = (data, at, value) => {
  if (typeof value !== "boolean") return false;
  asNumbers(data)[at] = value ? 1 : 0;
  return true;
};

const putWideBoolean: Put = (data, at, value) => {
  if (typeof value !== "boolean") return false;
  asBigInts(data)[at] = value ? 1n : 0n;
  return true;
};

const putBooleanText: Put = (data, at, value) => {
  if (typeof value !== "boolean") return false;
  asTexts(data)[at] = value ? "true" : "false";
  return true;
};

function putCategory(categories: readonly string[], isOneHot: boolean, datatype: Datatype): Put {
  const positions = new Map(categories.map((category, position) => [category, position]));
  const position = (value: unknown) => (typeof value === "string" ? positions.get(value) : undefined);
  if (isText(datatype))
    return (data, at, value) => {
      if (position(value) === undefined) return false;
      asTexts(data)[at] = value as string;
      return true;
    };
  // The data is made of zeros, so one_hot writes the single one.
  const set = isWide(datatype)
    ? (data: TensorData, at: number, number: number) => {
        asBigInts(data)[at] = BigInt(number);
      }
    : (data: TensorData, at: number, number: number) => {
        asNumbers(data)[at] = number;
      };
  return (data, at, value) => {
    const found = position(value);
    if (found === undefined) return false;
    if (isOneHot) set(data, at + found, 1);
    else set(data, at, found);
    return true;
  };
}

const putText =
  (lengthMax: number): Put =>
  (data, at, value) => {
    if (typeof value !== "string" || value.length > lengthMax || !value.isWellFormed()) return false;
    asTexts(data)[at] = value;
    return true;
  };
