import { AppError, type Fault } from "../../core/errors";
import type { Words } from "./value-words";

const faultsMax = 50;
const nameMax = 100;

export type Path = readonly (string | number)[];

/** RFC 6901. A name too long to be repeated is left out, and so is all below it. */
export function pointerOf(path: Path): string {
  let pointer = "";
  for (const part of path) {
    const text = String(part);
    if (text.length > nameMax) return pointer;
    pointer += `/${text.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return pointer;
}

/** A name that a caller sent, short enough to be said. */
export const shortName = (name: string): string =>
  JSON.stringify(name.length > nameMax ? `${name.slice(0, nameMax)}...` : name);

/** Collects what is wrong with an input: enough to mend it, never without bound. */
export class Faults {
  readonly list: Fault[] = [];

  get isFull(): boolean {
    return this.list.length >= faultsMax;
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  add(path: Path, { message, fix }: Words): void {
    if (!this.isFull) this.list.push({ pointer: pointerOf(path), message, fix });
  }

  toError(): AppError {
    const { list } = this;
    const count = this.isFull ? `At least ${list.length}` : String(list.length);
    const [first] = list;
    const detail =
      list.length === 1 && first
        ? first.message
        : `${count} things are wrong with the input. The first: ${first?.message}`;
    return new AppError("request.invalid", { detail, faults: list });
  }
}

/** Where row `index` is in the body. */
export const rowPath = (index: number, isBatch: boolean): Path => (isBatch ? ["inputs", index] : ["input"]);
