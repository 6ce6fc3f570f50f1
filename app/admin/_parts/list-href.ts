type Values = Record<string, string | number | undefined>;

/** The address of a list with these filters; what is absent or at its default stays out of it. */
export function listHref(path: string, values: Values, defaults: Values = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "" && value !== defaults[name]) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}
