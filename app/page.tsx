import { redirect } from "next/navigation";
import { pageActor } from "@/lib/http/page";

export default async function StartPage() {
  const actor = await pageActor().catch(() => null);
  redirect(actor?.kind === "session" ? "/dashboard" : "/login");
}
