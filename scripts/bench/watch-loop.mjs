// Loaded into every server of the bench with --import: how late is its event loop? Asked over the channel to its parent.
const everyMs = 5;
let samples = [];
let last = 0;

const look = () => {
  const now = performance.now();
  samples.push(Math.max(0, now - last - everyMs));
  last = now;
};

const answers = {
  watch: () => {
    samples = [];
    last = performance.now();
    return null;
  },
  report: () => samples.sort((a, b) => a - b)[Math.floor((samples.length - 1) * 0.99)] ?? null,
};

if (process.send) {
  setInterval(look, everyMs).unref();
  process.on("message", ({ question }) => {
    if (Object.hasOwn(answers, question ?? "")) process.send({ answer: answers[question]() });
  });
  process.channel.unref();
}
