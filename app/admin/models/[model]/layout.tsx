import type { ReactNode } from "react";
import { loadModel } from "./load-model";

type ModelLayoutProps = { params: Promise<{ model: string }>; children: ReactNode };

/** Looks before the skeleton of the page is sent, so that an unknown name is answered with 404. */
export default async function ModelLayout({ params, children }: ModelLayoutProps) {
  await loadModel((await params).model);
  return children;
}
