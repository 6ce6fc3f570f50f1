"use client";

import { LinkPage } from "../_link/link-page";
import { NewAccountForm } from "../_link/new-account-form";

export function InviteForm({ signedInAs }: { signedInAs: string | null }) {
  return (
    <LinkPage
      purpose="invitation"
      noun="invitation"
      title="Welcome to Adyton"
      text={({ email }) => (
        <>
          This invitation is for <span className="font-medium text-ink wrap-anywhere">{email}</span>. Choose a
          password, and you are in.
        </>
      )}
      signedInAs={signedInAs}
    >
      {(link, fail) => (
        <NewAccountForm
          link={link}
          onDeadLink={fail}
          path="/api/auth/invitation/accept"
          submitLabel="Accept and sign in"
        />
      )}
    </LinkPage>
  );
}
