import { FileQuestion, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Button } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { PageHeader } from "@/app/_components/page-header";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import type { SessionActor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { requireMemberPage } from "@/lib/http/page";
import { getRefusal } from "@/lib/refusals/queries";
import { whyQuery } from "@/lib/refusals/schema";
import { refusalView } from "@/lib/refusals/view";
import { Verdict } from "./verdict";

export const metadata: Metadata = { title: "Why was this refused?" };

async function findRefusal(actor: SessionActor, id: string) {
  try {
    return refusalView(await getRefusal(actor, id));
  } catch (error) {
    if (error instanceof AppError && error.code === "refusal.not_found") return null;
    throw error;
  }
}

export default async function WhyPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const { id } = await readQuery(whyQuery, searchParams);
  const refusal = id ? await findRefusal(actor, id) : null;
  return (
    <>
      <PageHeader
        title="Why was this refused?"
        description="Every answer of the app carries a request id. Paste the one of a call that was refused or failed, and see which check said no and what to do about it."
      />
      <form action="/why" className="mb-6 flex max-w-2xl flex-wrap items-end gap-2">
        <Field label="Request id" className="min-w-0 flex-1 basis-64">
          <Input
            name="id"
            defaultValue={id ?? ""}
            placeholder="req_…"
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button type="submit" variant="primary">
          Explain
        </Button>
      </form>
      {refusal ? <Verdict refusal={refusal} /> : <NothingYet wasAsked={Boolean(id)} />}
    </>
  );
}

function NothingYet({ wasAsked }: { wasAsked: boolean }) {
  if (wasAsked) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing is known about this request"
        text="Refused and failed requests are kept for seven days, and you see your own. A call that worked was not refused: look under Predictions."
      />
    );
  }
  return (
    <EmptyState
      icon={<FileQuestion />}
      title="Where is the request id?"
      text="In the body of every error as request_id, and in the header X-Request-Id of every answer. The playground shows it beside the result."
    />
  );
}
