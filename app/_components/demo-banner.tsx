import { env } from "@/lib/infra/env";

/** On every page of a demo, so that no picture of one passes for the real thing. */
export function DemoBanner() {
  if (!env().isDemo) return null;
  return (
    <p role="note" className="border-b bg-sunken px-4 py-1.5 text-center text-[13px] text-ink">
      Demo: everything here is made up and starts anew with each start.
    </p>
  );
}
