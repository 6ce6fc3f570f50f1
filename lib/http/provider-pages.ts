import type { AppError, ErrorCode } from "../core/errors";
import { callbackCookie, readCookie } from "./cookies";

/** Where services are connected, and where that ends. */
export const securityPage = "/account/security";

/** Behind `#`, which no server and no log gets to see, what the page needs to ask for the second factor. */
export function pageAfter({ code, extra }: AppError, isLink: boolean, headers: Headers): string {
  if (isLink) return `${securityPage}?${new URLSearchParams({ error: code })}`;
  const next = wantedPage(headers);
  const query = (values: Record<string, string>) => {
    const search = new URLSearchParams({ ...values, ...(next ? { next } : {}) });
    return search.size > 0 ? `/login?${search}` : "/login";
  };
  const { pending = "", methods = [] } = (extra ?? {}) as { pending?: string; methods?: string[] };
  if (code === "auth.second_factor_required")
    return `${query({})}#${new URLSearchParams({ factor: pending, methods: methods.join(" ") })}`;
  if (code === "auth.second_factor_setup_required")
    return `${query({})}#${new URLSearchParams({ setup: pending })}`;
  return query({ error: codeForPeople(code) });
}

/** Of an account that is disabled nobody is told that it is there. */
const codeForPeople = (code: ErrorCode): ErrorCode =>
  code === "auth.invalid_credentials" ? "auth.not_linked" : code;

/** Where the person wanted to go; the page of sign-in looks at it again. */
function wantedPage(headers: Headers): string | null {
  const cookie = readCookie(headers, callbackCookie()) ?? "";
  const text = URL.canParse(cookie) ? cookie : safelyDecoded(cookie);
  return URL.canParse(text) ? new URL(text).searchParams.get("next") : null;
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
