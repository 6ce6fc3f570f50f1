// A service that lets in whoever shows a good Adyton access token.
//   npm install express@5 jose@6
//   ADYTON=http://localhost:3000 PORT=8000 node server.mjs
import express from "express";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";

/** Exactly Adyton's BASE_URL: tokens name it as their issuer and as the audience they are meant for. */
const adyton = process.env.ADYTON ?? "http://localhost:3000";

// Fetched at the first token, kept for ten minutes, and fetched anew when a token names a key that is not among
// them: that is how a new signing key becomes known. At most every five seconds, however many keys people make up.
const keys = createRemoteJWKSet(new URL(`${adyton}/.well-known/jwks.json`), { cooldownDuration: 5_000 });

const rules = {
  issuer: adyton,
  audience: adyton,
  typ: "at+jwt",
  algorithms: ["EdDSA", "ES256"],
  requiredClaims: ["exp", "sub", "scope"],
};

/** Adyton could not be asked for its keys: that says nothing about the token. */
const isAway = (error) =>
  !(error instanceof errors.JOSEError) || ["ERR_JWKS_TIMEOUT", "ERR_JOSE_GENERIC"].includes(error.code);

const refuse = (response, status, challenge, detail) =>
  response.status(status).set("WWW-Authenticate", `Bearer realm="service"${challenge}`).json({ detail });

/** Lets the request through, with the token's claims in `request.token`, if the token has the scope. */
const requireScope = (scope) => async (request, response, next) => {
  const token = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1];
  if (!token) return refuse(response, 401, "", "Send an access token.");
  try {
    request.token = (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (isAway(error)) return response.status(503).set("Retry-After", "5").json({ detail: "Try again." });
    return refuse(response, 401, ', error="invalid_token"', "This token is not good, or no longer.");
  }
  if (!request.token.scope.split(" ").includes(scope))
    return refuse(response, 403, `, error="insufficient_scope", scope="${scope}"`, `This needs ${scope}.`);
  next();
};

const app = express();
app.get("/hello", requireScope("predict"), (request, response) => {
  response.json({ user: request.token.sub, role: request.token.role });
});
app.listen(Number(process.env.PORT ?? 8000), "127.0.0.1");
