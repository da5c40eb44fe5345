import { expect, test } from "vitest";
import { CANVAS, pagesOf, topToSee, windowOf } from "./window";

const ROW = 30;

test.each<[string, number, number, [number, number, number]]>([
  ["no rows", 0, 0, [0, 0, 0]],
  ["fewer than fit", 5, 0, [0, 5, 0]],
  ["the beginning", 10_000, 0, [0, 30, 0]],
  ["the middle", 10_000, 3000, [90, 130, 2700]],
  ["half a row", 10_000, 3015, [90, 131, 2700]],
  ["the end", 10_000, 299_400, [9970, 10_000, 299_100]],
  ["beyond the end, after rows have gone", 10_000, 900_000, [9970, 10_000, 299_100]],
  ["above, while it bounces", 10_000, -50, [0, 30, 0]],
])("windowOf_%s_drawsVisibleRowsAndFewMore", (_, count, top, expected) => {
  const window = windowOf({ count, row: ROW, top, height: 600 });
  expect([window.first, window.last, window.offset]).toEqual(expected);
  expect(window.canvas).toBe(count * ROW);
});

test("windowOf_moreThanTheCanvas_reachesBothEnds", () => {
  const list = { count: 1_000_000, row: ROW, height: 600 };
  const begin = windowOf({ ...list, top: 0 });
  const end = windowOf({ ...list, top: CANVAS - 600 });
  expect([begin.canvas, begin.first, begin.offset]).toEqual([CANVAS, 0, 0]);
  expect(end.last).toBe(1_000_000);
  expect(end.offset + (end.last - end.first) * ROW).toBeCloseTo(CANVAS, 3);
});

test("windowOf_listWithoutALimit_isRefused", () => {
  expect(() => windowOf({ count: 10_000, row: ROW, top: 0, height: 300_000 })).toThrow("Cannot draw 10000 rows at once");
});

test.each<[string, number, number]>([
  ["above", 5, 150],
  ["below", 40, 630],
  ["seen", 15, 300],
])("topToSee_row_%s_movesAsLittleAsNeeded", (_, index, expected) => {
  expect(topToSee(index, { count: 100, row: ROW, top: 300, height: 600 })).toBe(expected);
});

test("topToSee_onACappedCanvas_showsTheRow", () => {
  const list = { count: 1_000_000, row: ROW, height: 600 };
  const top = topToSee(700_000, { ...list, top: 0 });
  const window = windowOf({ ...list, top });
  const at = window.offset + (700_000 - window.first) * ROW - top;
  expect(at).toBeGreaterThanOrEqual(-0.01);
  expect(at).toBeLessThanOrEqual(570.01);
});

test("pagesOf_windowOverAnEdge_namesBoth", () => {
  expect(pagesOf({ first: 190, last: 230 }, 200)).toEqual([0, 200]);
  expect(pagesOf({ first: 400, last: 400 }, 200)).toEqual([]);
});
