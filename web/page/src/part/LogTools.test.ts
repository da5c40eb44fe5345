import { expect, test } from "vitest";
import { searchText } from "./LogTools";

const BEGUN = { sought: "x", matches: [], count: 0, read: 0, size: 0, isDone: false, at: -1 };

test.each<[string, Partial<Parameters<typeof searchText>[0]>, string]>([
  ["has just begun", {}, "searching"],
  ["has found the first one, and not told how far it is", { count: 1, at: 0 }, "1 of 1 so far"],
  ["has found nothing so far", { read: 50, size: 100 }, "none in 50 %"],
  ["has found nothing", { isDone: true, read: 100, size: 100 }, "none"],
  ["has found some", { count: 1200, isDone: true }, "1,200 found"],
  ["is shown", { count: 1200, at: 2, isDone: true }, "3 of 1,200"],
])("searchText_%s", (_, change, expected) => {
  expect(searchText({ ...BEGUN, ...change })).toBe(expected);
});
