import { StepError } from "../steps.mjs";

export const flower = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** The starter model three times: as it is, without a history, and without that and without sharing runs. */
export const models = {
  kept: "iris",
  unkept: "iris-unkept",
  alone: "iris-alone",
};

/** Makes the other two of them, by the API, from the file of the first. */
export async function makeModels(origin, token) {
  const ask = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${origin}/api/v1/admin/models${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new StepError(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const { items } = await ask("GET", `/${models.kept}/versions`);
  const { file, signature } = items[0];
  const shared = {
    title: "Measured by the bench",
    source: { kind: "file", sha256: file.sha256 },
    signature,
    history: { kind: "never" },
  };
  await ask("POST", "", { ...shared, name: models.unkept });
  await ask("POST", "", { ...shared, name: models.alone, limits: { is_batched: false } });
}
