// Loaded into a server that is measured: puts a ledger that does nothing in the place of the real one, so that the
// bench can say what metering costs. The product itself has no such switch.
const holder = Symbol.for("adyton");
globalThis[holder] ??= new Map();
const done = Promise.resolve();
globalThis[holder].set("ledger", {
  reserve: () => Promise.resolve(null),
  record: () => done,
  release: () => done,
  written: () => done,
  flush: () => done,
  settle: () => done,
});
