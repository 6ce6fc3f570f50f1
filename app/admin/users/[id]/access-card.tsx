import type { ReactNode } from "react";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";

type AccessCardProps = AboutUser & {
  passwordChangedAt: Date | null;
  isPasswordGenerated: boolean;
  resetExpiresAt: Date | null;
};

/** For accounts that are not shut: how to help somebody back in, and how to shut them out. */
export function AccessCard(props: AccessCardProps) {
  const { user, isSelf, passwordChangedAt, isPasswordGenerated, resetExpiresAt } = props;
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

function Part({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <p className="mt-0.5 mb-2.5 text-[13px] text-muted">{children}</p>
      {action}
    </div>
  );
}
