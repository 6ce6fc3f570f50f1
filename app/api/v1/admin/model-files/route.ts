import { incomingFile } from "@/lib/http/incoming-file";
import { route } from "@/lib/http/route";
import { uploadFile } from "@/lib/models/commands/upload-file";
import { defaultSignature } from "@/lib/models/domain/default-signature";
import { fileView as fileShape } from "@/lib/models/schema";
import { fileView } from "@/lib/models/view";

export const POST = route(
  {
    summary: "Upload an ONNX file",
    description:
      "The file itself as the body, and in X-Content-SHA256, if you like, its SHA-256 in hex. Answers what goes in and comes out of it. A file that no version is made from is removed after a day; the same file twice is one file.",
    auth: "admin",
    bytes: "application/octet-stream",
    response: { status: 201, schema: fileShape },
    errors: ["request.invalid", "model.file_unusable", "model.digest_mismatch"],
  },
  async ({ actor, request }) => {
    const file = await uploadFile(actor, incomingFile(request));
    return fileView(file, defaultSignature(file.inputs, file.outputs, null));
  },
);
