// The features and their order as lib/README.md says them: the page people read is the page the checks obey.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../prepare.mjs";

const row = /^\|\s*`([a-z-]+)`\s*\|[^|]*\|([^|]*)\|\s*$/;

/** Lowest first: `[{ name: "users", specials: ["links", "passwords"] }, ...]`; a special is a file or a folder. */
export function readFeatures() {
  const text = readFileSync(path.join(root, "lib/README.md"), "utf8");
  const [, section = ""] = text.split(/^## Features.*$/m);
  return section
    .split(/^## /m, 1)[0]
    .split("\n")
    .map((line) => line.match(row))
    .filter((match) => match !== null)
    .map(([, name, special]) => ({
      name,
      specials: [...special.matchAll(/`([^`]+?)(\.ts|\/)?`/g)].map(([, stem]) => stem),
    }));
}
