import { describe, expect, it } from "vitest";
import { acceptedType } from "./accept";

const types = ["text/csv", "application/cloudevents-batch+json"] as const;
const accepted = (accept?: string) =>
  acceptedType(new Headers(accept === undefined ? {} : { accept }), types);

describe("the type of an answer", () => {
  it("is JSON unless another one is asked for", () => {
    for (const accept of [undefined, "", "*/*", "application/json", "text/html,*/*;q=0.8", "text/csv;q=0"])
      expect(accepted(accept)).toBeNull();
  });

  it("is the one that is wanted most", () => {
    expect(accepted("text/csv")).toBe("text/csv");
    expect(accepted("Text/CSV; charset=utf-8")).toBe("text/csv");
    expect(accepted("text/csv;q=0.5, application/json")).toBeNull();
    expect(accepted("application/json;q=0.2, application/cloudevents-batch+json")).toBe(
      "application/cloudevents-batch+json",
    );
  });
});
