import { db } from "./client";

const answerWithinMs = 2_000;

export async function isDatabaseAlive(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, answerWithinMs, false).unref());
  const answer = db().$queryRaw`SELECT position FROM audit_head`.then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]);
}
