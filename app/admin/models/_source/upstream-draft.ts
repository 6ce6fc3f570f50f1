import type { UpstreamInput } from "@/lib/models/schema";

export type Preset = UpstreamInput["preset"];
export type HeaderDraft = { key: number; name: string; value: string };

/** As it is being written: everything is text. */
export type UpstreamDraft = {
  preset: Preset;
  url: string;
  model: string;
  rowsMember: string;
  resultsMember: string;
  systemPrompt: string;
  tokensMax: string;
  isPrivateAllowed: boolean;
  headers: HeaderDraft[];
};

type UpstreamView = Omit<UpstreamInput, "headers"> & { header_names: readonly string[] };

export const emptyUpstream: UpstreamDraft = {
  preset: "open_inference",
  url: "",
  model: "",
  rowsMember: "",
  resultsMember: "",
  systemPrompt: "",
  tokensMax: "",
  isPrivateAllowed: false,
  headers: [],
};

/** What is known of a service that a version uses already: all but what its headers hold. */
export const upstreamDraft = (view: UpstreamView): UpstreamDraft => ({
  preset: view.preset,
  url: view.url,
  model: view.model ?? "",
  rowsMember: view.rows_member ?? "",
  resultsMember: view.results_member ?? "",
  systemPrompt: view.system_prompt ?? "",
  tokensMax: view.tokens_max === null ? "" : String(view.tokens_max),
  isPrivateAllowed: view.is_private_allowed,
  headers: view.header_names.map((name, key) => ({ key, name, value: "" })),
});

const trimmed = (text: string): string | null => text.trim() || null;

/** Only what the preset knows is sent. */
export function upstreamOf(draft: UpstreamDraft): UpstreamInput {
  const { preset } = draft;
  return {
    preset,
    url: draft.url.trim(),
    model: preset === "json" ? null : trimmed(draft.model),
    rows_member: preset === "json" ? trimmed(draft.rowsMember) : null,
    results_member: preset === "json" ? trimmed(draft.resultsMember) : null,
    system_prompt: preset === "chat" ? trimmed(draft.systemPrompt) : null,
    tokens_max: preset === "chat" && draft.tokensMax.trim() !== "" ? Number(draft.tokensMax) : null,
    is_private_allowed: draft.isPrivateAllowed,
    headers: Object.fromEntries(draft.headers.map(({ name, value }) => [name.trim(), value])),
  };
}

export type UpstreamFaults = Readonly<Record<string, string>>;

/** What the browser can see is wrong, by the place where the API would point. */
export function upstreamFaults(draft: UpstreamDraft): UpstreamFaults {
  const faults: Record<string, string> = {};
  if (!/^https?:\/\/[^\s/]+/i.test(draft.url.trim()))
    faults.url = "Write a full address such as https://models.example.org/predict.";
  // An address can also be that of the model itself.
  if (draft.preset === "open_inference" && draft.model.trim() === "" && !draft.url.includes("/v2/models/"))
    faults.model = "Write what the model is called there.";
  if (draft.preset === "chat" && draft.model.trim() === "")
    faults.model = "Write which model of the service to use.";
  if (draft.tokensMax.trim() !== "" && !/^[1-9]\d{0,6}$/.test(draft.tokensMax.trim()))
    faults.tokens_max = "Write a whole number from 1 to 1,000,000, or leave it empty.";
  const seen = new Set<string>();
  for (const { key, name, value } of draft.headers) {
    const fault = headerFault(name.trim(), value, seen);
    if (fault) faults[`header ${key}`] = fault;
    seen.add(name.trim().toLowerCase());
  }
  return faults;
}

function headerFault(name: string, value: string, seen: ReadonlySet<string>): string | undefined {
  if (name === "") return "Write the name of the header, or remove the row.";
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)) return "This is not the name of a header.";
  if (seen.has(name.toLowerCase())) return "This header is there twice.";
  return /^[\t\x20-\x7e]*$/.test(value)
    ? undefined
    : "The value may hold plain letters, digits and signs only.";
}

/** "/headers/Authorization" belongs to the row with that name. */
export function placeFault(draft: UpstreamDraft, member: string): string {
  if (!member.startsWith("headers/")) return member;
  const name = member.slice("headers/".length).replaceAll("~1", "/").replaceAll("~0", "~");
  const row = draft.headers.find((header) => header.name.trim().toLowerCase() === name.toLowerCase());
  return row ? `header ${row.key}` : "headers";
}
