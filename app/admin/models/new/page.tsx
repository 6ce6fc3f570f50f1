import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { listPlans } from "@/lib/plans/queries";
import { NewModel } from "./new-model";

export const metadata: Metadata = { title: "Add a model" };

export default async function NewModelPage() {
  await requireAdminPage();
  const plans = (await listPlans()).map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHeader
        title="Add a model"
        description="Three steps. Nothing can be called before the last one, and everything but the name can be changed later."
      />
      <NewModel plans={plans} bytesMax={env().modelBytesMax} />
    </>
  );
}
