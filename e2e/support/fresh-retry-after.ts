import type { Answer } from "./client";

/** Of a refusal whose last second has just begun, so that what the calls take themselves cannot use it up. */
export async function freshRetryAfter(call: () => Promise<Answer>): Promise<number> {
  const read = async () => Number((await call()).headers["retry-after"]);
  const first = await read();
  for (;;) {
    const seconds = await read();
    if (seconds !== first) return seconds;
  }
}
