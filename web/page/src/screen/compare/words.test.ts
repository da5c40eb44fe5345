import { expect, test } from "vitest";
import type { CompareSection } from "../../wire/types";
import { baseIndex, differenceOf, titleOf } from "./words";

const jobs = (...types: string[]) =>
  types.map((type, index) => ({ job: `${type}/06ad686d6e8f279${index}`, shortId: "06ad686d", state: "done" as const, tags: {}, type }));
const section = (name: CompareSection["name"], rows: number): CompareSection => ({
  name,
  rows: Array.from({ length: rows }, () => ({ name: "x", values: [], counts: true })),
});

test.each<[string, CompareSection[], string]>([
  ["nothing", [], "no parameter differs"],
  ["one", [section("parameters", 1), section("metrics", 3)], "1 parameter differs"],
  ["all", [section("parameters", 2), section("code", 1), section("environment", 4)], "2 parameters differ, and the code and the environment"],
  ["code only", [section("code", 1)], "no parameter differs, but the code"],
])("titleOf_%s_saysWhatDiffers", (_, sections, expected) => {
  expect(titleOf({ jobs: jobs("a", "a"), sections })).toEqual({ jobs: "2 jobs of a", differences: expected });
});

test("titleOf_severalTypes_namesNone", () => {
  expect(titleOf({ jobs: jobs("a", "b"), sections: [] }).jobs).toBe("2 jobs");
});

test.each([
  [undefined, 0],
  ["b/06ad686d6e8f2791", 1],
  ["06ad686d6e8f2791", 1],
  ["gone", 0],
])("baseIndex_%j_isThatOfTheAddressOrTheFirst", (base, expected) => {
  expect(baseIndex(jobs("a", "b"), base)).toBe(expected);
});

test.each([
  ["0.2528", "0.2601", "−0.0073"],
  ["3", "1.5", "+1.5"],
  ["5", "5", ""],
  ["10.1.0", "10.2.1", ""],
  [null, "1", ""],
  ["1e3", "1", ""],
])("differenceOf_%j_to_%j_is_%j", (value, base, expected) => {
  expect(differenceOf(value, base)).toBe(expected);
});
