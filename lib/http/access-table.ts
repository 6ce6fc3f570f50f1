/** Who may call: anybody, whoever is signed in, or administrators. */
export type Access = "anonymous" | "member" | "admin";

/**
 * The authorisation table: every address of the app and who may use it. It is written apart from the routes on
 * purpose; `npm run check` fails when the two, or the OpenAPI document, differ in anything.
 */
export const routeAccess: Record<string, Access> = {
  "GET /api/health/live": "anonymous",
  "GET /api/health/ready": "anonymous",
  "GET /api/openapi.json": "anonymous",
  "GET /api/auth/me": "member",
  "PATCH /api/auth/me": "member",
  "GET /api/auth/sessions": "member",
  "DELETE /api/auth/sessions/{id}": "member",
  "POST /api/auth/password/change": "member",
  "POST /api/auth/password/reset": "anonymous",
  "POST /api/auth/invitation/accept": "anonymous",
  "POST /api/auth/link/inspect": "anonymous",
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
  "GET /api/v1/admin/plans": "admin",
  "GET /api/v1/admin/audit": "admin",
  "POST /api/v1/admin/audit/verify": "admin",
  "GET /api/v1/admin/audit/export": "admin",
  "GET /api/v1/admin/settings": "admin",
  "PATCH /api/v1/admin/settings": "admin",
};

export const pageAccess: Record<string, Access> = {
  "/": "anonymous",
  "/login": "anonymous",
  "/invite": "anonymous",
  "/reset": "anonymous",
  "/problems/{code}": "anonymous",
  "/welcome": "member",
  "/dashboard": "member",
  "/account": "member",
  "/account/sessions": "member",
  "/admin": "admin",
  "/admin/users": "admin",
  "/admin/users/{id}": "admin",
  "/admin/audit": "admin",
  "/admin/settings": "admin",
};

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

const patternOf = (address: string): RegExp =>
  new RegExp(`^${address.replaceAll(/[.]/g, "\\.").replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`);

type ApiEntry = { pattern: RegExp; methods: Map<string, Access> };

function compileRoutes(): ApiEntry[] {
  const entries = new Map<string, ApiEntry>();
  for (const [route, access] of Object.entries(routeAccess)) {
    const [method = "", address = ""] = route.split(" ");
    const entry = entries.get(address) ?? { pattern: patternOf(address), methods: new Map() };
    entry.methods.set(method, access);
    entries.set(address, entry);
  }
  return [...entries.values()];
}

const apiEntries = compileRoutes();
const pageEntries = Object.entries(pageAccess).map(([address, access]) => ({
  pattern: patternOf(address),
  access,
}));

/** The methods of an API address with who may call each; undefined where there is no such address. */
export const findRoute = (pathname: string): Map<string, Access> | undefined =>
  apiEntries.find(({ pattern }) => pattern.test(pathname))?.methods;

export const findPage = (pathname: string): Access | undefined =>
  pageEntries.find(({ pattern }) => pattern.test(pathname))?.access;
