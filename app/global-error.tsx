"use client";

import { errorId } from "./_client/error-id";

/** Stands alone: when this is shown, neither the layout nor its styles could be loaded. */
const styles = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 14vh 24px 48px; background: light-dark(#fafafa, #0b0b0d); color: light-dark(#18181b, #ededf0);
  font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 28rem; margin: 0 auto; }
h1 { margin: 0; font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -0.025em; }
p { margin: 8px 0 0; color: light-dark(#5d5d68, #a2a2ad); }
a { display: inline-block; margin-top: 24px; padding: 8px 14px; border-radius: 6px; font-weight: 500; text-decoration: none;
  background: light-dark(#0b6074, #5ab5c9); color: light-dark(#ffffff, #06181d); }
a:focus-visible { outline: 2px solid light-dark(#0b6074, #5ab5c9); outline-offset: 2px; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; }
`;

export default function GlobalError({ error }: { error: unknown }) {
  const id = errorId(error);
  return (
    <html lang="en">
      <head>
        <title>Something went wrong · Adyton</title>
        <style>{styles}</style>
      </head>
      <body>
        <main>
          <h1>Something went wrong on our side</h1>
          <p>The app could not make this page. Nothing you saved is lost. Try again in a moment.</p>
          {id && (
            <p>
              Error id <code>{id}</code>: it finds the reason in the log of the app.
            </p>
          )}
          {/* A plain link works even when no script does. */}
          <a href="/">Go to the start page</a>
        </main>
      </body>
    </html>
  );
}
