import { CopyButton } from "@/app/_components/copy-button";

/** What the API answers to the wish to connect an authenticator app. */
export type NewTotp = { secret: string; uri: string; qr_svg: string };

/** How the app learns the secret: by the picture, by a tap on the same phone, or by typing. */
export function AppSetup({ setup: { secret, uri, qr_svg } }: { setup: NewTotp }) {
  return (
    <div className="space-y-4">
      <p className="text-muted">
        Scan the picture with an authenticator app, such as Aegis, 2FAS, Google Authenticator or your password
        manager.
      </p>
      {/* As a picture: what stands in it cannot become part of this page. */}
      {/* biome-ignore lint/performance/noImgElement: it comes from no address, so there is nothing to optimise */}
      <img
        alt="QR code that holds the key below"
        width={176}
        height={176}
        src={`data:image/svg+xml,${encodeURIComponent(qr_svg)}`}
        className="mx-auto size-44 rounded-lg border bg-white p-2"
      />
      <div className="rounded-md border bg-sunken px-3 py-2.5">
        <p className="text-[13px] text-muted">
          Or type this key into it
          <a
            href={uri}
            className="ml-1.5 rounded-sm text-accent-ink underline underline-offset-4 pointer-fine:hidden"
          >
            (or open it in an app here)
          </a>
        </p>
        <div className="flex items-center justify-between gap-2">
          <code className="min-w-0 font-mono text-[13px] wrap-anywhere">{inFours(secret)}</code>
          <CopyButton value={secret} label="key" />
        </div>
      </div>
    </div>
  );
}

const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;
