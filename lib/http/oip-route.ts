import type { z } from "zod";
import { AppError, type ErrorCode } from "../core/errors";
import { findUsableModel, versionOf } from "../models/queries";
import { versionChoice } from "../predictions/schema";
import type { Answer } from "./answer";
import type { AskedModel } from "./oip";
import { type Declaration, type RouteHandler, route } from "./route";

type ModelDeclaration<S> = Pick<Declaration, "summary" | "description" | "ownBody" | "limit" | "errors"> & {
  response: { status: 200; schema: S };
};

const always: ErrorCode[] = ["model.not_found", "model.version_not_found", "model.without_tensors"];

/**
 * `route()` for the addresses of a model below `/v2`: finds what the address names, for the one who asks. Errors
 * become those of the protocol where all errors become answers, by their address: `problem.ts`.
 */
export const modelRoute = <S extends z.ZodType>(
  declaration: ModelDeclaration<S>,
  handle: (asked: AskedModel) => Promise<z.input<S> | Answer>,
): RouteHandler =>
  route(
    { ...declaration, auth: "member:predict", errors: [...always, ...(declaration.errors ?? [])] },
    async ({ actor, params, request }) => {
      const model = await findUsableModel(actor, params.model ?? "");
      const version = versionOf(model, choiceOf(params.version));
      if (version.inputs.length === 0)
        throw new AppError("model.without_tensors", {
          detail: `${model.name} is asked in rows and has no tensors. Call it at /api/v1/predictions.`,
        });
      return handle({ actor, model, version, request });
    },
  );

/** `stable`, `next` or a number; `01` and `1.0` are other spellings of nothing. */
function choiceOf(version: string | undefined): string | number | undefined {
  if (version === undefined) return undefined;
  const choice = versionChoice.safeParse(version);
  if (!choice.success)
    throw new AppError("model.version_not_found", { detail: "A version is a number, stable or next." });
  return choice.data;
}
