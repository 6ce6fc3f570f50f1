"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_components/button";
import { Checkbox } from "@/app/_components/checkbox";
import { CopyButton } from "@/app/_components/copy-button";
import { saveText } from "./save-text";

type RecoveryCodesProps = { codes: readonly string[]; onStoredChange: (isStored: boolean) => void };

/** Shown once. Whoever loses the phone gets in with one of them. */
export function RecoveryCodes({ codes, onStoredChange }: RecoveryCodesProps) {
  const text = `${codes.join("\n")}\n`;
  return (
    <div className="space-y-4">
      <p className="text-muted">
        Each of these lets you in once when your phone or passkey is not at hand. They are shown only now:
        print them, or keep them in a password manager, apart from the device that shows your codes.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-1 rounded-md border bg-sunken px-4 py-3 font-mono text-[13px] leading-6 tabular-nums"
      >
        {codes.map((code) => (
          <li key={code} className="wrap-anywhere">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton value={text} label="recovery codes" look="button" />
        <Button onClick={() => saveText("adyton-recovery-codes.txt", fileText(codes), "text/plain")}>
          <Download aria-hidden="true" />
          Download
        </Button>
      </div>
      <Checkbox label="I have stored them" onChange={(event) => onStoredChange(event.target.checked)} />
    </div>
  );
}

/** Somebody finds the file in two years and wants to know what it is. */
const fileText = (codes: readonly string[]): string =>
  [
    `Recovery codes for ${window.location.host}`,
    `Made on ${new Date().toISOString().slice(0, 10)}. Each works once; new ones replace all of these.`,
    "",
    ...codes,
    "",
  ].join("\n");
