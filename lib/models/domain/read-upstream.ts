import type { Upstream } from "../../runners/domain";
import type { UpstreamInput } from "../schema";

/** What of an upstream is no secret, as it is stored: all but the headers. */
export const upstreamOf = (input: UpstreamInput): Upstream => ({
  preset: input.preset,
  url: input.url,
  model: input.model,
  rowsMember: input.rows_member,
  resultsMember: input.results_member,
  systemPrompt: input.system_prompt,
  tokensMax: input.tokens_max,
  isPrivateAllowed: input.is_private_allowed,
});

/** Which headers keep the value they had: those that were sent empty. */
export const keptHeaders = ({ headers }: UpstreamInput): string[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === "" ? [name] : []));

export const isSameOrigin = (one: string, other: string): boolean =>
  new URL(one).origin === new URL(other).origin;
