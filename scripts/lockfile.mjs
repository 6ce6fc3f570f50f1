// What has to be true of package-lock.json on every machine, whatever registry wrote it.

/** The entry of `name` for the package at `place`, looked for the way Node does: here, then in each one above. */
export function findEntry(packages, place, name) {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1))) {
    const entry = packages[from === "" ? `node_modules/${name}` : `${from}/node_modules/${name}`];
    if (entry || from === "") return entry;
  }
}

/** Optional packages that somebody wants and nobody wrote down: `npm ci` refuses a lockfile with such gaps. */
export const missingOptional = (packages) =>
  Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !findEntry(packages, place, name))
      .map(([name, version]) => ({ place, name, version })),
  );
