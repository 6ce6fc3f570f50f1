import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import type { TensorSpec } from "../../runners/domain";
import { describeOnnx } from "../../runners/onnx/describe";
import { type Incoming, placeFile, receiveFile, removePart } from "../files";

export type UploadedFile = { sha256: string; bytes: number; inputs: TensorSpec[]; outputs: TensorSpec[] };

/**
 * Takes a file in, if it is a model. It is given its name inside of an audited change: these run one after the
 * other, and so does the tidying up of files, which therefore never removes one that was just uploaded again.
 */
export async function uploadFile(actor: Actor, incoming: Incoming): Promise<UploadedFile> {
  requireAdmin(actor);
  const received = await receiveFile(incoming);
  const { part, sha256, bytes } = received;
  try {
    const tensors = await describeOnnx(part);
    await audited(actor, async (_, record) => {
      await placeFile(received);
      record({
        action: "model.file_uploaded",
        object: { type: "model", id: null, label: sha256 },
        detail: { sha256, bytes },
      });
    });
    return { sha256, bytes, ...tensors };
  } finally {
    await removePart(part);
  }
}
