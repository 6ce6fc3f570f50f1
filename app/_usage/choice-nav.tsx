import Link from "next/link";
import { cn } from "@/app/_components/cn";

type ChoiceNavProps = {
  label: string;
  items: readonly { id: string; label: string; href: string }[];
  current: string | null;
  className?: string;
};

/** One of a few, as links, because the choice is in the address. */
export function ChoiceNav({ label, items, current, className }: ChoiceNavProps) {
  return (
    <nav aria-label={label} className={cn("max-w-full overflow-x-auto", className)}>
      <ul className="flex w-max rounded-md border border-line-strong bg-surface p-0.5">
        {items.map((item) => (
          <li key={item.id}>
            <Link
              href={item.href}
              prefetch={false}
              scroll={false}
              aria-current={item.id === current ? "true" : undefined}
              className="flex h-8 items-center rounded-sm px-2.5 text-[13px] whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2 aria-[current=true]:bg-sunken aria-[current=true]:font-medium aria-[current=true]:text-ink"
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
