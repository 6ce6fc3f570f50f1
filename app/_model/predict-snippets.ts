import type { Rows } from "./json-rows";
import { jsonLiteral, pythonLiteral, shellWord } from "./literals";

export type Call = {
  baseUrl: string;
  model: string;
  /** Left out for the version in use. */
  version?: string;
  rows: Rows;
  /** What its owner calls the key whose secret goes into ADYTON_KEY. */
  keyName: string | null;
  timeoutMs: number;
};

/** The same call in three languages. The secret stays out of it: code gets copied to places that many can read. */
export function predictSnippets(call: Call): { label: string; code: string }[] {
  const { baseUrl, model, version, rows, timeoutMs } = call;
  const address = `${baseUrl}/api/v1/predictions`;
  const body = { model, ...(version ? { version } : {}), ...rows };
  const member = "input" in rows ? "output" : "outputs";
  const where = whereTheKeyIs(call.keyName);
  return [
    {
      label: "curl",
      code: [
        `# ${where}`,
        `curl ${address} \\`,
        '  -H "Authorization: Bearer $ADYTON_KEY" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d ${shellWord(jsonLiteral(body, "  "))}`,
      ].join("\n"),
    },
    {
      label: "Python",
      code: [
        "import os",
        "import requests",
        "",
        `# ${where}`,
        "answer = requests.post(",
        `    "${address}",`,
        `    headers={"Authorization": "Bearer " + os.environ["ADYTON_KEY"]},`,
        `    json=${pythonLiteral(body, "    ")},`,
        `    timeout=${Math.ceil(timeoutMs / 1000) + 5},`,
        ")",
        "answer.raise_for_status()",
        `print(answer.json()["${member}"])`,
      ].join("\n"),
    },
    {
      label: "JavaScript",
      code: [
        'import { env } from "node:process";',
        "",
        `// ${where}`,
        `const answer = await fetch("${address}", {`,
        '  method: "POST",',
        "  headers: {",
        '    authorization: "Bearer " + env.ADYTON_KEY,',
        '    "content-type": "application/json",',
        "  },",
        `  body: JSON.stringify(${jsonLiteral(body, "  ")}),`,
        "});",
        "if (!answer.ok) throw new Error(await answer.text());",
        `console.log((await answer.json()).${member});`,
      ].join("\n"),
    },
  ];
}

const whereTheKeyIs = (keyName: string | null): string =>
  keyName === null
    ? "ADYTON_KEY: the secret of an API key of yours"
    : `ADYTON_KEY: the secret of your key “${keyName}”`;
