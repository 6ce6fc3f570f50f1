import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ownPath } from "@/app/_client/own-path";
import { Alert } from "@/app/_components/alert";
import { AuthCard } from "@/app/_components/auth-card";
import { pageActor } from "@/lib/http/page";
import { LoginForm } from "./login-form";

export const metadata: Metadata = { title: "Sign in" };

type LoginPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const actor = await pageActor().catch(() => null);
  if (actor?.kind === "session") redirect("/dashboard");
  const { next, ended, ready } = await searchParams;
  return (
    <AuthCard
      title="Sign in"
      footer={
        <>
          <Help />
          {/* Whoever finds a key knows this install by its address only. */}
          <Link
            href="/report-key"
            prefetch={false}
            className="mt-3 inline-block rounded-sm underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            Found a leaked key?
          </Link>
        </>
      }
    >
      {ended === "1" && (
        <Alert
          className="mb-5"
          title="You were signed out"
          text="Your session is over. Sign in again to go on."
        />
      )}
      {ready === "1" && (
        <Alert
          className="mb-5"
          tone="success"
          title="Your password is set"
          text="Sign in with it to go on."
        />
      )}
      <LoginForm next={ownPath(next)} />
    </AuthCard>
  );
}

function Help() {
  return (
    <details className="group">
      <summary className="inline-block list-none rounded-sm underline decoration-dotted underline-offset-4 hover:text-ink [&::-webkit-details-marker]:hidden">
        Cannot sign in?
      </summary>
      <div className="mt-3 space-y-2 text-balance">
        <p>Accounts and reset links come from an administrator of this install: ask one of them.</p>
        <p>
          You are the administrator? On the machine that runs Adyton,{" "}
          <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-xs">
            npm run admin -- reset-password
          </code>{" "}
          makes a new password.
        </p>
      </div>
    </details>
  );
}
