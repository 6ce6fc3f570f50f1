// Named steps with their times: what every command tells the person who waits.
const isTerminal = process.stdout.isTTY === true;
const colored = (code) => (text) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);
export const dim = colored(2);
export const red = colored(31);
export const green = colored(32);

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

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
    process.stdout.write(` ${red("failed")}\n`);
    throw error;
  }
}

const isMendable = (error) => error?.name === "SetupError" || error?.name === "AppError";

/** One sentence for mistakes that can be mended; everything else with its stack, because it is ours. */
export function explain(error) {
  if (isMendable(error)) console.error(`\n${error.message}\n`);
  else console.error("\nThis should not happen; please report it with the lines below.\n", error);
}

export function fail(error) {
  explain(error);
  process.exit(1);
}
