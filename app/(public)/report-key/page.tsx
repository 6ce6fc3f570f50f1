import type { Metadata } from "next";
import { ReportKeyCard } from "./report-key-card";

export const metadata: Metadata = { title: "Report a leaked key" };

/** For anybody, without an account: who finds a key is seldom its owner. */
export default function ReportKeyPage() {
  return <ReportKeyCard />;
}
