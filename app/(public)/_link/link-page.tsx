"use client";

import type { ReactNode } from "react";
import type { Problem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { Alert } from "@/app/_components/alert";
import { AuthCard } from "@/app/_components/auth-card";
import { Button, LinkButton } from "@/app/_components/button";
import { RelativeTime } from "@/app/_components/relative-time";
import { Skeleton } from "@/app/_components/skeleton";
import { type LinkPurpose, type OpenLink, useLink } from "./use-link";

type LinkPageProps = {
  purpose: LinkPurpose;
  /** What the link is called in sentences. */
  noun: string;
  title: string | ((link: OpenLink) => string);
  text: (link: OpenLink) => ReactNode;
  /** The address of whoever this browser is signed in as already. */
  signedInAs: string | null;
  children: (link: OpenLink, fail: (problem: Problem) => void) => ReactNode;
};

/** From the link that somebody was sent to the form that it opens. */
export function LinkPage({ purpose, noun, title, text, signedInAs, children }: LinkPageProps) {
  const { state, retry, fail } = useLink(purpose);
  if (state.kind === "loading") return <LoadingCard title={`Opening your ${noun}`} />;
  if (state.kind === "missing") {
    return (
      <DeadEnd title={`Your ${noun} is not complete`}>
        The end of the address is missing, or the page was loaded a second time. Open the link again from the
        message you got it in, and copy it whole.
      </DeadEnd>
    );
  }
  if (state.kind === "failed") {
    if (state.problem.code !== "link.invalid") return <Failure problem={state.problem} onRetry={retry} />;
    return (
      <DeadEnd title="This link no longer works">
        A link works once, for a limited time, and only the newest one counts. Ask for a new one where you
        asked for this, or the person who sent it. If you used it before, all is done: sign in.
      </DeadEnd>
    );
  }
  const { link } = state;
  return (
    <AuthCard
      title={typeof title === "string" ? title : title(link)}
      text={text(link)}
      footer={
        <>
          The link works once and runs out <RelativeTime at={link.expiresAt} />.
        </>
      }
    >
      {signedInAs && signedInAs !== link.email && !link.purpose.startsWith("email_") && (
        <Alert
          className="mb-5"
          title={`You are signed in as ${signedInAs}`}
          text={`If you go on, this browser is signed in as ${link.email} instead.`}
        />
      )}
      {children(link, fail)}
    </AuthCard>
  );
}

function LoadingCard({ title }: { title: string }) {
  return (
    <AuthCard title={title}>
      <div role="status" className="space-y-4">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-3.5 w-3/5" />
        <Skeleton className="h-9" />
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    </AuthCard>
  );
}

function DeadEnd({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AuthCard title={title} text={children}>
      <LinkButton href="/login" variant="primary" className="w-full">
        Go to the sign-in page
      </LinkButton>
    </AuthCard>
  );
}

function Failure({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <AuthCard title="The link could not be checked" text="It is not used up. Try again in a moment.">
      <div className="space-y-4">
        <ProblemAlert problem={problem} />
        <Button variant="primary" className="w-full" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </AuthCard>
  );
}
