import { expect, test } from "vitest";
import { labelLines } from "./words";

test.each([
  ["ir.search", "ir.search", ""],
  ["ir.search k1=1.5 b=0.4", "ir.search", "k1=1.5 b=0.4"],
  ["dataset=trec covid seed=1", "dataset=trec covid", "seed=1"],
  ["no k1", "no k1", ""],
])("labelLines_%s", (label, name, rest) => {
  expect(labelLines(label)).toEqual({ name, rest });
});
