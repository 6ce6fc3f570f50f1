"use client";

import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { Skeleton } from "@/app/_components/skeleton";
import { useIsReady } from "@/app/_components/use-is-ready";

// Each is as large as a page of its own, and most looks at a model need none of them.
const Signature = lazy(() =>
  import("./signature-view").then((module) => ({ default: module.SignatureView })),
);
const NewVersion = lazy(() => import("./new-version").then((module) => ({ default: module.NewVersion })));
const Settings = lazy(() => import("./settings-view").then((module) => ({ default: module.SettingsView })));

const waiting = (
  <div role="status" className="space-y-4">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-40 rounded-lg" />
    <Skeleton className="h-64 rounded-lg" />
  </div>
);

/** Not from the server: it would stand there, and be typed into, before its code has come. */
function Late({ children }: { children: ReactNode }) {
  return useIsReady() ? <Suspense fallback={waiting}>{children}</Suspense> : waiting;
}

export const SignatureView = (props: ComponentProps<typeof Signature>) => (
  <Late>
    <Signature {...props} />
  </Late>
);

export const NewVersionView = (props: ComponentProps<typeof NewVersion>) => (
  <Late>
    <NewVersion {...props} />
  </Late>
);

export const SettingsView = (props: ComponentProps<typeof Settings>) => (
  <Late>
    <Settings {...props} />
  </Late>
);
