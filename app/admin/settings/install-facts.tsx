import type { ReactNode } from "react";
import { Card } from "@/app/_components/card";
import type { Install } from "@/lib/install/queries";
import { databaseName } from "../_parts/install-words";

type Fact = { variable: string; label: string; value: ReactNode; text: string };

export function InstallFacts({ install }: { install: Install }) {
  return (
    <Card
      isFlush
      title="This install"
      description="Set by environment variables when the app starts, for example in the file .env; shown here to be read."
    >
      <dl className="divide-y divide-line border-t">
        {factsOf(install).map(({ variable, label, value, text }) => (
          <div key={variable} className="grid gap-x-8 gap-y-1 px-5 py-3.5 sm:grid-cols-[minmax(0,1fr)_15rem]">
            <dt>
              <span className="font-medium">{label}</span>{" "}
              <code className="ml-1 rounded-sm bg-sunken px-1 font-mono text-muted text-xs">{variable}</code>
              <span className="mt-0.5 block max-w-prose text-[13px] text-muted">{text}</span>
            </dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function factsOf(install: Install): Fact[] {
  const isSqlite = install.database === "sqlite";
  return [
    {
      variable: "BASE_URL",
      label: "Address",
      value: install.baseUrl,
      text: "Where people open the app. Links are made with it, and changes sent from pages of any other address are refused.",
    },
    {
      variable: "HOST",
      label: "Reachable from",
      value: reach(install.host),
      text: "Which network connections the app accepts itself. A web server on the same machine can still pass visitors on.",
    },
    {
      variable: "TRUSTED_PROXIES",
      label: "Web servers in front",
      value: listOf(install.trustedProxies),
      text: "Only these may say which address a visitor really has. Too many here, and visitors could pretend to be anybody.",
    },
    {
      variable: "PROXY_AUTH_SECRET",
      label: "A web server in front that signs people in",
      value: install.isProxyTrusted ? "On" : <span className="text-muted">Off</span>,
      text: "With the secret, a web server named above may say who somebody is. What it may do is among the settings.",
    },
    {
      variable: "CORS_ORIGINS",
      label: "Other sites that may call the API",
      value: listOf(install.corsOrigins),
      text: "Pages of these sites may use the API in the name of whoever is signed in.",
    },
    {
      variable: "DATABASE_URL",
      label: "Database",
      value: (
        <>
          {databaseName[install.database]}
          <span className="block font-mono text-muted text-xs">{install.databasePlace}</span>
        </>
      ),
      text: isSqlite
        ? "One file on this machine, with nothing to look after. Back it up together with secrets.json."
        : "A server of its own. The secrets stay in DATA_DIR: back up both.",
    },
    ...(isSqlite
      ? [
          {
            variable: "DB_DURABILITY",
            label: "Durability",
            value: install.durability === "full" ? "Full" : "Normal",
            text: "Normal survives a crash of the app; full also a power failure, and makes each change wait for the disk.",
          },
        ]
      : []),
  ];
}

function reach(host: string): string {
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return "Only this machine";
  if (host === "0.0.0.0" || host === "::") return "Every network of this machine";
  return host;
}

const listOf = (values: readonly string[]): ReactNode =>
  values.length === 0 ? <span className="text-muted">None</span> : values.join(", ");
