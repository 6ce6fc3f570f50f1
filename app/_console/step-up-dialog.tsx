"use client";

import { useEffect, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import { type PasskeyChallenge, showPasskey } from "@/app/_client/passkey";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { ProofForm, type ProofMethod, type Typed } from "@/app/_client/proof-form";
import { Dialog } from "@/app/_components/dialog";
import { Skeleton } from "@/app/_components/skeleton";

type StepUpDialogProps = { email: string; onDone: (isProven: boolean) => void };

type Ways = { methods: ProofMethod[] } & Partial<PasskeyChallenge>;

const askWays = () => api<Ways>("POST", "/api/auth/step-up/options");
const prove = (proof: object) => api("POST", "/api/auth/step-up", proof);

/** Above whatever was being done, which stays as it is and goes on by itself afterwards. */
export function StepUpDialog({ email, onDone }: StepUpDialogProps) {
  const [methods, setMethods] = useState<ProofMethod[]>();
  const [failed, setFailed] = useState<Problem>();
  useEffect(() => {
    askWays().then(
      (ways) => setMethods(ways.methods),
      (error: unknown) => setFailed(toProblem(error)),
    );
  }, []);

  async function typed(proof: Typed) {
    await prove(proof);
    onDone(true);
  }

  async function passkey() {
    // A challenge of its own for each try: one that was answered wrongly is used up.
    const { challenge_id, options } = await askWays();
    if (!challenge_id || !options) return;
    const response = await showPasskey({ challenge_id, options });
    await prove({ challenge_id, passkey: response });
    onDone(true);
  }

  return (
    <Dialog
      open
      onOpenChange={() => onDone(false)}
      size="sm"
      title="Is it still you?"
      description="What you are about to do decides who can get in. Your last proof is a while ago, so please give one more."
    >
      <ProblemAlert problem={failed} />
      {!methods && !failed && (
        <div role="status" className="space-y-4">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      )}
      {methods && (
        <ProofForm
          methods={methods}
          email={email}
          submitLabel="Confirm and go on"
          onTyped={typed}
          onPasskey={passkey}
        />
      )}
    </Dialog>
  );
}
