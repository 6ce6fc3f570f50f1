import { useEffect, useEffectEvent } from "react";
import { jsonOf, type Rows, readJson } from "@/app/_model/json-rows";
import { fragmentLengthMax, fragmentOf, fragmentStart } from "@/app/_model/playground-href";

const settleMs = 400;

function readFragment(): Rows | null {
  const { hash } = window.location;
  if (!hash.startsWith(fragmentStart)) return null;
  try {
    const rows = readJson(decodeURIComponent(hash.slice(fragmentStart.length)));
    return typeof rows === "string" ? null : rows;
  } catch {
    return null;
  }
}

/**
 * Keeps what was typed in the fragment of the address, so that a reload loses nothing and a link can be handed on.
 * Browsers keep that part to themselves: no server or log ever sees it.
 */
export function useInputFragment(rows: Rows, example: Rows, fill: (rows: Rows) => void): void {
  const fillOnce = useEffectEvent(() => {
    const found = readFragment();
    if (found) fill(found);
  });
  useEffect(() => fillOnce(), []);

  const text = jsonOf(rows);
  const isExample = text === jsonOf(example);
  const write = useEffectEvent(() => {
    const { pathname, search, hash } = window.location;
    const next = isExample ? "" : fragmentOf(rows);
    if (next !== hash && next.length <= fragmentLengthMax)
      history.replaceState(null, "", pathname + search + next);
  });
  // `text` stands for the rows, which are another object with each drawing.
  useEffect(() => {
    const timer = setTimeout(write, settleMs);
    return () => clearTimeout(timer);
  }, [text]);
}
