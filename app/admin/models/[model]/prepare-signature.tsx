import { exampleRow } from "@/lib/models/domain/example-row";
import type { AdminModel, Version } from "../_parts/model-words";
import { SignatureView } from "./late-views";

type PrepareSignatureProps = {
  model: AdminModel;
  versions: readonly Version[];
  wanted: string | string[] | undefined;
};

/** Begins with the version of the address, or with the one in use. */
export function PrepareSignature({ model, versions, wanted }: PrepareSignatureProps) {
  const version =
    versions.find(({ number }) => String(number) === wanted) ?? versions.find(({ is_stable }) => is_stable);
  if (!version) return null;
  const { inputs, signature, runner, upstream } = version;
  return (
    <SignatureView
      // Another version begins anew.
      key={version.number}
      model={{ name: model.name, title: model.title, isPaused: model.is_paused, stable: model.version }}
      version={version}
      numbers={versions.map(({ number }) => number)}
      example={exampleRow({ inputs, signature, runner, preset: upstream?.preset ?? null })}
    />
  );
}
