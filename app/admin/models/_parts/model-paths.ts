/** Where a model is on this machine: its page, and its calls. */
export const modelPath = (name: string, view?: string): string =>
  `/admin/models/${encodeURIComponent(name)}${view ? `?view=${view}` : ""}`;
export const modelApi = (name: string): string => `/api/v1/admin/models/${encodeURIComponent(name)}`;
