import type { Server } from "node:http";

/** So long may those who are in already wait for those who stand at the door. */
const heldMs = 20;

/**
 * Node lets one new connection in per round of its loop. When a thousand come at once, and those who are in keep
 * every round busy, the others stand outside for seconds. So while somebody came in during the last round, the
 * work of the round is held back for a moment: rounds with nothing to do are short, and everybody is in soon.
 * Answers a function that runs the work of a request, at once or after that moment.
 */
export function letInFirst(server: Server): (work: () => void) => void {
  let hasArrived = false;
  let isTurning = false;
  let heldSince = 0;
  let held: (() => void)[] = [];

  const turn = () => {
    const isOver = !hasArrived || performance.now() - heldSince > heldMs;
    hasArrived = false;
    isTurning = held.length > 0 && !isOver;
    if (isTurning) setImmediate(turn);
    if (!isOver) return;
    const works = held;
    held = [];
    for (const work of works) work();
  };

  server.on("connection", () => {
    hasArrived = true;
    if (!isTurning) setImmediate(turn);
    isTurning = true;
  });

  return (work) => {
    if (!hasArrived) return work();
    if (held.length === 0) heldSince = performance.now();
    held.push(work);
  };
}
