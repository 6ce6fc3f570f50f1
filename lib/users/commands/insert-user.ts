import { newId } from "../../core/ids";
import { never } from "../../core/time";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { defaultPlan } from "../../plans/schema";
import { searchTextOf } from "../domain";
import type { User } from "../queries";

type NewUser = {
  email: string;
  name: string;
  role: string;
  planId: string;
  /** Without one the account is only invited, or its owner comes in by another way. */
  passwordHash?: string;
  isPasswordGenerated?: boolean;
  isEmailProven?: boolean;
};

/** The row of a new account. Who may make one, and the record of it, are up to the command around this. */
export function insertUser(
  transaction: Transaction,
  { email, name, role, planId, passwordHash, isPasswordGenerated = false, isEmailProven = false }: NewUser,
): Promise<User> {
  const at = now();
  return transaction.user.create({
    data: {
      id: newId("usr"),
      email,
      emailVerified: isEmailProven ? at : null,
      name,
      role,
      planId,
      searchText: searchTextOf(name, email),
      ...(passwordHash === undefined ? {} : { passwordHash, passwordChangedAt: at }),
      isPasswordGenerated,
      lastSeenAt: never,
      createdAt: at,
      updatedAt: at,
    },
  });
}

/** Somebody whom no administrator made an account for: a member, whose address is proven. */
export const insertMember = (
  transaction: Transaction,
  person: Pick<NewUser, "email" | "name" | "passwordHash">,
): Promise<User> =>
  insertUser(transaction, { ...person, role: "member", planId: defaultPlan, isEmailProven: true });
