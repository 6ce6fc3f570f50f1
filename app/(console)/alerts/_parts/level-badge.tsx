import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { Badge } from "@/app/_components/badge";
import type { AlertView } from "@/lib/alerts/schema";
import { levelWords } from "./alert-words";

const icons = { danger: CircleAlert, warning: TriangleAlert, info: Info };

export function LevelBadge({ level }: Pick<AlertView, "level">) {
  const { label, tone } = levelWords[level];
  const Icon = icons[level];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className="size-3" />
      {label}
    </Badge>
  );
}
