import type { ReactNode } from "react";
import { Badge } from "@/app/_components/badge";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";

type AccessCardProps = AboutUser & {
  factors: { hasTotp: boolean; passkeys: number; recoveryCodesLeft: number; hasAny: boolean };
  passwordChangedAt: Date | null;
  isPasswordGenerated: boolean;
  resetExpiresAt: Date | null;
};

/** For accounts that are not shut: how to help somebody back in, and how to shut them out. */
export function AccessCard(props: AccessCardProps) {
  const { user, isSelf, factors, passwordChangedAt, isPasswordGenerated, resetExpiresAt } = props;
  if (user.state !== "active" && user.state !== "invited") return null;
  const about = { user, isSelf, size: "sm" as const };
  return (
    <Card title="Access">
      <div className="space-y-5">
        {user.state === "active" && (
          <Part
            title="Password"
            action={
              isSelf ? (
                <LinkButton size="sm" href="/account">
                  Change your password
                </LinkButton>
              ) : (
                <ActionButton action="password" {...about}>
                  Start password reset
                </ActionButton>
              )
            }
          >
            {isPasswordGenerated ? (
              "Still the one this install generated."
            ) : passwordChangedAt ? (
              <>
                Chosen <RelativeTime at={passwordChangedAt} />.
              </>
            ) : null}{" "}
            {!isSelf && "You hand over a link; you never see or choose the password."}
            {resetExpiresAt && (
              <>
                {" "}
                A reset link is open; it stops working <RelativeTime at={resetExpiresAt} />.
              </>
            )}
          </Part>
        )}
        {user.state === "active" && (
          <Part
            title={
              <span className="flex items-center gap-2">
                Second factor
                <Badge tone={factors.hasAny ? "success" : "neutral"} hasDot>
                  {factors.hasAny ? "On" : "None"}
                </Badge>
              </span>
            }
            action={
              factors.hasAny && (
                <ActionButton action="reset-factors" {...about}>
                  Reset second factor
                </ActionButton>
              )
            }
          >
            {factors.hasAny ? `${factorWords(factors)}.` : "The password alone is enough to sign in."}
          </Part>
        )}
        <Part
          title="Sign-in"
          action={
            <ActionButton action="disable" {...about}>
              Disable
            </ActionButton>
          }
        >
          Disabling signs {isSelf ? "you" : "the person"} out everywhere within a second and keeps everything.
        </Part>
      </div>
    </Card>
  );
}

/** "Authenticator app, 2 passkeys, 8 recovery codes left" */
function factorWords({ hasTotp, passkeys, recoveryCodesLeft }: AccessCardProps["factors"]): string {
  const ways = [
    hasTotp && "authenticator app",
    passkeys > 0 && (passkeys === 1 ? "1 passkey" : `${passkeys} passkeys`),
    recoveryCodesLeft === 1 ? "1 recovery code left" : `${recoveryCodesLeft} recovery codes left`,
  ];
  const text = ways.filter(Boolean).join(", ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function Part({ title, action, children }: { title: ReactNode; action: ReactNode; children: ReactNode }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <p className="mt-0.5 mb-2.5 text-[13px] text-muted">{children}</p>
      {action}
    </div>
  );
}
