import { LiveTime } from "./live-time";

type RelativeTimeProps = {
  at: Date | string | number;
  /** The time of the server. Needed only when rendered inside a client component. */
  now?: Date | string | number;
  className?: string;
};

/** On the server this fixes `now` and sends it along, so the first render in the browser says the same. */
export function RelativeTime({ at, now = Date.now(), className }: RelativeTimeProps) {
  return <LiveTime at={new Date(at).getTime()} now={new Date(now).getTime()} className={className} />;
}
