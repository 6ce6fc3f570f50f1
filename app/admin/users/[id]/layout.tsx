import type { ReactNode } from "react";
import { loadUser } from "./load-user";

type UserLayoutProps = { params: Promise<{ id: string }>; children: ReactNode };

/** Looks before the skeleton of the page is sent, so that an unknown id is answered with 404. */
export default async function UserLayout({ params, children }: UserLayoutProps) {
  await loadUser((await params).id);
  return children;
}
