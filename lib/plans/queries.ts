import { db } from "../infra/db/client";

export const listPlans = () => db().plan.findMany({ orderBy: { id: "asc" } });
