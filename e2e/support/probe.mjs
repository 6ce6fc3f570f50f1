// Loaded into every host process with --import: measures its event loop, moves its clock, and lets no host
// outlive the test that started it. Talks over the channel of child_process, which no client can reach.
import { readFileSync } from "node:fs";

const everyMs = 5;
let timer;
let samples = [];

/** How long the main thread was ready to run but had no processor: what other programs took from us. Linux only. */
function waitedForProcessorMs() {
  try {
    return Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}

function measure() {
  samples = [];
  let last = performance.now();
  let lastWaited = waitedForProcessorMs();
  timer = setInterval(() => {
    const now = performance.now();
    const waited = waitedForProcessorMs();
    const late = Math.max(0, now - last - everyMs);
    samples.push({ late, own: Math.max(0, late - (waited - lastWaited)) });
    last = now;
    lastWaited = waited;
  }, everyMs).unref();
  return {};
}

const percentile = (values, share) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];

function report() {
  clearInterval(timer);
  const late = samples.map((sample) => sample.late);
  const own = samples.map((sample) => sample.own);
  return {
    p99: percentile(late, 0.99),
    p99Own: percentile(own, 0.99),
    max: percentile(late, 1),
    samples: samples.length,
  };
}

const singletons = () => globalThis[Symbol.for("adyton")];

/** What the app does once a minute, now: its timer is pressed by hand, and its round waited for. */
async function lookForAlerts() {
  const watch = singletons().get("alert-watch");
  watch.timer._onTimeout();
  await watch.looking;
  return {};
}

const answers = {
  lookForAlerts,
  measure,
  report,
  moveClock: ({ ms }) => {
    if (!singletons().has("clock")) singletons().set("clock", { ms: 0 });
    singletons().get("clock").ms += ms;
    return {};
  },
};

if (process.send) {
  process.on("message", async (message) => {
    if (!message?.probe) return;
    process.send({ probe: message.probe, ...(await answers[message.probe](message)) });
  });
  process.on("disconnect", () => process.exit(1));
  process.channel.unref();
}
