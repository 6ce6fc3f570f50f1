"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import { Skeleton } from "@/app/_components/skeleton";

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

export const SignatureView = (props: ComponentProps<typeof Signature>) => (
  <Suspense fallback={waiting}>
    <Signature {...props} />
  </Suspense>
);

export const NewVersionView = (props: ComponentProps<typeof NewVersion>) => (
  <Suspense fallback={waiting}>
    <NewVersion {...props} />
  </Suspense>
);

export const SettingsView = (props: ComponentProps<typeof Settings>) => (
  <Suspense fallback={waiting}>
    <Settings {...props} />
  </Suspense>
);
