// Named steps with their times: what `npm start` and `npm test` tell the person who waits.
const isTerminal = process.stdout.isTTY === true;
const dim = (text) => (isTerminal ? `\u001b[2m${text}\u001b[0m` : text);

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** A failure its reader can mend: printed as the sentence it is. */
export class StepError extends Error {
  name = "SetupError";
}

export async function step(name, work) {
  const startedAt = performance.now();
  process.stdout.write(`  ${name} ...`);
  try {
    const result = await work();
    process.stdout.write(` ${dim(`done (${seconds(performance.now() - startedAt)})`)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(" failed\n");
    throw error;
  }
}

/** One sentence for mistakes that can be mended; everything else with its stack, because it is ours. */
export function fail(error) {
  if (error?.name === "SetupError" || error?.name === "AppError") console.error(`\n${error.message}\n`);
  else console.error("\nThis should not happen; please report it with the lines below.\n", error);
  process.exit(1);
}
