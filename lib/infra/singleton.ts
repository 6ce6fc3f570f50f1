const key = Symbol.for("adyton");
const holder = globalThis as { [key]?: Map<string, unknown> };
holder[key] ??= new Map();
const store = holder[key];

/**
 * One per process, whatever module asks. Next bundles its own copies of these files, so a plain
 * module variable would exist several times; `globalThis` exists once.
 */
export function singleton<T>(name: string, make: () => T): T {
  if (!store.has(name)) store.set(name, make());
  return store.get(name) as T;
}

/** Forgets one, so that the next caller makes it anew: for tests and for closing. */
export function takeSingleton<T>(name: string): T | undefined {
  const value = store.get(name) as T | undefined;
  store.delete(name);
  return value;
}
