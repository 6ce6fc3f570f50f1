import { AppError } from "@/lib/core/errors";

type Found<T> = { report: T; fault?: undefined } | { report?: undefined; fault: string };

/** What cannot be reported, such as days that are not kept any more, is said on the page that asked for it. */
export async function orFault<T>(asked: Promise<T>): Promise<Found<T>> {
  try {
    return { report: await asked };
  } catch (error) {
    const [fault] = error instanceof AppError ? (error.faults ?? []) : [];
    if (!fault) throw error;
    return { fault: `${fault.message} ${fault.fix}` };
  }
}
