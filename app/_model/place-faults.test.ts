import { expect, test } from "vitest";
import { placeFaults } from "./place-faults";

const fault = (pointer: string) => ({ pointer, message: "No.", fix: "Mend it." });

test("a fault stands at the field it points to, the first one when there are several", () => {
  const errors = [fault("/input/age"), { ...fault("/input/age"), message: "Again." }];
  expect(placeFaults(errors, ["age", "city"])).toEqual({ fields: { age: "No. Mend it." }, rest: [] });
});

test.each([
  ["/input/colour", "colour"],
  ["/inputs/3/age", "Row 4, age"],
  ["/input/measurements/0/2", "measurements at 0, 2"],
  ["/input/a~1b", "a/b"],
  ["/input", ""],
  ["/model", ""],
])("what %s points to has no field and is named as “%s”", (pointer, where) => {
  expect(placeFaults([fault(pointer)], ["age"])).toEqual({
    fields: {},
    rest: [{ where, text: "No. Mend it." }],
  });
});
