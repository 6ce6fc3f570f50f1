import { singleton } from "./singleton";

const shift = () => singleton("clock", () => ({ ms: 0 }));

/** The time everything is decided by. Tests move it, and so does a demo while it lives through its made-up weeks. */
export const now = (): Date => new Date(Date.now() + shift().ms);

/** The same as a number, for the hot path: no object to make and throw away. */
export const nowMs = (): number => Date.now() + shift().ms;

export function moveClock(ms: number): void {
  shift().ms += ms;
}

export function resetClock(): void {
  shift().ms = 0;
}
