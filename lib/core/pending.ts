/**
 * Is there anything to wait for? On the hot routes nearly everything is known already, and waiting for what is
 * there would cost more than the rest of the work: `isPending(x) ? await x : x`.
 */
export const isPending = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function";
