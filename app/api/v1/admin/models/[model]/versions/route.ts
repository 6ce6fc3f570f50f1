import { route } from "@/lib/http/route";
import { createVersion } from "@/lib/models/commands/create-version";
import { headerNamesOf } from "@/lib/models/live";
import { listVersions } from "@/lib/models/queries";
import { createVersionBody, versionListView, versionView as versionShape } from "@/lib/models/schema";
import { versionView } from "@/lib/models/view";

export const GET = route(
  {
    summary: "List the versions of a model",
    description: "Newest first. Of an upstream's headers only the names are known to anybody.",
    auth: "admin",
    response: { status: 200, schema: versionListView },
    errors: ["model.not_found"],
  },
  async ({ actor, params }) => {
    const { model, versions } = await listVersions(actor, params.model ?? "");
    return { items: versions.map((version) => versionView(version, model, headerNamesOf(version))) };
  },
);

export const POST = route(
  {
    summary: "Add a version",
    description:
      "From a file, an upstream, or the file or upstream of an earlier version with another signature. Versions never change. A header that is sent empty keeps its value of the version in use, as long as the upstream's origin stays the same.",
    auth: "admin",
    body: createVersionBody,
    response: { status: 201, schema: versionShape },
    idempotent: true,
    errors: [
      "model.not_found",
      "model.file_unknown",
      "model.file_unusable",
      "upstream.unreachable",
      "upstream.invalid_answer",
      "upstream.address_not_allowed",
    ],
  },
  async ({ actor, params, body }) => {
    const { model, version } = await createVersion(actor, params.model ?? "", body);
    return versionView(version, model, headerNamesOf(version));
  },
);
