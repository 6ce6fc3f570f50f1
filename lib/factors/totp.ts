import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { renderSVG } from "uqr";
import { secondMs } from "../core/time";
import { decrypt, encrypt } from "../infra/secrets";

/** What every authenticator app can do (RFC 6238): SHA-1, six digits, a new code each half minute. */
const stepMs = 30 * secondMs;
const digits = 6;
/** A code before and after the current one count as well: clocks of phones are not exact, and typing takes time. */
const window = 1;
const secretBytes = 20;

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export const newTotpSecret = (): string => toBase32(randomBytes(secretBytes));

export function toBase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => base32[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}

export function fromBase32(text: string): Buffer {
  const bits = [...text].map((sign) => base32.indexOf(sign).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

export const sealTotpSecret = (secret: string): string => encrypt("totp", secret);
export const openTotpSecret = (sealed: string): string => decrypt("totp", sealed);

/** RFC 4226: the code of one step. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, "0");
}

export const stepAt = (time: Date): number => Math.floor(time.getTime() / stepMs);

/** Apps show "123 456"; null: this is no code of an app. */
export function readDigits(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, "");
  return /^\d{6}$/.test(code) ? code : null;
}

/** The step that this code belongs to, the newest if there are several; null when it is wrong at this time. */
export function stepOfCode(secret: string, code: string, time: Date): number | null {
  const current = stepAt(time);
  let found: number | null = null;
  for (let step = current - window; step <= current + window; step += 1) {
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step;
  }
  return found;
}

/** What the QR code says. The issuer is the host, so that two installs are told apart in the app. */
export function totpUri(secret: string, email: string, host: string): string {
  const issuer = `Adyton (${host})`;
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=30`;
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(email)}?${query}`;
}

/** Black on white whatever the theme: cameras need that. */
export const qrSvg = (text: string): string => renderSVG(text, { ecc: "M", border: 4, pixelSize: 4 });
