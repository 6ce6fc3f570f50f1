import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";
import { exportOwnData } from "@/lib/own-data/commands/export-own-data";

export const GET = route(
  {
    summary: "Download everything that is held about oneself",
    description:
      "One JSON document. No passwords, keys or other secrets are in it. The download is itself recorded.",
    auth: "member:account",
    response: { status: 200, contentType: "application/json" },
  },
  async ({ actor }) => download(await exportOwnData(actor), "application/json", "adyton-my-data.json"),
);
