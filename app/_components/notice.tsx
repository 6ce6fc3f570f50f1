import type { ReactNode, Ref } from "react";
import { Mark } from "./mark";

type NoticeProps = {
  /** Above the title, for example "404". */
  eyebrow?: ReactNode;
  title: ReactNode;
  text: ReactNode;
  action?: ReactNode;
  /** Facts below the actions, for example an id to copy. */
  children?: ReactNode;
  /** To move the focus here when the notice takes the place of a page. */
  headingRef?: Ref<HTMLHeadingElement>;
};

/** A whole page that says one thing and offers a way on. */
export function Notice({ eyebrow, title, text, action, children, headingRef }: NoticeProps) {
  return (
    <main className="flex min-h-dvh flex-col px-6 pt-[14vh] pb-12">
      <div className="mx-auto w-full max-w-md">
        <Mark className="mb-8 size-7" />
        {eyebrow && <p className="mb-1 font-medium text-[13px] text-muted tabular-nums">{eyebrow}</p>}
        <h1
          ref={headingRef}
          tabIndex={headingRef ? -1 : undefined}
          className="font-semibold text-xl leading-7 tracking-tight outline-none"
        >
          {title}
        </h1>
        <div className="mt-2 text-muted">{text}</div>
        {action && <div className="mt-6 flex flex-wrap gap-2">{action}</div>}
        {children && <div className="mt-8 border-t pt-4 text-[13px] text-muted">{children}</div>}
      </div>
    </main>
  );
}
