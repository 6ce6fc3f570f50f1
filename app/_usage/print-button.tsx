"use client";

import { Printer } from "lucide-react";
import { Button } from "@/app/_components/button";

export function PrintButton() {
  return (
    <Button variant="primary" onClick={() => window.print()} className="print:hidden">
      <Printer aria-hidden="true" />
      Print
    </Button>
  );
}
