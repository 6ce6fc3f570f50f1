import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { DemoBanner } from "./_components/demo-banner";
import { Toaster } from "./_components/toaster";

export const metadata: Metadata = {
  title: { default: "Adyton", template: "%s · Adyton" },
  description: "The door in front of a prediction model.",
  applicationName: "Adyton",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

const canvas = { light: "#fafafa", dark: "#0b0b0d" };

/** What somebody chose in the theme switch; undefined follows the system. */
async function chosenTheme(): Promise<"light" | "dark" | undefined> {
  const theme = (await cookies()).get("theme")?.value;
  return theme === "light" || theme === "dark" ? theme : undefined;
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  return {
    width: "device-width",
    initialScale: 1,
    colorScheme: theme ?? "light dark",
    themeColor: theme
      ? canvas[theme]
      : [
          { media: "(prefers-color-scheme: light)", color: canvas.light },
          { media: "(prefers-color-scheme: dark)", color: canvas.dark },
        ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is made for its request: only then can Next put the nonce of the policy on its scripts.
  await headers();
  return (
    <html lang="en" data-theme={await chosenTheme()}>
      <body>
        <DemoBanner />
        {children}
        <Toaster />
      </body>
    </html>
  );
}
