"use client";

import { useState } from "react";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { leaveTo } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";

type ConnectButtonProps = { provider: string; title: string };

/** To the service and back: it says there who somebody is, and here it is connected. */
export function ConnectButton({ provider, title }: ConnectButtonProps) {
  const [isBusy, setIsBusy] = useState(false);

  async function connect() {
    setIsBusy(true);
    try {
      const path = `/api/auth/accounts/${encodeURIComponent(provider)}/link`;
      const { url } = await api<{ url: string }>("POST", path);
      await leaveTo(url);
    } catch (error) {
      toast.error(`${title} was not connected`, { description: explainError(error) });
      setIsBusy(false);
    }
  }

  return (
    <Button size="sm" isBusy={isBusy} aria-label={`Connect ${title}`} onClick={connect}>
      Connect
    </Button>
  );
}
