import { Boxes } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

export function NoModels({ isAdmin }: { isAdmin: boolean }) {
  return (
    <EmptyState
      icon={<Boxes />}
      title={isAdmin ? "No models yet" : "There is no model for you yet"}
      text={
        isAdmin
          ? "Upload an .onnx file or name the address of a service that predicts. It becomes a form, an API and a page with examples."
          : "A model turns inputs into a prediction. Ask an administrator to let you use one; it then appears here."
      }
      action={
        isAdmin && (
          <LinkButton variant="primary" href="/admin/models/new">
            Add a model
          </LinkButton>
        )
      }
    />
  );
}
