/**
 * Which of the types that a route can answer with the caller asks for: the one it wants most, and JSON where it names
 * none of them.
 */
export function acceptedType<T extends string>(headers: Headers, types: readonly T[]): T | null {
  const wanted = (headers.get("accept") ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => {
      const [type = "", ...parameters] = part.split(";").map((text) => text.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { type } of wanted) {
    if (type === "application/json") return null;
    const found = types.find((one) => one === type);
    if (found) return found;
  }
  return null;
}
