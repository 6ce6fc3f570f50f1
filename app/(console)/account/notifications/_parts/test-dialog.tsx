"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { FormError } from "@/app/_components/form-error";
import type { DeliveryView, WebhookView } from "@/lib/webhooks/schema";
import { followDelivery } from "./follow-delivery";
import { testWebhook } from "./webhook-calls";
import { answerText } from "./webhook-words";

type TestDialogProps = { row: WebhookView; onClose: () => void };

export function TestDialog({ row, onClose }: TestDialogProps) {
  const router = useRouter();
  const [outcome, setOutcome] = useState<DeliveryView>();
  const { failure, isBusy, runOnce } = useRunOnce();
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  const send = () =>
    runOnce(async () => {
      setOutcome(undefined);
      const sent = await testWebhook(row.id);
      setOutcome(await followDelivery(row.id, sent, () => isOpen.current));
      router.refresh();
    });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Send a test"
      description="A small signed message, to see whether your program takes it."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" onClick={send} isBusy={isBusy} data-autofocus>
            {outcome ? "Send another" : "Send test"}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-muted">
          To <span className="font-mono text-[13px] text-ink wrap-anywhere">{row.url}</span>
        </p>
        {isBusy && (
          <p role="status" className="text-muted">
            Sent. Waiting for the answer, at most 20 seconds.
          </p>
        )}
        {outcome && !isBusy && <Outcome delivery={outcome} />}
        <FormError message={failure} />
      </div>
    </Dialog>
  );
}

function Outcome({ delivery }: { delivery: DeliveryView }) {
  const answer = answerText(delivery);
  if (delivery.state === "delivered")
    return <Alert role="status" tone="success" title="Your program took it" text={answer} />;
  if (delivery.attempts === 0)
    return (
      <Alert
        role="status"
        tone="warning"
        title="Not sent yet"
        text="Other messages are in front of it. You find it in the list of messages."
      />
    );
  return (
    <Alert
      role="alert"
      tone="danger"
      title="Your program did not take it"
      text={
        <>
          {answer && <span className="block wrap-anywhere">{answer}</span>}
          Check that it runs, that this address is right and that it answers with a status from 200 to 299.
        </>
      }
    />
  );
}
