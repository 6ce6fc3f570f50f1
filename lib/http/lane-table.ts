import type { RouteHandler } from "./route";

export type LaneStop = { handler: RouteHandler; params: Record<string, string> };

const noParams = {};

type Pattern = { method: string; shape: RegExp; names: string[]; handler: RouteHandler };

function patternOf([route, handler]: [string, RouteHandler]): Pattern {
  const [method = "", address = ""] = route.split(" ");
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  return { method, shape: new RegExp(`^${address.replaceAll(/\{\w+\}/g, "([^/]+)")}$`), names, handler };
}

/**
 * Finds the handler of a method and path, with the values of `{...}`. What cannot be decoded is nobody's here: Next
 * has its own answer to that.
 */
export function laneTable(routes: Record<string, RouteHandler>) {
  const entries = Object.entries(routes);
  const hasParams = ([route]: [string, RouteHandler]): boolean => route.includes("{");
  const plain = new Map(
    entries
      .filter((entry) => !hasParams(entry))
      .map(([route, handler]): [string, LaneStop] => [route, { handler, params: noParams }]),
  );
  const patterns = entries.filter(hasParams).map(patternOf);
  return function find(method: string, pathname: string): LaneStop | null {
    const stop = plain.get(`${method} ${pathname}`);
    if (stop) return stop;
    for (const { method: wanted, shape, names, handler } of patterns) {
      const values = wanted === method && shape.exec(pathname);
      if (!values) continue;
      try {
        const pairs = names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? "")]);
        return { handler, params: Object.fromEntries(pairs) };
      } catch {
        return null;
      }
    }
    return null;
  };
}
