import { requireAdminPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { listPlans } from "@/lib/plans/queries";
import { getUser } from "@/lib/users/queries";
import type { AdminModel } from "../_parts/model-words";
import type { Person } from "../_parts/people-picker";
import { SettingsView } from "./late-views";
import type { Reach } from "./load-reach";
import { reachWords } from "./reach-words";

type PrepareSettingsProps = { model: AdminModel; reach: Reach };

export async function PrepareSettings({ model, reach }: PrepareSettingsProps) {
  const { access } = model;
  const [plans, people] = await Promise.all([
    listPlans(),
    Promise.all(access.kind === "users" ? access.ids.map(readPerson) : []),
  ]);
  return (
    <SettingsView
      model={model}
      people={people}
      plans={plans.map(({ id, name }) => ({ id, name }))}
      reach={reachWords(reach)}
      currency={env().currency}
    />
  );
}

async function readPerson(id: string): Promise<Person> {
  const { name, email } = await getUser(await requireAdminPage(), id);
  return { id, name, email };
}
