import type { Metadata } from "next";
import { pageActor } from "@/lib/http/page";
import { LinkButton } from "./_components/button";
import { Notice } from "./_components/notice";
import { explainRole } from "./_console/role-words";

export const metadata: Metadata = { title: "Not allowed" };

export default async function Forbidden() {
  const actor = await pageActor().catch(() => null);
  return (
    <Notice
      eyebrow="403"
      title="This page is for administrators"
      text="You are signed in, but your account may not open it. Ask an administrator to do what you wanted to do, or to change your role."
      action={
        <LinkButton href="/dashboard" variant="primary">
          Go to your overview
        </LinkButton>
      }
    >
      {actor?.kind === "session" && (
        <p>
          Signed in as <span className="font-medium text-ink">{actor.user.email}</span>, role{" "}
          <span className="font-medium text-ink">{explainRole(actor.user.role).label}</span>.
        </p>
      )}
    </Notice>
  );
}
