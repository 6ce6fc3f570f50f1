import { countOf } from "@/app/admin/_parts/count";
import type { Reach } from "./load-reach";

/** "12 people and the programs behind 5 API keys" */
export const reachWords = ({ people, keys }: Reach): string =>
  `${countOf(people, "person", "people")} and ${
    keys === null ? "their programs" : `the programs behind ${countOf(keys, "API key")}`
  }`;
