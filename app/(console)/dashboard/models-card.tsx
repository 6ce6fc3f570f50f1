import Link from "next/link";
import { Card } from "@/app/_components/card";
import { rowOf } from "@/app/_model/load-model";
import { ModelStateBadge } from "@/app/_model/model-state-badge";
import { inputsText } from "@/app/_model/model-words";
import { isAdmin, type SessionActor } from "@/lib/core/actor";
import { listUsableModels } from "@/lib/models/queries";

const linkClass = "rounded-sm font-medium text-accent-ink hover:underline";

export async function ModelsCard({ actor }: { actor: SessionActor }) {
  const { items, nextCursor } = await listUsableModels(actor, { limit: 5 });
  if (items.length === 0) return <NoModelsCard isAdmin={isAdmin(actor)} />;
  return (
    <Card
      title="Models"
      isFlush
      footer={
        <>
          <Link href="/models" className={linkClass}>
            {nextCursor ? "All models" : "About the models"}
          </Link>
          <Link href="/playground" className={linkClass}>
            Playground
          </Link>
        </>
      }
    >
      <ul className="divide-y divide-line border-t">
        {items.map(rowOf).map((model) => (
          <li key={model.id} className="flex items-center justify-between gap-4 px-5 py-2.5">
            <div className="min-w-0">
              <Link
                href={`/models/${model.name}`}
                className="rounded-sm font-medium wrap-anywhere hover:underline"
              >
                {model.title}
              </Link>
              <p className="truncate text-[13px] text-muted">{inputsText(model)}</p>
            </div>
            <ModelStateBadge model={model} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NoModelsCard({ isAdmin }: { isAdmin: boolean }) {
  return (
    <Card title="Models">
      <p className="text-muted">
        {isAdmin ? (
          <>
            There is none yet.{" "}
            <Link href="/admin/models/new" className={linkClass}>
              Add a model
            </Link>
          </>
        ) : (
          "There is none for you yet. Ask an administrator to let you use one."
        )}
      </p>
    </Card>
  );
}
