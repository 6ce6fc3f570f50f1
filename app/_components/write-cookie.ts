const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** For looks only (theme, sidebar): readable by scripts, so never for anything secret. */
export function writeCookie(name: string, value: string | null) {
  const lifetime = value === null ? 0 : YEAR_SECONDS;
  document.cookie = `${name}=${value ?? ""}; Path=/; Max-Age=${lifetime}; SameSite=Lax`;
}
