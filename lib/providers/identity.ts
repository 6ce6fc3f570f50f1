import { z } from "zod";
import { AppError } from "../core/errors";
import { emailAddress, plainText } from "../core/text";

/** Who somebody is at another service. */
export type Identity = {
  /** What the service calls the person for ever; the only thing an account is found by. */
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
  /** What the person recognises it by. */
  label: string;
};

const subject = z.string().min(1).max(255);

const claims = z.object({
  sub: subject,
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
  name: z.unknown().optional(),
  preferred_username: z.unknown().optional(),
});

/** Of an OpenID Connect service. Only a true that is a boolean says that the address was verified. */
export function identityOfClaims(given: unknown): Identity {
  const parsed = claims.safeParse(given);
  if (!parsed.success) throw strange(parsed.error);
  const { sub, email_verified, preferred_username, ...rest } = parsed.data;
  const [email, name] = [readEmail(rest.email), readLine(rest.name)];
  return {
    subject: sub,
    email,
    isEmailVerified: email !== null && email_verified === true,
    name,
    label: email ?? readLine(preferred_username) ?? name ?? sub,
  };
}

const githubUser = z.object({
  id: z.number().int().positive(),
  login: z.string(),
  name: z.unknown().optional(),
});
const githubEmails = z
  .array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))
  .catch([]);

/** The address on the profile is not asked: the list says which one is the person's first, and whether it is proven. */
export function identityOfGitHub(given: unknown): Identity {
  const parsed = githubUser.safeParse(given);
  if (!parsed.success) throw strange(parsed.error);
  const { id, login, name } = parsed.data;
  const listed = githubEmails.parse((given as { emails?: unknown }).emails);
  const primary = listed.find((candidate) => candidate.primary);
  const email = readEmail(primary?.email);
  return {
    subject: String(id),
    email,
    isEmailVerified: email !== null && primary?.verified === true,
    name: readLine(name),
    label: readLine(login) ?? String(id),
  };
}

const strange = (cause: unknown) => new AppError("auth.provider_failed", { cause });

function readEmail(value: unknown): string | null {
  const parsed = emailAddress.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What another service wrote is shown in our pages: one line of a bounded length, or nothing. */
function readLine(value: unknown): string | null {
  const parsed = plainText(100).safeParse(value);
  return parsed.success ? parsed.data.trim() : null;
}
