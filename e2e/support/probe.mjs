// Loaded into every host process with --import: measures its event loop, moves its clock, and lets no host
// outlive the test that started it. Talks over the channel of child_process, which no client can reach.
import { monitorEventLoopDelay } from "node:perf_hooks";

const histogram = monitorEventLoopDelay({ resolution: 5 });

const answers = {
  measure: () => {
    histogram.reset();
    histogram.enable();
    return {};
  },
  report: () => {
    histogram.disable();
    return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6, samples: histogram.count };
  },
  moveClock: ({ ms }) => {
    const singletons = globalThis[Symbol.for("adyton")];
    if (!singletons.has("clock")) singletons.set("clock", { ms: 0 });
    singletons.get("clock").ms += ms;
    return {};
  },
};

if (process.send) {
  process.on("message", (message) => {
    if (!message?.probe) return;
    process.send({ probe: message.probe, ...answers[message.probe](message) });
  });
  process.on("disconnect", () => process.exit(1));
  process.channel.unref();
}
