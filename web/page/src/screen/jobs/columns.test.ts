import { expect, test } from "vitest";
import type { Row } from "../../wire/types";
import { columnsFor, nextSort, valueIn, valueWidths } from "./columns";

const names = ["dataset", "b", "seed", "MAP"];
const widths = valueWidths(names, [{ values: { dataset: "trec-covid", MAP: 0.123456789 } } as unknown as Row], new Map());

test("columnsFor_wide_hasAllValues_metricsBehindTheState", () => {
  const { columns, hidden } = columnsFor(1440, names, ["MAP"], widths);
  expect(columns.map(({ title }) => title)).toEqual(["", "Group or job", "dataset", "b", "seed", "State", "Done", "MAP", "Time", "Host", "What"]);
  expect(hidden).toBe(0);
});

test("columnsFor_lessWidth_dropsValuesFromTheRight", () => {
  const { columns, hidden } = columnsFor(1000, names, ["MAP"], widths);
  expect(columns.some(({ name }) => name === "dataset")).toBe(true);
  expect(columns.some(({ name }) => name === "MAP")).toBe(false);
  expect(hidden).toBeGreaterThan(0);
});

test("columnsFor_phone_keepsJobStateAndCounts", () => {
  expect(columnsFor(390, names, [], widths).columns.map(({ kind }) => kind)).toEqual(["select", "job", "state", "done"]);
});

test("valueWidths_neverShrinks", () => {
  expect(valueWidths(["b"], [], new Map([["b", 120]])).get("b")).toBe(120);
  expect(valueWidths(["b"], [{ values: { b: "x".repeat(1000) } } as unknown as Row], new Map()).get("b")).toBe(190);
});

test("valueIn_nameThatObjectsHave_isAbsentUnlessTheRowHasIt", () => {
  expect(valueIn({ values: {} } as unknown as Row, "constructor")).toBeUndefined();
  expect(valueIn({ values: { toString: 3 } } as unknown as Row, "toString")).toBe(3);
});

test("nextSort_goesRound", () => {
  expect(nextSort(undefined, "k1")).toBe("k1");
  expect(nextSort("k1", "k1")).toBe("-k1");
  expect(nextSort("-k1", "k1")).toBeUndefined();
  expect(nextSort("-k1", "b")).toBe("b");
});
