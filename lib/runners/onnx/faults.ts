import type { Answer, End } from "./runner-process";

/** The messages of the runtime, as sentences for the person who can do something about them. */

const damaged = "It is not a complete ONNX file: it was cut, damaged, or is something else.";

const known: [RegExp, (parts: string[]) => string][] = [
  [/Protobuf parsing failed|No graph was found|does not have a graph|Missing opset/, () => damaged],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    ([, version, most]) =>
      `It is written in version ${version} of the format; up to ${most} can be read. In Python, set model.ir_version = ${most} and save it again.`,
  ],
  [
    /official support for domain (\S+) is till opset (\d+)/,
    ([, domain, most]) =>
      `It needs newer operators (${domain}) than there are here. Export it again with opset_version=${most}.`,
  ],
  [
    /No Op registered for (\S+)|(\S+) is not a registered function\/op|Could not find an implementation for (\S+?)\(/,
    ([, ...names]) =>
      `It uses the operator ${names.find(Boolean)}, which does not exist here. Export the model with standard operators.`,
  ],
];

/** Why a file could not be loaded. */
export function loadFault({ kind, reason }: End): string {
  if (kind === "refused") return reason;
  if (kind === "memory") return `The file takes too much memory to load. ${reason}`;
  if (kind === "exit") return `The program that reads model files could not cope with this one. ${reason}`;
  for (const [pattern, sentence] of known) {
    const parts = pattern.exec(reason);
    if (parts) return sentence(parts);
  }
  return `It cannot be loaded. ${plain(reason)}`;
}

/** Why the model could not work with an input, as far as it says so. */
export function runFault({ reason, isPlain }: Extract<Answer, { kind: "failed" }>): string {
  if (isPlain) return reason;
  return /alloc/i.test(reason)
    ? "The model asked for more memory than there is for an input such as this one."
    : `The model reported: ${plain(reason)}`;
}

/** Without the names of the runtime's own files and functions, and without what a file put there to disturb. */
const plain = (reason: string): string =>
  reason
    .replace(/^.*Status Message:\s*/s, "")
    .replace(/^Load model from the file failed:/, "")
    .replace(/\S*onnxruntime\S*(?::\d+)?( \S+\(.*?\))?/g, "")
    .replace(/This is an invalid model\.|^void |\p{C}|\ufffd/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300) || "It gives no reason.";
