import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CopyableId } from "@/app/_components/copyable-id";
import { DefinitionList } from "@/app/_components/definition-list";
import { Mark } from "@/app/_components/mark";
import { type ErrorCode, errorTable, isErrorCode } from "@/lib/core/errors";
import { statusOfCode } from "@/lib/http/problem";
import { kindWords } from "./kind-words";

type ProblemPageProps = { params: Promise<{ code: string }> };

async function codeOf({ params }: ProblemPageProps): Promise<ErrorCode> {
  const { code } = await params;
  return isErrorCode(code) ? code : notFound();
}

export async function generateMetadata(props: ProblemPageProps): Promise<Metadata> {
  const { code } = await props.params;
  return { title: isErrorCode(code) ? errorTable[code].title : "Not found" };
}

/** What the `type` of an error answer points at. */
export default async function ProblemPage(props: ProblemPageProps) {
  const code = await codeOf(props);
  const { title, help, kind } = errorTable[code];
  const status = statusOfCode(code);
  const words = kindWords[kind];
  return (
    <main className="mx-auto w-full max-w-2xl px-6 pt-[10vh] pb-16">
      <Link
        href="/"
        className="inline-flex items-center gap-2.5 rounded-sm font-semibold text-[15px] tracking-tight"
      >
        <Mark />
        Adyton
      </Link>
      <p className="mt-10 font-medium text-[13px] text-muted tabular-nums">Error {status}</p>
      <h1 className="mt-1 font-semibold text-2xl leading-8 tracking-tight">{title}</h1>
      <p className="mt-3 max-w-prose text-[15px] leading-6">{help}</p>
      <DefinitionList
        className="mt-8 border-t pt-4"
        items={[
          { term: "Code", description: <CopyableId value={code} label="code" /> },
          { term: "Status", description: `${status} ${words.name}` },
          { term: "What it means", description: words.meaning },
          { term: "Sending it again", description: words.again },
          {
            term: "Who can find out more",
            description:
              "Every error answer carries a request_id, also as the header X-Request-Id. With it an administrator finds the request in the log of the app.",
          },
        ]}
      />
    </main>
  );
}
