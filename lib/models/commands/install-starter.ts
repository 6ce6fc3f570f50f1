import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { systemActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { log } from "../../infra/log";
import { createModelBody } from "../schema";
import { createModel } from "./create-model";
import { uploadFile } from "./upload-file";

const name = "iris";

/** `seen`: the least and the most among the flowers the model has learned from. */
const measurement = (column: string, title: string, seen: [number, number], example: number) => ({
  name: column,
  title,
  description: `Among the flowers it learned from: ${seen.join(" to ")} cm.`,
  kind: "number" as const,
  unit: "cm",
  min: 0,
  max: 30,
  example,
});

const signature: z.input<typeof createModelBody>["signature"] = {
  columns: [
    measurement("sepal_length", "Length of the sepal", [4.3, 7.9], 5.1),
    measurement("sepal_width", "Width of the sepal", [2, 4.4], 3.5),
    measurement("petal_length", "Length of the petal", [1, 6.9], 1.4),
    measurement("petal_width", "Width of the petal", [0.1, 2.5], 0.2),
  ],
  result: {
    kind: "classes",
    labels: ["setosa", "versicolor", "virginica"],
    probabilities: "probabilities",
    label: "species",
  },
};

const description =
  "Which of three kinds of iris is it? Measure the flower's sepal and petal, and the model names the kind and how sure it is. It learned from the 150 flowers that R. A. Fisher published in 1936, and is here to try things out with: change it, or delete it when your own model is in.";

/**
 * Installs the small model that ships with the product, once: its name stays taken after it was deleted, and then it
 * does not come back. Answers whether it was installed now.
 */
export async function installStarterModel(): Promise<boolean> {
  if (await db().model.findUnique({ where: { name }, select: { id: true } })) return false;
  const actor = systemActor("first start");
  const file = path.join(env().root, "scripts/starter-model/iris.onnx");
  try {
    const { size: bytes } = await stat(file);
    const { sha256 } = await uploadFile(actor, { body: createReadStream(file), bytes, sha256: null });
    const source = { kind: "file", sha256 };
    await createModel(
      actor,
      createModelBody.parse({ name, title: "Iris flowers", description, source, signature }),
    );
    return true;
  } catch (error) {
    // Another process that starts at this moment was first.
    if (error instanceof AppError && error.code === "model.name_taken") return false;
    // Everything else works without it, and the next start tries again.
    log().error({ err: error }, "the starter model could not be installed");
    return false;
  }
}
