/** The same call in three languages, with nothing to install and nothing to fill in. */
export function snippetsOf(baseUrl: string, secret: string): { label: string; code: string }[] {
  const address = `${baseUrl}/api/v1/verify`;
  return [
    {
      label: "curl",
      code: [`curl -i ${address} \\`, `  -H "Authorization: Bearer ${secret}"`].join("\n"),
    },
    {
      label: "Python",
      code: [
        "import urllib.request",
        "",
        "request = urllib.request.Request(",
        `    "${address}",`,
        `    headers={"Authorization": "Bearer ${secret}"},`,
        ")",
        "with urllib.request.urlopen(request) as answer:",
        "    print(answer.status)",
      ].join("\n"),
    },
    {
      label: "JavaScript",
      code: [
        `const answer = await fetch("${address}", {`,
        `  headers: { authorization: "Bearer ${secret}" },`,
        "});",
        "console.log(answer.status);",
      ].join("\n"),
    },
  ];
}
