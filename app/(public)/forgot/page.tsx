import type { Metadata } from "next";
import { env } from "@/lib/infra/env";
import { ForgotCard } from "./forgot-card";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgotPage() {
  return <ForgotCard canMail={env().smtpUrl !== undefined} />;
}
