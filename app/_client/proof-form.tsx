"use client";

import { Fingerprint } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { useCanPasskeys } from "./passkey";
import { type TypedMethod, TypedProof } from "./typed-proof";
import { useRunOnce } from "./use-run-once";

export type ProofMethod = TypedMethod | "passkey";
export type { Typed } from "./typed-proof";

type ProofFormProps = {
  methods: readonly ProofMethod[];
  /** Tells password managers whose password this is. */
  email?: string;
  submitLabel: string;
  onTyped: Parameters<typeof TypedProof>[0]["send"];
  /** Asks the browser for a passkey and sends what it answers. */
  onPasskey: () => Promise<void>;
  /** Below everything: the way back. */
  children?: ReactNode;
};

/** The easiest first. A recovery code is for when nothing else is at hand. */
const order: readonly ProofMethod[] = ["totp", "passkey", "password", "recovery_code"];

const switchWords: Record<TypedMethod, string> = {
  totp: "Use a code from the app instead",
  password: "Use your password instead",
  recovery_code: "Use a recovery code instead",
};

/** One proof of who somebody is, in one of the ways they have: signing in, and before what decides who gets in. */
export function ProofForm(props: ProofFormProps) {
  const { methods, email, submitLabel, onTyped, onPasskey, children } = props;
  const canPasskeys = useCanPasskeys();
  const offered = order.filter((method) => methods.includes(method) && (method !== "passkey" || canPasskeys));
  const [chosen, setChosen] = useState<ProofMethod>();
  const method = chosen ?? offered[0];
  const passkey = useRunOnce();
  const others = offered.filter((other): other is TypedMethod => other !== method && other !== "passkey");

  if (!method) return <NoWay hasPasskeys={methods.includes("passkey")} />;
  return (
    <div className="space-y-4">
      {passkey.failure && (
        <Alert role="alert" tone="warning" title="The passkey was not taken" text={passkey.failure} />
      )}
      {method !== "passkey" && (
        <TypedProof key={method} method={method} email={email} submitLabel={submitLabel} send={onTyped} />
      )}
      {offered.includes("passkey") && (
        <Button
          variant={method === "passkey" ? "primary" : "secondary"}
          className="w-full"
          isBusy={passkey.isBusy}
          data-autofocus={method === "passkey" ? true : undefined}
          onClick={() => passkey.runOnce(onPasskey)}
        >
          <Fingerprint aria-hidden="true" />
          Use a passkey
        </Button>
      )}
      {(others.length > 0 || children) && (
        <div className={cn("flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-[13px]")}>
          {others.map((other) => (
            <Button key={other} variant="link" size="sm" onClick={() => setChosen(other)}>
              {switchWords[other]}
            </Button>
          ))}
          {children}
        </div>
      )}
    </div>
  );
}

/** Accounts that sign in through another service only have nothing to type. */
const NoWay = ({ hasPasskeys }: { hasPasskeys: boolean }) =>
  hasPasskeys ? (
    <Alert
      tone="warning"
      title="This browser cannot use your passkey here"
      text="Browsers use passkeys on https addresses only, and yours is the only proof there is. Open the app under its https address, or ask an administrator to reset your second factor."
    />
  ) : (
    <Alert
      tone="warning"
      title="Sign in again to go on"
      text="Your account has no password and no second factor to prove yourself with. Sign out and in again: that counts for a quarter of an hour. A passkey under Account, Sign-in spares you this."
    />
  );
