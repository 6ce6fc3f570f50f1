import { Alert } from "@/app/_components/alert";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";

type StateNoticeProps = AboutUser & { linkExpiresAt: number | null };

/** Why this person cannot sign in at the moment, with the one thing that changes it. */
export function StateNotice({ user, isSelf, linkExpiresAt }: StateNoticeProps) {
  const about = { user, isSelf, size: "sm" as const };
  if (user.state === "deleted") {
    return (
      <Alert
        className="mb-6"
        tone="danger"
        title="This account is deleted"
        text={
          <>
            {user.deleted_at && (
              <>
                Since <RelativeTime at={user.deleted_at} />.{" "}
              </>
            )}
            Nobody can sign in with it. The data and the history are kept, and the e-mail address stays taken.
          </>
        }
        action={
          <ActionButton action="restore" {...about}>
            Restore
          </ActionButton>
        }
      />
    );
  }
  if (user.state === "disabled") {
    return (
      <Alert
        className="mb-6"
        tone="warning"
        title="This account is disabled"
        text={
          <>
            {user.disabled_at && (
              <>
                Since <RelativeTime at={user.disabled_at} />.{" "}
              </>
            )}
            The person cannot sign in until you enable it.
          </>
        }
        action={
          <ActionButton action="enable" {...about}>
            Enable
          </ActionButton>
        }
      />
    );
  }
  if (user.state !== "invited") return null;
  return (
    <Alert
      className="mb-6"
      title="The invitation is not accepted yet"
      text={
        linkExpiresAt === null ? (
          "No link works any more: it has expired or was taken back. Make a new one and hand it over."
        ) : (
          <>
            The present link stops working <RelativeTime at={linkExpiresAt} />. If it got lost, make a new
            one.
          </>
        )
      }
      action={
        <ActionButton action="invitation" {...about}>
          New invitation link
        </ActionButton>
      }
    />
  );
}
