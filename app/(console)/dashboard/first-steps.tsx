import { Check } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { isAdmin, type SessionActor } from "@/lib/core/actor";
import { factorsOf } from "@/lib/factors/queries";
import { listKeys } from "@/lib/keys/queries";
import { listPredictions } from "@/lib/predictions/queries";
import { countUsers } from "@/lib/users/queries";
import { DismissFirstSteps } from "./dismiss-first-steps";

type Step = { title: string; text: string; href: string; action: string; isDone: boolean };

type FirstStepsProps = { actor: SessionActor; isPasswordGenerated: boolean };

/** What a new person does first. It goes away when all of it is done. */
export async function FirstSteps({ actor, isPasswordGenerated }: FirstStepsProps) {
  const steps: Step[] = [
    {
      title: "Choose your own password",
      text: "The one you signed in with was made by the install.",
      href: "/account",
      action: "Change it",
      isDone: !isPasswordGenerated,
    },
    {
      title: "Try the model",
      text: "Fill in a form and see what the model answers, before writing any code.",
      href: "/playground",
      action: "Open the playground",
      isDone: (await listPredictions(actor, { limit: 1, status: "succeeded" })).items.length > 0,
    },
    {
      title: "Make a key",
      text: "A key lets a program call this install in your name, without knowing your password.",
      href: "/keys",
      action: "Go to API keys",
      isDone: (await listKeys(actor, { limit: 1 })).items.length > 0,
    },
  ];
  if (isAdmin(actor)) {
    steps.push({
      title: "Invite someone",
      text: "Make an account and send its link: the person chooses the password.",
      href: "/admin/users",
      action: "Go to users",
      isDone: (await countUsers(actor)) > 1,
    });
    // Of administrators only: whoever gets in as one has everything. Nobody else is told on the first day.
    steps.push({
      title: "Protect your sign-in",
      text: "A code from your phone or a passkey: somebody who learns your password does not get in with it.",
      href: "/account/security",
      action: "Add a second factor",
      isDone: (await factorsOf(actor.user.id)).hasAny,
    });
  }
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  if (doneCount === steps.length) return null;
  return (
    <section aria-labelledby="first-steps" className="mb-4 rounded-lg border bg-surface">
      <div className="flex items-center justify-between gap-4 px-5 pt-4">
        <h2 id="first-steps" className="font-semibold leading-6">
          First steps
          <span className="ml-2 font-normal text-[13px] text-muted tabular-nums">
            {doneCount} of {steps.length} done
          </span>
        </h2>
        <DismissFirstSteps userId={actor.user.id} />
      </div>
      <ol className="mt-2 divide-y divide-line px-5 pb-1">
        {steps.map((step) => (
          <StepRow key={step.href} {...step} />
        ))}
      </ol>
    </section>
  );
}

function StepRow({ title, text, href, action, isDone }: Step) {
  return (
    <li className="flex items-start gap-4 py-3 sm:items-center">
      <span
        className={cn(
          "grid size-5 shrink-0 place-items-center rounded-full border",
          isDone ? "border-transparent bg-success-soft text-success-ink" : "border-edge",
        )}
      >
        {isDone && <Check aria-hidden="true" strokeWidth={3} className="size-3" />}
        <span className="sr-only">{isDone ? "Done:" : "To do:"}</span>
      </span>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className={cn("font-medium", isDone && "text-muted")}>{title}</p>
          {!isDone && <p className="text-muted">{text}</p>}
        </div>
        {!isDone && (
          <LinkButton href={href} size="sm">
            {action}
          </LinkButton>
        )}
      </div>
    </li>
  );
}
