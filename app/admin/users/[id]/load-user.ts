import { notFound } from "next/navigation";
import { cache } from "react";
import { requireAdminPage } from "@/lib/http/page";
import { getUser, type User } from "@/lib/users/queries";

/** The user of the address, read once per page. Text that cannot be an id is not even looked up. */
export const loadUser = cache(async (id: string): Promise<User> => {
  const actor = await requireAdminPage();
  if (!/^usr_[0-9A-Za-z]+$/.test(id)) notFound();
  try {
    return await getUser(actor, id);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "user.not_found") notFound();
    throw error;
  }
});
