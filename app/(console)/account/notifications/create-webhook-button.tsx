"use client";

import { Plus } from "lucide-react";
import { Button } from "@/app/_components/button";
import { useWebhookDialog } from "./use-webhook-dialog";

export function CreateWebhookButton({ label = "Create a webhook" }: { label?: string }) {
  const { near, open, dialog } = useWebhookDialog();
  return (
    <>
      <Button
        variant="primary"
        size="sm"
        aria-haspopup="dialog"
        {...near}
        onClick={() => open({ action: "create" })}
      >
        <Plus aria-hidden="true" />
        {label}
      </Button>
      {dialog}
    </>
  );
}
