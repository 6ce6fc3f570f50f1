"use client";

import { LinkPage } from "../_link/link-page";
import { NewAccountForm } from "../_link/new-account-form";
import type { OpenLink } from "../_link/use-link";
import { ConfirmButton } from "./confirm-button";

const titles: Record<string, string> = {
  registration: "Welcome to Adyton",
  email_proof: "Confirm your address",
  email_change: "Confirm your new address",
};

/** What the mail scanner of somebody else may open without harm: only the button does something. */
export function VerifyCard({ signedInAs }: { signedInAs: string | null }) {
  return (
    <LinkPage
      purpose="verification"
      noun="link"
      title={({ purpose }) => titles[purpose] ?? "Confirm your address"}
      text={(link) => <Words link={link} />}
      signedInAs={signedInAs}
    >
      {(link, fail) =>
        link.purpose === "registration" ? (
          <NewAccountForm
            link={link}
            onDeadLink={fail}
            path="/api/auth/register/confirm"
            submitLabel="Make the account and sign in"
          />
        ) : (
          <ConfirmButton link={link} onDeadLink={fail} isSignedIn={signedInAs !== null} />
        )
      }
    </LinkPage>
  );
}

function Words({ link: { purpose, email } }: { link: OpenLink }) {
  const address = <span className="font-medium text-ink wrap-anywhere">{email}</span>;
  if (purpose === "registration")
    return <>Your account will have the address {address}. Choose a password, and you are in.</>;
  if (purpose === "email_change")
    return <>From now on you sign in with {address}, and mails go there. The old address is told.</>;
  return <>Press the button, and we know that {address} is yours.</>;
}
