import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/**
 * An ONNX file may say that its weights are in another file, named by any path. Such a file is refused before the
 * runtime sees it. For that its protobuf is walked here: from field to field, past the weights without reading them.
 */

/** Which fields of a message lead on to another message: the numbers are those of onnx.proto3. */
const messages = {
  model: { 7: "graph", 20: "training", 25: "function" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  training: { 1: "graph", 2: "graph" },
  function: { 7: "node", 11: "attribute" },
  tensor: {},
};
const externalData = 13;
const dataLocation = 14;

/** What the runtime's own reader allows. */
const depthMax = 100;
const windowBytes = 65_536;

const broken = "It is not a complete ONNX file: it was cut, damaged, or is something else.";
const external =
  "Its weights are in other files. Save the model as one file, in Python with onnx.save(model, path, save_as_external_data=False).";

/** A sentence about why the file cannot be taken, or null. */
export function fileFault(file) {
  let descriptor;
  try {
    descriptor = openSync(file, "r");
  } catch {
    return "The file is not there, or may not be read.";
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return "The file is empty.";
    walk(readerOf(descriptor), "model", size, 0);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

class Fault extends Error {}

function walk(reader, kind, end, depth) {
  if (depth > depthMax) throw new Fault(broken);
  while (reader.at < end) {
    const tag = reader.varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0: {
        const value = reader.varint();
        if (kind === "tensor" && field === dataLocation && value !== 0) throw new Fault(external);
        break;
      }
      case 1:
        reader.at += 8;
        break;
      case 2: {
        if (kind === "tensor" && field === externalData) throw new Fault(external);
        const length = reader.varint();
        const inner = messages[kind][field];
        if (reader.at + length > end) throw new Fault(broken);
        if (inner) walk(reader, inner, reader.at + length, depth + 1);
        else reader.at += length;
        break;
      }
      case 5:
        reader.at += 4;
        break;
      default:
        throw new Fault(broken);
    }
  }
  if (reader.at !== end) throw new Fault(broken);
}

function readerOf(descriptor) {
  const window = Buffer.allocUnsafe(windowBytes);
  let start = 0;
  let length = 0;
  return {
    at: 0,
    byte() {
      if (this.at < start || this.at >= start + length) {
        start = this.at;
        length = readSync(descriptor, window, 0, windowBytes, start);
        if (length === 0) throw new Fault(broken);
      }
      this.at += 1;
      return window[this.at - 1 - start];
    },
    varint() {
      let value = 0;
      for (let shift = 0; shift < 70; shift += 7) {
        const byte = this.byte();
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
      throw new Fault(broken);
    },
  };
}
