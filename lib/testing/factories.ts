import { encode } from "next-auth/jwt";
import { inject } from "vitest";
import type { z } from "zod";
import {
  type AnonymousActor,
  type KeyActor,
  type SessionActor,
  systemActor,
  type TokenActor,
} from "../core/actor";
import { newId, randomBase62 } from "../core/ids";
import { readScopes, scopesOfRole } from "../core/scopes";
import { never } from "../core/time";
import { jwtSecondsMax, sessionCookie } from "../http/cookies";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { secret } from "../infra/secrets";
import { createKey, type NewKey } from "../keys/commands/create-key";
import { actorKeyOf } from "../keys/domain";
import { type CreateKey, createKeyBody } from "../keys/schema";
import { createModel } from "../models/commands/create-model";
import { type UploadedFile, uploadFile } from "../models/commands/upload-file";
import type { LiveModel } from "../models/queries";
import { createModelBody } from "../models/schema";
import { startSession } from "../sessions/commands";
import { defaultSettings, sessionAbsoluteMs } from "../settings/schema";
import { issueTokens } from "../tokens/commands/issue-tokens";
import { currentSigningKey } from "../tokens/signing-keys";
import { searchTextOf } from "../users/domain";
import type { User } from "../users/queries";
import { rememberSecret } from "./leaks";
import { classifierModel } from "./onnx-models";

type NewUser = Partial<
  Pick<User, "email" | "name" | "role" | "planId" | "passwordHash" | "disabledAt" | "deletedAt" | "createdAt">
>;

/** An active member; whatever matters to the test is given. */
export async function makeUser(given: NewUser = {}): Promise<User> {
  const at = given.createdAt ?? now();
  const id = newId("usr");
  const email = given.email ?? `${randomBase62(12).toLowerCase()}@example.org`;
  const name = given.name ?? "Some Body";
  return db().user.create({
    data: {
      role: "member",
      planId: "free",
      passwordHash: inject("template").passwordHash,
      passwordChangedAt: at,
      lastSeenAt: never,
      createdAt: at,
      updatedAt: at,
      ...given,
      id,
      email,
      name,
      searchText: searchTextOf(name, email),
    },
  });
}

export const makeAdmin = (given: NewUser = {}): Promise<User> =>
  makeUser({ role: "admin", planId: "owner", ...given });

export const testOrigin = (address = "192.0.2.1") => ({
  requestId: newId("req"),
  address,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
});

export const anonymousFrom = (address?: string): AnonymousActor => ({
  kind: "anonymous",
  origin: testOrigin(address),
});

export type SignedIn = { user: User; sessionId: string; cookie: string; actor: SessionActor };

/** The cookie header that sealing this session id gives, the way NextAuth does it at sign-in. */
export async function cookieFor(claims: Record<string, unknown>, salt = sessionCookie()): Promise<string> {
  const token = await encode({ token: claims, secret: secret("cookie"), salt, maxAge: jwtSecondsMax });
  rememberSecret(token);
  return `${sessionCookie()}=${token}`;
}

/** A real session row and the cookie that names it. */
export async function signedIn(
  user: User,
  lifetimeMs = sessionAbsoluteMs(defaultSettings),
): Promise<SignedIn> {
  const origin = testOrigin();
  const session = await startSession(db(), user.id, origin, { lifetimeMs });
  return {
    user,
    sessionId: session.id,
    cookie: await cookieFor({ sub: user.id, sid: session.id }),
    actor: { kind: "session", origin, sessionId: session.id, user, provenAt: session.createdAt },
  };
}

/** The actor that a request with this key is. */
export const keyActorOf = (user: User, key: NewKey["key"]): KeyActor => ({
  kind: "key",
  origin: testOrigin(),
  user,
  key: actorKeyOf(key),
  scopes: readScopes(key.scopes),
});

export type WithKey = NewKey & { user: User; actor: KeyActor; headers: Record<string, string> };

/** A key made the way its owner makes one in a browser, and the headers that show it. */
export async function makeKey(user: User, given: Partial<CreateKey> = {}): Promise<WithKey> {
  const body = createKeyBody.parse({ name: "Nightly job", scopes: ["predict"] });
  const owner: SessionActor = { kind: "session", origin: testOrigin(), sessionId: "ses_test", user };
  const made = await createKey(owner, { ...body, ...given });
  rememberSecret(made.secret);
  return { ...made, user, actor: keyActorOf(user, made.key), headers: { "x-api-key": made.secret } };
}

export type SignedInProgram = {
  user: User;
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  /** The headers that show the access token. */
  headers: Record<string, string>;
  actor: TokenActor;
};

/** A program that signed in with the password: a real session row and its first pair of tokens. */
export async function signedInProgram(
  user: User,
  lifetimeMs = env().refreshTokenMs,
): Promise<SignedInProgram> {
  const origin = testOrigin();
  const signingKey = await currentSigningKey();
  const session = await startSession(db(), user.id, origin, { lifetimeMs, kind: "api" });
  const { accessToken, refreshToken } = await issueTokens(db(), signingKey, session, user);
  rememberSecret(accessToken, refreshToken);
  return {
    user,
    sessionId: session.id,
    accessToken,
    refreshToken,
    headers: { authorization: `Bearer ${accessToken}` },
    actor: {
      kind: "token",
      origin,
      sessionId: session.id,
      user,
      scopes: scopesOfRole(user.role),
      provenAt: session.createdAt,
    },
  };
}

/** Three kinds of flowers by four measurements, well enough for tests. */
export const flowerModel = (): Uint8Array =>
  classifierModel({
    weights: [
      [0.5, 0.4, -0.9],
      [1.4, -0.4, -1.1],
      [-2.2, 0.1, 2.2],
      [-1, -0.9, 2],
    ],
    bias: [0.7, 0.9, -1.6],
  });

const centimetres = (name: string, example: number) =>
  ({ name, kind: "number", unit: "cm", min: 0, max: 30, example }) as const;

export const flowerSignature: z.input<typeof createModelBody>["signature"] = {
  columns: [
    centimetres("sepal_length", 5.1),
    centimetres("sepal_width", 3.5),
    centimetres("petal_length", 1.4),
    centimetres("petal_width", 0.2),
  ],
  result: {
    kind: "classes",
    labels: ["setosa", "versicolor", "virginica"],
    probabilities: "probabilities",
    label: "species",
  },
};

/** Puts a file there by the real upload. */
export const makeModelFile = (file: Uint8Array = flowerModel()): Promise<UploadedFile> =>
  uploadFile(systemActor("test"), { body: piecesOf(file), bytes: file.byteLength, sha256: null });

async function* piecesOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.byteLength; start += 65_536) yield file.subarray(start, start + 65_536);
}

type NewModel = Partial<z.input<typeof createModelBody>> & {
  /** Its ONNX file; flowers with their names, unless another one or a source is given. */
  file?: Uint8Array;
};

/** A model that can be called at once, made by the commands an administrator's request runs. */
export async function makeModel({ file, ...given }: NewModel = {}): Promise<LiveModel> {
  const source = given.source ?? { kind: "file" as const, sha256: (await makeModelFile(file)).sha256 };
  const isFlowers = file === undefined && given.source === undefined;
  const body = createModelBody.parse({
    name: `model-${randomBase62(8).toLowerCase()}`,
    title: "A model for tests",
    signature: isFlowers ? flowerSignature : null,
    ...given,
    source,
  });
  return createModel(systemActor("test"), body);
}
