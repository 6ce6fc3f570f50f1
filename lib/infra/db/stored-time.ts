/** As Prisma writes times into SQLite, so that rows of our own statements compare with its. */
export const storedTime = (time: Date): string => time.toISOString().replace("Z", "+00:00");
