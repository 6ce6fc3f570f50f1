import type { Scope } from "../core/scopes";

/**
 * Who may call: anybody; whoever has an account, by any credential (`member`); the same, but a token or API key
 * needs the scope (`member:keys`); or administrators, whose tokens and keys need the scope `admin`.
 */
export type Access = "anonymous" | "member" | `member:${Scope}` | "admin";

/** The scope that a token or key needs; null: any will do. */
export function scopeOf(access: Access): Scope | null {
  if (access === "admin") return "admin";
  return access.startsWith("member:") ? (access.slice("member:".length) as Scope) : null;
}

/**
 * The authorisation table: every address of the app and who may use it. It is written apart from the routes on
 * purpose; `npm run check` fails when the two, or the OpenAPI document, differ in anything.
 */
export const routeAccess: Record<string, Access> = {
  "GET /api/health/live": "anonymous",
  "GET /api/health/ready": "anonymous",
  "GET /api/openapi.json": "anonymous",
  "GET /api/metrics": "member:metrics",
  "GET /api/v1/verify": "member",
  "GET /.well-known/jwks.json": "anonymous",
  "GET /.well-known/oauth-authorization-server": "anonymous",
  "POST /oauth/token": "anonymous",
  "POST /oauth/revoke": "anonymous",
  "POST /oauth/introspect": "anonymous",
  "POST /api/auth/login": "anonymous",
  "POST /api/auth/refresh": "anonymous",
  "POST /api/auth/logout": "member:account",
  "GET /api/auth/me": "member",
  "PATCH /api/auth/me": "member:account",
  "GET /api/auth/sessions": "member:account",
  "DELETE /api/auth/sessions/{id}": "member:account",
  "POST /api/auth/password/change": "member:account",
  "POST /api/auth/password/reset": "anonymous",
  "POST /api/auth/invitation/accept": "anonymous",
  "POST /api/auth/link/inspect": "anonymous",
  "GET /api/auth/captcha": "anonymous",
  "POST /api/auth/register": "anonymous",
  "POST /api/auth/register/confirm": "anonymous",
  "GET /api/auth/invitations": "member:account",
  "POST /api/auth/invitations": "member:account",
  "POST /api/auth/password/forgot": "anonymous",
  "POST /api/auth/email/change": "member:account",
  "POST /api/auth/email/proof": "member:account",
  "POST /api/auth/email/verify": "anonymous",
  "DELETE /api/auth/me": "member:account",
  "GET /api/auth/me/export": "member:account",
  "GET /api/auth/mfa": "member:account",
  "POST /api/auth/mfa/challenge": "anonymous",
  "POST /api/auth/mfa/setup": "anonymous",
  "POST /api/auth/mfa/totp": "member:account",
  "DELETE /api/auth/mfa/totp": "member:account",
  "POST /api/auth/mfa/totp/confirm": "member:account",
  "POST /api/auth/mfa/recovery-codes": "member:account",
  "POST /api/auth/mfa/passkeys": "member:account",
  "POST /api/auth/mfa/passkeys/options": "member:account",
  "PATCH /api/auth/mfa/passkeys/{id}": "member:account",
  "DELETE /api/auth/mfa/passkeys/{id}": "member:account",
  "POST /api/auth/passkey/options": "anonymous",
  "POST /api/auth/step-up": "member:account",
  "POST /api/auth/step-up/options": "member:account",
  "GET /api/auth/accounts": "member:account",
  "POST /api/auth/accounts/{provider}/link": "member:account",
  "DELETE /api/auth/accounts/{provider}": "member:account",
  "GET /api/v1/keys": "member:keys",
  "POST /api/v1/keys": "member:keys",
  "POST /api/v1/keys/report": "anonymous",
  "GET /api/v1/keys/{id}": "member:keys",
  "PATCH /api/v1/keys/{id}": "member:keys",
  "DELETE /api/v1/keys/{id}": "member:keys",
  "POST /api/v1/keys/{id}/roll": "member:keys",
  "GET /api/v1/models": "member:models:read",
  "GET /api/v1/models/{model}": "member:models:read",
  "GET /api/v1/models/{model}/openapi.json": "member:models:read",
  "POST /api/v1/predictions": "member:predict",
  "GET /api/v1/predictions": "member:predict",
  "GET /api/v1/predictions/{id}": "member:predict",
  "POST /api/v1/predictions/estimate": "member:predict",
  "GET /api/v1/usage": "member:usage:read",
  "GET /api/v1/usage/limits": "member:usage:read",
  "GET /api/v1/usage/calls": "member:usage:read",
  "GET /api/v1/usage/statements/{month}": "member:usage:read",
  "GET /api/v1/tasks": "member:tasks",
  "POST /api/v1/tasks": "member:tasks",
  "POST /api/v1/tasks/estimate": "member:tasks",
  "GET /api/v1/tasks/{id}": "member:tasks",
  "PUT /api/v1/tasks/{id}": "member:tasks",
  "DELETE /api/v1/tasks/{id}": "member:tasks",
  "POST /api/v1/tasks/{id}/cancel": "member:tasks",
  "POST /api/v1/tasks/{id}/resume": "member:tasks",
  "GET /api/v1/tasks/{id}/results": "member:tasks",
  "GET /api/v1/webhooks": "member:account",
  "POST /api/v1/webhooks": "member:account",
  "GET /api/v1/webhooks/{id}": "member:account",
  "PATCH /api/v1/webhooks/{id}": "member:account",
  "DELETE /api/v1/webhooks/{id}": "member:account",
  "POST /api/v1/webhooks/{id}/roll": "member:account",
  "POST /api/v1/webhooks/{id}/test": "member:account",
  "GET /api/v1/webhooks/{id}/deliveries": "member:account",
  "POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay": "member:account",
  "GET /api/v1/alerts": "member:account",
  "POST /api/v1/alerts/{id}/seen": "member:account",
  "POST /api/v1/alerts/{id}/undo": "member:account",
  "GET /api/v1/alerts/choices": "member:account",
  "PUT /api/v1/alerts/choices": "member:account",
  "GET /api/v1/refusals/{id}": "member",
  "GET /v2": "anonymous",
  "GET /v2/health/live": "anonymous",
  "GET /v2/health/ready": "anonymous",
  "GET /v2/models/{model}": "member:predict",
  "GET /v2/models/{model}/ready": "member:predict",
  "POST /v2/models/{model}/infer": "member:predict",
  "GET /v2/models/{model}/versions/{version}": "member:predict",
  "GET /v2/models/{model}/versions/{version}/ready": "member:predict",
  "POST /v2/models/{model}/versions/{version}/infer": "member:predict",
  "GET /api/v1/admin/models": "admin",
  "POST /api/v1/admin/models": "admin",
  "GET /api/v1/admin/models/{model}": "admin",
  "PATCH /api/v1/admin/models/{model}": "admin",
  "DELETE /api/v1/admin/models/{model}": "admin",
  "GET /api/v1/admin/models/{model}/versions": "admin",
  "POST /api/v1/admin/models/{model}/versions": "admin",
  "POST /api/v1/admin/models/{model}/promote": "admin",
  "POST /api/v1/admin/models/{model}/try": "admin",
  "POST /api/v1/admin/model-files": "admin",
  "POST /api/v1/admin/model-upstreams": "admin",
  "GET /api/v1/admin/users": "admin",
  "POST /api/v1/admin/users": "admin",
  "GET /api/v1/admin/users/{id}": "admin",
  "PATCH /api/v1/admin/users/{id}": "admin",
  "DELETE /api/v1/admin/users/{id}": "admin",
  "POST /api/v1/admin/users/{id}/restore": "admin",
  "POST /api/v1/admin/users/{id}/invitation": "admin",
  "POST /api/v1/admin/users/{id}/password": "admin",
  "GET /api/v1/admin/users/{id}/sessions": "admin",
  "DELETE /api/v1/admin/users/{id}/sessions": "admin",
  "GET /api/v1/admin/users/{id}/grants": "admin",
  "POST /api/v1/admin/users/{id}/grants": "admin",
  "GET /api/v1/admin/users/{id}/limits": "admin",
  "GET /api/v1/admin/users/{id}/statements/{month}": "admin",
  "GET /api/v1/admin/usage": "admin",
  "GET /api/v1/admin/usage/calls": "admin",
  "GET /api/v1/admin/usage/near-cap": "admin",
  "GET /api/v1/admin/plans": "admin",
  "POST /api/v1/admin/plans": "admin",
  "GET /api/v1/admin/plans/{id}": "admin",
  "PATCH /api/v1/admin/plans/{id}": "admin",
  "DELETE /api/v1/admin/plans/{id}": "admin",
  "GET /api/v1/admin/keys": "admin",
  "GET /api/v1/admin/keys/{id}": "admin",
  "POST /api/v1/admin/keys/{id}/revoke": "admin",
  "GET /api/v1/admin/audit": "admin",
  "POST /api/v1/admin/audit/verify": "admin",
  "GET /api/v1/admin/audit/export": "admin",
  "GET /api/v1/admin/signing-keys": "admin",
  "POST /api/v1/admin/signing-keys": "admin",
  "DELETE /api/v1/admin/users/{id}/factors": "admin",
  "GET /api/v1/admin/mails": "admin",
  "GET /api/v1/admin/mails/{id}": "admin",
  "POST /api/v1/admin/mails/{id}/send": "admin",
  "GET /api/v1/admin/providers": "admin",
  "POST /api/v1/admin/providers": "admin",
  "GET /api/v1/admin/providers/{id}": "admin",
  "PATCH /api/v1/admin/providers/{id}": "admin",
  "DELETE /api/v1/admin/providers/{id}": "admin",
  "GET /api/v1/admin/settings": "admin",
  "PATCH /api/v1/admin/settings": "admin",
};

