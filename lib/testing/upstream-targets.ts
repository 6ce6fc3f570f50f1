import { singleton, takeSingleton } from "../infra/singleton";
import type { Preset, TensorSpec, Upstream, UpstreamTarget } from "../runners/domain";

let made = 0;

/** A version of its own for each test, which may call this machine unless it says otherwise. */
export function upstreamTarget(
  url: string,
  changes: Partial<Upstream> & {
    headers?: Record<string, string>;
    inputs?: TensorSpec[];
    outputs?: TensorSpec[];
    queueMax?: number;
  } = {},
): UpstreamTarget {
  const { headers = {}, inputs = [], outputs = [], queueMax = 100, ...upstream } = changes;
  made += 1;
  return {
    id: `mdv_test${made}`,
    upstream: {
      preset: "json" satisfies Preset,
      url,
      model: null,
      rowsMember: null,
      resultsMember: null,
      systemPrompt: null,
      tokensMax: null,
      isPrivateAllowed: true,
      ...upstream,
    },
    headers,
    inputs,
    outputs,
    queueMax,
  };
}

/** From here on these names lead where a test says, each time anew. The answer puts everything back. */
export function useNames(lookUp: (name: string) => string[]): () => void {
  takeSingleton("upstream-resolver");
  singleton(
    "upstream-resolver",
    () => async (name: string) =>
      lookUp(name).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
  );
  return () => void takeSingleton("upstream-resolver");
}
