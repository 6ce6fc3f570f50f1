export type Progress = {
  sent: number;
  total: number;
  bytesPerSecond: number | null;
  secondsLeft: number | null;
};

/** A rate over less says more about one packet than about the line; over more it lags behind a change. */
const windowMs = 5_000;
const trustedAfterMs = 500;

/** Turns "so many bytes by now" into a rate and the time that is left, by what the last seconds did. */
export function progressMeter(total: number, startedAt: number) {
  let samples = [{ at: startedAt, sent: 0 }];
  return (sent: number, at: number): Progress => {
    samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, sent }];
    const [oldest = { at, sent }] = samples;
    const elapsedMs = at - oldest.at;
    if (elapsedMs < trustedAfterMs || sent <= oldest.sent)
      return { sent, total, bytesPerSecond: null, secondsLeft: null };
    const bytesPerSecond = ((sent - oldest.sent) / elapsedMs) * 1000;
    return { sent, total, bytesPerSecond, secondsLeft: Math.max(0, total - sent) / bytesPerSecond };
  };
}