export const pageAccess: Record<string, Access> = {
  "/": "anonymous",
  "/login": "anonymous",
  "/invite": "anonymous",
  "/reset": "anonymous",
  "/report-key": "anonymous",
  "/register": "anonymous",
  "/forgot": "anonymous",
  "/verify": "anonymous",
  "/problems/{code}": "anonymous",
  "/welcome": "member",
  "/dashboard": "member",
  "/models": "member",
  "/models/{model}": "member",
  "/playground": "member",
  "/predictions": "member",
  "/tasks": "member",
  "/tasks/new": "member",
  "/tasks/{id}": "member",
  "/usage": "member",
  "/usage/statement": "member",
  "/alerts": "member",
  "/why": "member",
  "/keys": "member",
  "/account": "member",
  "/account/security": "member",
  "/account/data": "member",
  "/account/sessions": "member",
  "/account/notifications": "member",
  "/admin": "admin",
  "/admin/users": "admin",
  "/admin/users/{id}": "admin",
  "/admin/keys": "admin",
  "/admin/models": "admin",
  "/admin/models/new": "admin",
  "/admin/models/{model}": "admin",
  "/admin/plans": "admin",
  "/admin/usage": "admin",
  "/admin/users/{id}/statement": "admin",
  "/admin/audit": "admin",
  "/admin/settings": "admin",
  "/admin/security": "admin",
  "/admin/providers": "admin",
  "/admin/mail": "admin",
};

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

