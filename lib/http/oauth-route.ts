import type { z } from "zod";
import type { AnonymousActor } from "../core/actor";
import { now } from "../infra/clock";
import type { LiveKey } from "../keys/queries";
import { rateHeaders } from "../limits/domain";
import { headerCredential } from "./credentials";
import { clientOf } from "./oauth-client";
import { asOAuthError, OAuthError, oauthErrorResponse } from "./oauth-errors";
import { countClient } from "./rate";
import { readText } from "./read-body";
import { originOf } from "./request-context";
import { type Declaration, logRequest, type RouteHandler, setHeaders } from "./route";

type OAuthDeclaration = Pick<Declaration, "summary" | "description" | "response"> & { form: z.ZodType };

type Client = { client_id?: string | undefined; client_secret?: string | undefined };

type Input<D extends OAuthDeclaration> = {
  /** The API key that the caller showed itself with as a client; null when it showed none. */
  client: LiveKey | null;
  form: z.output<D["form"]>;
  anonymous: AnonymousActor;
  request: Request;
};

const formBytesMax = 64 * 1024;

/**
 * `route()` for the endpoints of OAuth, which have their own rules: forms instead of JSON, clients that show
 * themselves in their own ways, the errors of RFC 6749. No cookie is looked at, so another site's page can do
 * nothing here that it could not do from anywhere.
 */
export function oauthRoute<const D extends OAuthDeclaration>(
  declaration: D,
  handle: (input: Input<D>) => Promise<object | Response>,
): RouteHandler {
  const handler = async (request: Request): Promise<Response> => {
    const startedAt = performance.now();
    const origin = originOf(request.headers);
    const actor: AnonymousActor = { kind: "anonymous", origin };
    let response: Response;
    let rate: Record<string, string> = {};
    let failure: ReturnType<typeof asOAuthError>["cause"];
    try {
      headerCredential(request.headers);
      const form = await readForm(request, declaration.form);
      const client = await clientOf(request.headers, form as Client, origin);
      if (client) rate = rateHeaders(await countClient(client), now());
      const output = await handle({ client, form: form as z.output<D["form"]>, anonymous: actor, request });
      response = output instanceof Response ? output : Response.json(output);
    } catch (thrown) {
      const { error, cause } = asOAuthError(thrown);
      failure = cause;
      response = oauthErrorResponse(error);
    }
    setHeaders(response.headers, request, origin.requestId, rate);
    response.headers.set("pragma", "no-cache");
    const { pathname } = new URL(request.url);
    logRequest(request.method, pathname, response.status, performance.now() - startedAt, actor, failure);
    return response;
  };
  const declared = { ...declaration, auth: "anonymous" as const };
  return Object.assign(handler, { declaration: declared, answer: handler });
}

/** RFC 6749, 3.2: a parameter may be there once; unknown ones are nobody's business. */
async function readForm(request: Request, schema: z.ZodType): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new OAuthError("invalid_request", "Send a form: Content-Type: application/x-www-form-urlencoded.");
  const parameters = [...new URLSearchParams(await readText(request, formBytesMax))];
  const form = Object.fromEntries(parameters);
  if (Object.keys(form).length < parameters.length)
    throw new OAuthError("invalid_request", "A parameter was sent twice.");
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? "");
  throw new OAuthError("invalid_request", `The parameter ${name} cannot be accepted.`);
}
