import { serverReady, serverReadyView } from "@/lib/http/oip";
import { route } from "@/lib/http/route";

export const GET = route(
  {
    summary: "Open Inference Protocol: can the server answer requests",
    description:
      "503 while its database is away or it is stopping. Says nothing of models: ask for each of them.",
    auth: "anonymous",
    response: { status: 200, schema: serverReadyView },
  },
  serverReady,
);
