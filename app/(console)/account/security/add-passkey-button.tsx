"use client";

import { useCanPasskeys } from "@/app/_client/passkey";
import { Explain } from "@/app/_components/explain";
import { FactorButton } from "./factor-button";

const whyNot =
  "Browsers offer passkeys on https addresses only, and on the machine that runs the app. Open the app under its https address.";

export function AddPasskeyButton({ device }: { device: string }) {
  if (useCanPasskeys()) {
    return <FactorButton choice={{ action: "add-passkey", device }}>Add a passkey</FactorButton>;
  }
  return (
    <span className="text-[13px] text-muted">
      <Explain text={whyNot}>Not possible at this address</Explain>
    </span>
  );
}
