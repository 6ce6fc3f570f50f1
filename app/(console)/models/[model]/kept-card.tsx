import Link from "next/link";
import { Card } from "@/app/_components/card";
import { keptText } from "@/app/_model/kept-words";
import type { ModelRow } from "@/app/_model/model-words";

export function KeptCard({ history }: Pick<ModelRow, "history">) {
  return (
    <Card
      title="What is kept of your calls"
      footer={
        <Link href="/predictions" className="rounded-sm font-medium text-accent-ink hover:underline">
          Your predictions
        </Link>
      }
    >
      <p className="text-muted">{keptText(history)}</p>
    </Card>
  );
}
