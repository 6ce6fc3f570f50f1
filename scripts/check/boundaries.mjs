// What may import what: the rules of .dependency-cruiser.mjs.
import { cruise } from "dependency-cruiser";
import config, { forbiddenAtRunTime, skipTypeImports, sources } from "../../.dependency-cruiser.mjs";
import { at, root } from "../prepare.mjs";

async function violations(forbidden, { isRunTime }) {
  skipTypeImports(isRunTime);
  const { enhancedResolveOptions, ...options } = config.options;
  const { output } = await cruise(
    sources,
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden, options } },
    { ...enhancedResolveOptions, tsConfig: at("tsconfig.json") },
  );
  return output.summary.violations;
}

const wayOf = ({ from, to, cycle, via }) =>
  `    ${[from, ...((cycle ?? via)?.map(({ name }) => name) ?? [to])].join(" → ")}`;

/** One text per rule that was broken: what it teaches, and every place. */
export async function boundaryFaults() {
  const found = [
    ...(await violations(config.forbidden, { isRunTime: false })),
    ...(await violations(forbiddenAtRunTime, { isRunTime: true })),
  ];
  return [...config.forbidden, ...forbiddenAtRunTime].flatMap(({ name, comment }) => {
    const places = found.filter(({ rule }) => rule.name === name).map(wayOf);
    return places.length === 0 ? [] : [[`${name}: ${comment}`, ...new Set(places)].join("\n")];
  });
}
