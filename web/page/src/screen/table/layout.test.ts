import { expect, test } from "vitest";
import type { TableCell } from "../../wire/types";
import { columnHeadings, meanAndHalf, missingOf, placedCells, rowHeadings, statesOf } from "./layout";

const column = (metric: string, ...label: string[]) => ({ label, metric });
const cell = (change: Partial<TableCell>): TableCell => ({
  text: "",
  n: 0,
  missing: 0,
  states: {},
  isBest: false,
  isNear: false,
  filter: "",
  ...change,
});
const COLUMNS = [column("MAP", "a", "x"), column("P", "a", "x"), column("MAP", "a", "y"), column("MAP", "b", "y")];

test("columnHeadings_twoLevels_spanWhatIsEqualAbove", () => {
  expect(columnHeadings({ cols: ["s", "t"], columns: COLUMNS })).toEqual([
    [{ text: "a", span: 3 }, { text: "b", span: 1 }],
    [{ text: "x", span: 2 }, { text: "y", span: 1 }, { text: "y", span: 1 }],
  ]);
  expect(columnHeadings({ cols: [], columns: [column("MAP")] })).toEqual([]);
});

test("rowHeadings_sharedLabels_areGivenOnce", () => {
  const lines = [["1", "x"], ["1", "y"], ["2", "y"]].map((label) => ({ label, cells: [] }));
  expect(rowHeadings({ rows: ["k", "b"], lines })).toEqual([
    [{ text: "1", span: 2 }, { text: "x", span: 1 }],
    [undefined, { text: "y", span: 1 }],
    [{ text: "2", span: 1 }, { text: "y", span: 1 }],
  ]);
});

test("placedCells_neighboursWithoutValues_areOne", () => {
  const none = cell({ states: { queued: 3 }, missing: 3, filter: "k1=2" });
  const placed = placedCells({ columns: COLUMNS }, [none, none, none, cell({ n: 3, text: "1" })]);
  expect(placed.map(({ span, beginsGroup, cell: { n } }) => [span, beginsGroup, n])).toEqual([
    [2, true, 0],
    [1, true, 0],
    [1, true, 3],
  ]);
});

test.each([
  ["0.271 ± 0.004", "0.271", "0.004"],
  ["0.271", "0.271", ""],
  ["", "", ""],
])("meanAndHalf_%j_isCutAtTheSign", (text, mean, half) => {
  expect(meanAndHalf(text)).toEqual({ mean, half });
});

test("statesOf_counts_mostUrgentFirst", () => {
  expect(statesOf({ done: 1, running: 2, failed: 3, new: 0 }).map(({ phase }) => phase)).toEqual(["failed", "running", "done"]);
});

test("missingOf_severalMetrics_countsJobsOnce", () => {
  const cells = [cell({ n: 2, missing: 1, states: { done: 2, failed: 1 } }), cell({ n: 2, missing: 1, states: { done: 2, failed: 1 } })];
  const columns = [column("MAP"), column("P")];
  expect(missingOf({ columns, metrics: ["MAP", "P"], lines: [{ label: [], cells }] })).toEqual({
    here: 2,
    all: 3,
    states: { failed: 1 },
  });
});
