"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";

const ended = {
  title: "You were signed out",
  text: "Your session is over: it reached its end, somebody ended it, or your password, role or account was changed. Sign in again to come back to this page.",
  action: "Sign in again",
};

const replaced = {
  title: "Another account is signed in",
  text: "This browser now belongs to a different account, so what this page showed was put away. Continue as that account, or sign out there first.",
  action: "Continue",
};

export function SessionEnded({ isReplaced }: { isReplaced: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, text, action } = isReplaced ? replaced : ended;
  const { pathname, search } = window.location;
  const next = encodeURIComponent(`${pathname}${search}`);

  useEffect(() => {
    document.title = `${title} · Adyton`;
    heading.current?.focus();
  }, [title]);

  return (
    <Notice
      headingRef={heading}
      title={title}
      text={text}
      action={
        <Button asChild variant="primary">
          {/* A full load, so that nothing of the earlier session stays in memory. */}
          <a href={isReplaced ? "/dashboard" : `/login?next=${next}`}>{action}</a>
        </Button>
      }
    />
  );
}
