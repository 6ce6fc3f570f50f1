import { type Actor, isAdmin } from "../core/actor";

export const canManageUsers = (actor: Actor): boolean => isAdmin(actor);
