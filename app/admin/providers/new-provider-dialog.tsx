"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";
import { CopyableId } from "@/app/_components/copyable-id";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import { toast } from "@/app/_components/toast";
import { callbackUrlOf, type ProviderKind, providerKinds } from "@/lib/providers/domain";
import { ClientFields } from "./client-fields";
import { kindWords } from "./provider-words";

type NewProviderDialogProps = { baseUrl: string; taken: readonly string[]; onClose: () => void };
type Values = Record<"id" | "title" | "issuer" | "client_id" | "client_secret", string>;

const formId = "new-provider";

export function NewProviderDialog({ baseUrl, taken, onClose }: NewProviderDialogProps) {
  const router = useRouter();
  const kinds = providerKinds.filter((kind) => !taken.includes(kind));
  const [kind, setKind] = useState<ProviderKind>(kinds[0] ?? "oidc");
  const [id, setId] = useState("");
  const isOidc = kind === "oidc";
  const ofOidc = (rule: (text: string) => string | undefined) => (text: string) =>
    isOidc ? rule(text) : undefined;

  const rules = {
    id: ofOidc((text) =>
      /^[a-z][a-z0-9-]*$/.test(text.trim()) ? undefined : "Small letters, digits and -, a letter first.",
    ),
    title: ofOidc(notBlank("Write what people know it by.")),
    issuer: ofOidc(notBlank("Write the address of the service.")),
    client_id: notBlank("Paste the client id that the service shows."),
    client_secret: notBlank("Paste the client secret that the service shows."),
  };
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Values>(
    rules,
    async (values) => {
      const { id, title, issuer, client_id, client_secret } = values;
      const client = { client_id, client_secret };
      const own = isOidc ? { id: id.trim(), title, issuer: issuer.trim() } : {};
      await api("POST", "/api/v1/admin/providers", { kind, ...client, ...own });
      toast.success(`${isOidc ? title : kindWords[kind].label} is there`, {
        description: "People connect it under Account, Sign-in.",
      });
      router.refresh();
      onClose();
    },
  );
  const { onChange, ...idField } = field("id");
  const callbackUrl = callbackUrlOf(baseUrl, isOidc ? id.trim() : kind);

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title="Add a sign-in service"
      description="The service has to know this install, and this install the service."
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Add service
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        <Field label="Kind">
          <Select
            value={kind}
            onChange={({ target }) => setKind(target.value as ProviderKind)}
            options={kinds.map((value) => ({ value, label: kindWords[value].label }))}
          />
        </Field>
        {isOidc && (
          <>
            <Field label="Name on the button" hint="Sign in with ..." error={errors.title}>
              <Input {...field("title")} maxLength={40} autoComplete="off" />
            </Field>
            <Field
              label="Short name"
              hint="Part of the callback address, such as work. It never changes."
              error={errors.id}
            >
              <Input
                {...idField}
                onChange={(event) => {
                  setId(event.target.value);
                  onChange(event);
                }}
                maxLength={30}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
              />
            </Field>
            <Field
              label="Issuer"
              hint="The address it calls itself, such as https://login.example.org/realms/work. It is asked when you save."
              error={errors.issuer}
            >
              <Input {...field("issuer")} inputMode="url" autoComplete="off" spellCheck={false} />
            </Field>
          </>
        )}
        <div className="rounded-lg border bg-sunken px-4 py-3">
          <p className="text-muted">{kindWords[kind].steps}</p>
          {(!isOidc || id.trim() !== "") && (
            <p className="mt-2">
              <CopyableId value={callbackUrl} label="callback address" />
            </p>
          )}
        </div>
        <ClientFields field={field} errors={errors} />
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}
