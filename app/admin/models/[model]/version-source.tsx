import { CopyableId } from "@/app/_components/copyable-id";
import type { Version } from "../_parts/model-words";
import { formatBytes } from "../_parts/units";
import { presetLabel } from "../_source/preset-words";

/** The file by its fingerprint, or the service by its address. */
export function VersionSource({ version: { file, upstream } }: { version: Version }) {
  if (file) {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        ONNX file, {formatBytes(file.bytes)}
        <span title={file.sha256} className="text-[13px] text-muted">
          <CopyableId
            value={file.sha256}
            label="SHA-256 of the file"
            className="[&_code]:max-w-24 [&_code]:truncate"
          />
        </span>
      </span>
    );
  }
  if (!upstream) return null;
  return (
    <span className="wrap-anywhere">
      {presetLabel(upstream.preset)}: {upstream.model && `${upstream.model} at `}
      {upstream.url}
    </span>
  );
}
