"use client";

import { useState } from "react";
import { toast } from "@/app/_components/toast";

type Wanted = { url: string; type: string; file: string };

/** A link cannot say which form of an answer it wants, so the answer is fetched and then handed over as a file. */
export function useDownload() {
  const [busy, setBusy] = useState<string | null>(null);

  async function download({ url, type, file }: Wanted) {
    setBusy(file);
    try {
      const answer = await fetch(url, { headers: { accept: type } });
      if (!answer.ok) throw new Error(`${answer.status}`);
      save(await answer.blob(), file);
    } catch {
      toast.error("The file could not be made", { description: "Try again, or choose fewer days." });
    } finally {
      setBusy(null);
    }
  }

  return { busy, download };
}

function save(blob: Blob, file: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = file;
  link.click();
  // Not at once: the browser is still to begin with it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
