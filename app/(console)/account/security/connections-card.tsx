import type { ReactNode } from "react";
import { Alert } from "@/app/_components/alert";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import type { SessionActor } from "@/lib/core/actor";
import { errorTable, isErrorCode } from "@/lib/core/errors";
import { listOwnAccounts, listSignInServices } from "@/lib/providers/queries";
import { accountView } from "@/lib/providers/view";
import { ConnectButton } from "./connect-button";
import { DisconnectButton } from "./disconnect-button";

type Param = string | string[] | undefined;
type ConnectionsCardProps = {
  actor: SessionActor;
  /** How the way to a service ended that began here, as the address of the page says. */
  connected: Param;
  error: Param;
};

/** Other services that open this account; nothing where the install has none. */
export async function ConnectionsCard({ actor, connected, error }: ConnectionsCardProps) {
  const [own, services] = await Promise.all([listOwnAccounts(actor), listSignInServices()]);
  const accounts = own.map(accountView);
  const others = services.filter(({ id }) => !accounts.some(({ provider }) => provider === id));
  if (accounts.length === 0 && others.length === 0) return null;
  const arrived = accounts.find(({ provider }) => provider === connected);
  return (
    <Card
      isFlush
      title="Connected services"
      description="A service that you connect here signs you in without your password. It is never matched by its e-mail address, only connected from here."
    >
      {arrived && error === undefined && (
        <Alert
          className="mx-5 mb-4"
          tone="success"
          title={`${arrived.title} is connected`}
          text="From now on it signs you in."
        />
      )}
      {error !== undefined && <Refused code={error} />}
      <ul className="divide-y divide-line border-t">
        {accounts.map(({ provider, title, label, created_at, last_used_at }) => (
          <Row key={provider} action={<DisconnectButton provider={provider} title={title} />}>
            <span className="block font-medium wrap-anywhere">{title}</span>
            <span className="block text-[13px] text-muted wrap-anywhere">
              {label && <>{label}, </>}
              {created_at && (
                <>
                  connected <RelativeTime at={created_at} />
                </>
              )}
              {last_used_at && (
                <>
                  , used <RelativeTime at={last_used_at} />
                </>
              )}
            </span>
          </Row>
        ))}
        {others.map(({ id, title }) => (
          <Row key={id} action={<ConnectButton provider={id} title={title} />}>
            <span className="block font-medium wrap-anywhere">{title}</span>
            <span className="block text-[13px] text-muted">Not connected</span>
          </Row>
        ))}
      </ul>
    </Card>
  );
}

const Row = ({ action, children }: { action: ReactNode; children: ReactNode }) => (
  <li className="flex items-center justify-between gap-x-6 px-5 py-3.5">
    <div className="min-w-0">{children}</div>
    {action}
  </li>
);

/** Anybody can write an address, so only our own words are shown. */
function Refused({ code }: { code: string | string[] }) {
  const known = typeof code === "string" && isErrorCode(code) ? code : "auth.provider_failed";
  const { title, help } = errorTable[known];
  return <Alert className="mx-5 mb-4" tone="danger" title={title} text={help} />;
}
