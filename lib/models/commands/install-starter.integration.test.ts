import { expect, test } from "vitest";
import { systemActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { makeUser, signedIn } from "../../testing/factories";
import { inProcesses } from "../../testing/processes";
import { findUsableModel } from "../queries";
import { deleteModel } from "./delete-model";
import { installStarterModel } from "./install-starter";

const starters = () => db().model.count({ where: { name: "iris" } });

test("of two processes that start at once one installs it; everybody may use it, and it is recorded", async () => {
  const installed = await inProcesses<boolean>(2, {
    imports: `import { installStarterModel } from "./lib/models/commands/install-starter";`,
    lines: "return installStarterModel();",
  });
  expect(installed.sort()).toEqual([false, true]);
  const { actor } = await signedIn(await makeUser());
  const iris = await findUsableModel(actor, "iris");
  expect(iris.stable.signature.columns?.map(({ name, unit }) => [name, unit])).toEqual([
    ["sepal_length", "cm"],
    ["sepal_width", "cm"],
    ["petal_length", "cm"],
    ["petal_width", "cm"],
  ]);
  expect(iris.stable.signature.result).toMatchObject({ labels: ["setosa", "versicolor", "virginica"] });
  const events = await db().auditEvent.findMany({ where: { objectLabel: "iris" } });
  expect(events.map(({ action, actorLabel }) => [action, actorLabel])).toEqual([
    ["model.created", "this install"],
  ]);
});

// Seen failing: with a look at models that are not deleted only.
test("it is installed once: not at the next start, and never again after it was deleted", async () => {
  expect(await installStarterModel()).toBe(false);
  await deleteModel(systemActor("test"), "iris");
  expect(await installStarterModel()).toBe(false);
  expect(await starters()).toBe(1);
});