const patternOf = (address: string): RegExp =>
  new RegExp(`^${address.replaceAll(/[.]/g, "\\.").replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`);

type Methods = Map<string, Access>;

/** By address; one without parameters is found without asking every pattern. */
function compileRoutes() {
  const byAddress = new Map<string, Methods>();
  for (const [route, access] of Object.entries(routeAccess)) {
    const [method = "", address = ""] = route.split(" ");
    byAddress.set(address, (byAddress.get(address) ?? new Map()).set(method, access));
  }
  const patterns = [...byAddress]
    .filter(([address]) => address.includes("{"))
    .map(([address, allowed]) => ({ pattern: patternOf(address), allowed }));
  return { byAddress, patterns };
}

const apiEntries = compileRoutes();
const pageEntries = Object.entries(pageAccess).map(([address, access]) => ({
  pattern: patternOf(address),
  access,
}));

/** The methods of an API address with who may call each; undefined where there is no such address. */
export const findRoute = (pathname: string): Methods | undefined =>
  apiEntries.byAddress.get(pathname) ??
  apiEntries.patterns.find(({ pattern }) => pattern.test(pathname))?.allowed;

/** Below these live programs' addresses; everything else is a page or a file. */
export const isApiPath = (pathname: string): boolean =>
  /^\/((api|oauth|\.well-known|v2)\/|v2$)/.test(pathname);

export const findPage = (pathname: string): Access | undefined =>
  pageEntries.find(({ pattern }) => pattern.test(pathname))?.access;
