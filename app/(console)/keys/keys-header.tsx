import type { ReactNode } from "react";
import { Explain } from "@/app/_components/explain";
import { PageHeader } from "@/app/_components/page-header";

export function KeysHeader({ action }: { action: ReactNode }) {
  return (
    <PageHeader
      title="API keys"
      description={
        <>
          An{" "}
          <Explain text="A password for a program: long, made by the install, and with bounds that you choose.">
            API key
          </Explain>{" "}
          lets a program call this install in your name.
        </>
      }
      action={action}
    />
  );
}
