import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ownPath } from "@/app/_client/own-path";
import { Alert } from "@/app/_components/alert";
import { errorTable, isErrorCode } from "@/lib/core/errors";
import { pageActor } from "@/lib/http/page";
import { listSignInServices } from "@/lib/providers/queries";
import { currentSettings } from "@/lib/settings/queries";
import { DemoPeople } from "./demo-people";
import { LoginCard } from "./login-card";
import { ProviderButtons } from "./provider-buttons";

export const metadata: Metadata = { title: "Sign in" };

type LoginPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const actor = await pageActor().catch(() => null);
  if (actor?.kind === "session") redirect("/dashboard");
  const { next, ended, ready, deleted, error } = await searchParams;
  const [{ registration }, services] = await Promise.all([currentSettings(), listSignInServices()]);
  return (
    <LoginCard
      next={ownPath(next)}
      canRegister={registration === "open"}
      services={services.length > 0 ? <ProviderButtons services={services} next={ownPath(next)} /> : null}
      notices={
        <>
          <DemoPeople />
          {error !== undefined && <Refused code={error} />}
          {ended === "1" && (
            <Alert
              className="mb-5"
              title="You were signed out"
              text="Your session is over. Sign in again to go on."
            />
          )}
          {deleted === "1" && (
            <Alert
              className="mb-5"
              title="Your account was deleted"
              text="You are signed out everywhere. An administrator can bring the account back."
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
        </>
      }
      footer={
        <>
          <Help canRegister={registration === "open"} />
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
    />
  );
}

/** Why a sign-in through another service ended here. Anybody can write an address, so only our own words are shown. */
function Refused({ code }: { code: string | string[] }) {
  const { title, help } =
    errorTable[typeof code === "string" && isErrorCode(code) ? code : "auth.provider_failed"];
  return <Alert className="mb-5" tone="danger" title={title} text={help} />;
}

function Help({ canRegister }: { canRegister: boolean }) {
  return (
    <details className="group">
      <summary className="inline-block list-none rounded-sm underline decoration-dotted underline-offset-4 hover:text-ink [&::-webkit-details-marker]:hidden">
        Cannot sign in?
      </summary>
      <div className="mt-3 space-y-2 text-balance">
        {!canRegister && <p>Accounts come from an administrator of this install: ask one of them.</p>}
        <p>
          No mail arrives, or your phone with the codes is gone? An administrator can make a link for a new
          password and reset the second factor.
        </p>
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
