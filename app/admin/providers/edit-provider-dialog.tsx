"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toast";
import type { ProviderView } from "@/lib/providers/schema";
import { ClientFields } from "./client-fields";

type EditProviderDialogProps = { provider: ProviderView; onClose: () => void };
type Values = Record<"title" | "client_id" | "client_secret", string>;

const formId = "edit-provider";

export function EditProviderDialog({ provider, onClose }: EditProviderDialogProps) {
  const router = useRouter();
  const rules = {
    title: notBlank("Write what people know it by."),
    client_id: notBlank("Paste the client id that the service shows."),
    client_secret: () => undefined,
  };
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Values>(
    rules,
    async (values) => {
      const { title, client_id, client_secret } = values;
      const change = { title, client_id, ...(client_secret.trim() === "" ? {} : { client_secret }) };
      await api("PATCH", `/api/v1/admin/providers/${encodeURIComponent(provider.id)}`, change);
      toast.success(`${title} is changed`, { description: "It counts within a second." });
      router.refresh();
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title={`Edit ${provider.title}`}
      description="The issuer cannot be changed: people are connected by the names it gave them. Another one is another service."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Save changes
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        <Field label="Name on the button" hint="Sign in with ..." error={errors.title}>
          <Input {...field("title")} defaultValue={provider.title} maxLength={40} autoComplete="off" />
        </Field>
        <ClientFields field={field} errors={errors} clientId={provider.client_id} />
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}
