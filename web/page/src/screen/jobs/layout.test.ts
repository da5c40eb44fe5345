import { expect, test } from "vitest";
import type { Group, Row } from "../../wire/types";
import { holdGroups, holdRows } from "./hold";
import { flatLayout, layoutOf, openTest } from "./layout";

function group(key: string, size: number, isLeaf = true): Group {
  return { key, depth: 0, label: key, isMissing: false, filter: "", counts: {}, size, isLeaf, fixed: {}, ranges: {} };
}

const groups = [group("a", 3, false), group("a,1", 2), group("a,2", 1), group("b", 5)];

test("layoutOf_openGroups_haveTheirJobsBelow", () => {
  const layout = layoutOf(groups, (key) => key === "a,1" || key === "b");
  expect(layout.count).toBe(4 + 2 + 5);
  const lines = Array.from({ length: layout.count }, (_, i) => layout.at(i)).map((line) => (line?.kind === "group" ? line.group.key : `${line?.group?.key}#${line?.index}`));
  expect(lines).toEqual(["a", "a,1", "a,1#0", "a,1#1", "a,2", "b", "b#0", "b#1", "b#2", "b#3", "b#4"]);
  expect(layout.at(-1)).toBeUndefined();
  expect(layout.at(11)).toBeUndefined();
  expect(layout.ofGroup("b")).toBe(5);
  expect(layout.ofJob("b", 4)).toBe(10);
  expect(layout.ofJob("b", 5)).toBe(-1);
  expect(layout.ofJob("a,2", 0)).toBe(-1);
});

test("layoutOf_groupThatIsNoLeaf_hasNoJobsOfItsOwn", () => {
  expect(layoutOf(groups, () => true).at(1)).toEqual({ kind: "group", group: groups[1] });
});

test("flatLayout_isJobsOnly", () => {
  const layout = flatLayout(10_000);
  expect(layout.at(9999)).toEqual({ kind: "job", group: undefined, index: 9999 });
  expect(layout.ofJob(undefined, 7)).toBe(7);
  expect(flatLayout(0).at(0)).toBeUndefined();
});

test("openTest_shortList_isOpenUnlessTheAddressSaysMore", () => {
  expect(openTest(undefined, 40)("a")).toBe(true);
  expect(openTest(undefined, 41)("a")).toBe(false);
  expect(openTest([], 1)("a")).toBe(false);
});

const row = (job: string, state: Row["state"] = "running"): Row => ({ job, shortId: job, state, tags: {}, type: "t", what: "", values: {}, attempt: 1, pinned: false, runs: [] });

test("holdRows_newOrder_keepsPlacesAndTellsNews", () => {
  const held = holdRows([row("a"), row("b"), row("c")], [row("b"), row("a", "done"), row("c"), row("d")]);
  expect(held.shown.map(({ job, state }) => `${job} ${state}`)).toEqual(["a done", "b running", "c running"]);
  expect(held.changes).toBe(3);
});

test("holdRows_jobWithTwoSetsOfTags_keepsBothRows", () => {
  const twice = [row("a"), { ...row("a"), tags: { k1: 1 } }];
  expect(holdRows(twice, structuredClone(twice))).toEqual({ shown: twice, changes: 0 });
});

test("holdRows_sameOrder_isNoChange", () => {
  expect(holdRows([row("a")], [row("a", "done")])).toEqual({ shown: [row("a", "done")], changes: 0 });
});

test("holdGroups_newSizes_keepTheLines", () => {
  const held = holdGroups([group("a", 2)], [{ ...group("a", 3), counts: { done: 3 } }]);
  expect(held.shown[0]).toMatchObject({ size: 2, counts: { done: 3 } });
  expect(held.changes).toBe(1);
});
