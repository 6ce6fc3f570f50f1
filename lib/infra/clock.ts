import { singleton } from "./singleton";

const shift = () => singleton("clock", () => ({ ms: 0 }));

/** The time everything is decided by. Tests move it; nothing else does. */
export const now = (): Date => new Date(Date.now() + shift().ms);

export function moveClock(ms: number): void {
  shift().ms += ms;
}

export function resetClock(): void {
  shift().ms = 0;
}
