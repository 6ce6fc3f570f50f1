import { FlaskConical } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";

export function PredictionsHeader() {
  return (
    <PageHeader
      title="Predictions"
      description="Your calls of models, from the playground and from programs, newest first."
      action={
        <LinkButton variant="primary" href="/playground">
          <FlaskConical aria-hidden="true" />
          Open the playground
        </LinkButton>
      }
    />
  );
}
