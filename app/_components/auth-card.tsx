import type { ReactNode } from "react";
import { Mark } from "./mark";

type AuthCardProps = {
  title: ReactNode;
  text?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/** One quiet card: signing in, an invitation, a new password. */
export function AuthCard({ title, text, footer, children }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[12vh] pb-12">
      <div className="w-full max-w-sm">
        <p className="mb-6 flex items-center justify-center gap-2.5 font-semibold text-[15px] tracking-tight">
          <Mark />
          Adyton
        </p>
        <div className="rounded-xl border bg-surface px-6 py-7 sm:px-8 sm:py-8">
          <h1 className="font-semibold text-lg leading-6 tracking-tight">{title}</h1>
          {text && <p className="mt-1 text-muted">{text}</p>}
          <div className="mt-6">{children}</div>
        </div>
        {footer && <div className="mt-5 text-center text-[13px] text-muted">{footer}</div>}
      </div>
    </main>
  );
}
