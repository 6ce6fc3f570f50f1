"use client";

import { useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { Card } from "@/app/_components/card";
import { Switch } from "@/app/_components/switch";
import { toast } from "@/app/_components/toast";
import type { AlertKind } from "@/lib/alerts/domain";
import type { AlertChoices } from "@/lib/alerts/schema";

type ChoicesCardProps = {
  choices: AlertChoices;
  canMail: boolean;
  email: string;
  /** The kinds that can concern this person. */
  kinds: readonly { kind: AlertKind; label: string; text: string }[];
};

/** Each switch is saved when it is pressed; one that could not be saved turns back. */
export function ChoicesCard({ choices, canMail, email, kinds }: ChoicesCardProps) {
  const [shown, setShown] = useState(choices);
  const wanted = useRef(choices);
  const saved = useRef(choices);
  const isSaving = useRef(false);

  /** One call at a time, the last of quick presses last: two at once could arrive in the wrong order. */
  async function save() {
    if (isSaving.current) return;
    isSaving.current = true;
    try {
      while (wanted.current !== saved.current) {
        const sent = wanted.current;
        await api("PUT", "/api/v1/alerts/choices", sent);
        saved.current = sent;
      }
      toast.success("Saved", { id: "alert-choices" });
    } catch (error) {
      wanted.current = saved.current;
      setShown(saved.current);
      toast.error("Not saved", { description: explainError(error) });
    }
    isSaving.current = false;
  }

  function choose(change: Partial<AlertChoices>) {
    wanted.current = { ...wanted.current, ...change };
    setShown(wanted.current);
    void save();
  }

  return (
    <Card
      title="What you are told of"
      description="By mail and by webhook. Under Alerts you find everything in any case."
      isFlush
    >
      <ul className="divide-y divide-line border-t">
        <li className="px-5 py-4">
          <Switch
            label="By mail"
            hint={
              canMail
                ? `To ${email}, when an alert is raised.`
                : "This install cannot send mail. Whoever runs it can name a mail server in its settings (SMTP_URL)."
            }
            disabled={!canMail}
            checked={canMail && shown.by_mail}
            onChange={({ target }) => choose({ by_mail: target.checked })}
          />
        </li>
        {kinds.map(({ kind, label, text }) => (
          <li key={kind} className="px-5 py-4">
            <Switch
              label={label}
              hint={text}
              checked={!shown.muted.includes(kind)}
              onChange={({ target }) =>
                choose({
                  muted: target.checked
                    ? wanted.current.muted.filter((other) => other !== kind)
                    : [...wanted.current.muted, kind],
                })
              }
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
