"use client";

import { type FormEvent, useRef, useState } from "react";
import { ApiError, api, type Problem, toProblem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { Button } from "@/app/_components/button";
import type { Signature } from "@/lib/models/schema";
import type { TensorSpec } from "../_signature/draft";
import { type FoundSource, nameFrom } from "./source";
import {
  emptyUpstream,
  placeFault,
  type UpstreamDraft,
  type UpstreamFaults,
  upstreamFaults,
  upstreamOf,
} from "./upstream-draft";
import { privateLabel, UpstreamFields } from "./upstream-fields";

type Described = { inputs: TensorSpec[]; outputs: TensorSpec[]; signature: Signature };
type UpstreamFormProps = {
  initial?: UpstreamDraft;
  storedNames?: readonly string[];
  /** Where the service is asked: of a version that exists its stored headers can be sent along. */
  describe?: (draft: UpstreamDraft) => Promise<Described>;
  onFound: (found: FoundSource) => void;
};

const askService = (draft: UpstreamDraft) =>
  api<Described>("POST", "/api/v1/admin/model-upstreams", upstreamOf(draft));

export function UpstreamForm(props: UpstreamFormProps) {
  const { initial = emptyUpstream, storedNames = [], describe = askService, onFound } = props;
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<UpstreamFaults>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);
  const form = useRef<HTMLFormElement>(null);

  function edit(change: Partial<UpstreamDraft>) {
    setDraft((before) => ({ ...before, ...change }));
    setFaults({});
  }

  function show(found: UpstreamFaults): boolean {
    setFaults(found);
    const isFaulty = Object.keys(found).length > 0;
    if (isFaulty)
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return isFaulty;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isRunning.current || show(upstreamFaults(draft))) return;
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    try {
      const described = await describe(draft);
      onFound({ ...described, ...aboutUpstream(draft) });
    } catch (error) {
      const found = faultsIn(error, draft);
      show(found);
      if (!isPlaced(found)) setProblem(toProblem(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-5">
      <UpstreamFields draft={draft} storedNames={storedNames} faults={faults} edit={edit} />
      <ProblemAlert problem={problem} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {draft.preset === "open_inference" ? "Ask the service" : "Next: name its inputs"}
        </Button>
      </div>
    </form>
  );
}

function aboutUpstream(draft: UpstreamDraft): Pick<FoundSource, "source" | "label" | "name"> {
  const { host } = new URL(draft.url.trim());
  return {
    source: { kind: "upstream", upstream: upstreamOf(draft) },
    label:
      draft.model.trim() && draft.preset !== "json" ? `${draft.model.trim()} at ${host}` : draft.url.trim(),
    name: nameFrom((draft.preset !== "json" && draft.model.trim()) || host.split(".")[0] || ""),
  };
}

/** The body may be the service itself, or the version that has it. */
function faultsIn(error: unknown, draft: UpstreamDraft): UpstreamFaults {
  if (!(error instanceof ApiError)) return {};
  const { code, errors = [] } = error.problem;
  const isRefused = code === "upstream.address_not_allowed" && !draft.isPrivateAllowed;
  return Object.fromEntries(
    errors.map(({ pointer, message, fix }) => [
      placeFault(draft, pointer.replace(/^\/(source\/upstream\/)?/, "")),
      isRefused
        ? `${message} If it really is there, switch on “${privateLabel}” below.`
        : fix.startsWith("Change the value")
          ? message
          : `${message} ${fix}`,
    ]),
  );
}

const places = ["url", "model", "rows_member", "results_member", "system_prompt", "tokens_max", "headers"];

/** Whether every fault has a field to stand at. */
const isPlaced = (faults: UpstreamFaults): boolean =>
  Object.keys(faults).length > 0 &&
  Object.keys(faults).every((place) => places.includes(place) || place.startsWith("header "));
