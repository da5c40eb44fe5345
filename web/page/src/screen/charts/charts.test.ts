import { describe, expect, test } from "vitest";
import { isAlone, tickTexts } from "./plot";
import type { HistoryAnswer, PointsAnswer } from "../../wire/types";
import { aligned, extremesOf, labelsOf } from "./history";
import { pointsPicture } from "./points";

const FRAME = { left: 40, right: 540, top: 10, bottom: 410 };
const point = (x: number | string, mean: number, n = 3) => ({ x, mean, low: mean - 0.01, high: mean + 0.01, n, expected: 3 });

function points(series: PointsAnswer["series"], isNumeric = true): PointsAnswer {
  return { metric: "MAP", metrics: ["MAP"], x: "b", tags: ["b"], by: [], over: ["seed"], isNumeric, series };
}

describe("a metric against a tag", () => {
  test("the places of a numeric tag are to scale, whatever their order", () => {
    const { series, xTicks } = pointsPicture(points([{ label: "1.2", points: [point(0.9, 0.3), point(0.1, 0.2), point(0.3, 0.25)] }]), FRAME);
    const [a, b, c] = series[0]!.dots.map((dot) => dot.x) as [number, number, number];
    expect((c - b) / (b - a)).toBeCloseTo(3);
    expect(xTicks.map((tick) => tick.label)).toEqual(["0.1", "0.3", "0.9"]);
  });

  test("a tag of many values has round marks", () => {
    const all = Array.from({ length: 40 }, (_, index) => point(index * 0.013, index));
    expect(pointsPicture(points([{ label: "", points: all }]), FRAME).xTicks.length).toBeLessThanOrEqual(9);
  });

  test("other values stand in their turn", () => {
    const { xTicks } = pointsPicture(points([{ label: "", points: [point("adam", 1), point("sgd", 2)] }], false), FRAME);
    expect(xTicks).toEqual([{ at: 165, label: "adam" }, { at: 415, label: "sgd" }]);
  });

  test("a line is dashed where replicates are missing, and its dot says so", () => {
    const { series } = pointsPicture(points([{ label: "1.2", points: [point(1, 1), point(2, 2), point(3, 3, 2), point(4, 4), point(5, 5)] }]), FRAME);
    expect(series[0]?.strokes.map((stroke) => stroke.isDashed)).toEqual([false, true, false]);
    expect(series[0]?.dots.map((dot) => dot.isPartial)).toEqual([false, false, true, false, false]);
  });

  test("labels at the ends of equal lines stay apart", () => {
    const { series } = pointsPicture(points(["a", "b", "c"].map((label) => ({ label, points: [point(1, 1), point(2, 1)] }))), FRAME);
    const places = series.map((one) => one.labelY).sort((a, b) => a - b);
    expect((places[1] ?? 0) - (places[0] ?? 0)).toBeGreaterThanOrEqual(14);
    expect((places[2] ?? 0) - (places[1] ?? 0)).toBeGreaterThanOrEqual(14);
  });

  test("where the jobs are no replicates there is no mean, and no line leads there", () => {
    const mixed = { x: 3, low: 1, high: 9, n: 3, expected: 3 };
    const { series } = pointsPicture(points([{ label: "a", points: [point(1, 1), point(2, 2), mixed, point(4, 4), point(5, 5)] }]), FRAME);
    expect(series[0]?.dots.map((dot) => dot.y === undefined)).toEqual([false, false, true, false, false]);
    expect(series[0]?.strokes.map((stroke) => stroke.path.split("L").length)).toEqual([2, 2]);
  });

  test("no series, and a value that is no number, are no error", () => {
    expect(pointsPicture(points([]), FRAME).series).toEqual([]);
    expect(pointsPicture(points([{ label: "a", points: [point(1, Number.NaN)] }]), FRAME).series[0]?.dots).toEqual([]);
  });
});

describe("a metric over time", () => {
  const line = (tags: Record<string, number>, points: [number, number][]): HistoryAnswer["lines"][number] => ({
    job: { job: "t/1", shortId: "0a", state: "running", tags }, points, isReduced: false,
  });

  test("lines of different steps share an axis", () => {
    expect(aligned([line({}, [[1, 10], [3, 30]]), line({}, [[2, 20], [3, Infinity]])], 600)).toEqual([[1, 2, 3], [10, null, 30], [null, 20, null]]);
  });

  test("labels are the tags that differ", () => {
    expect(labelsOf([line({ k1: 1, b: 2, seed: 1 }, []), line({ k1: 1, b: 3, seed: 1 }, [])])).toEqual(["b=2", "b=3"]);
    expect(labelsOf([line({ k1: 1 }, [])])).toEqual(["0a"]);
  });
});

test.each<[unknown[], unknown[]]>([
  [[0.3, "NaN", 0.1, NaN], [0.1, 0.3]],
  [["NaN"], []],
  [[], []],
])("extremesOf %j are those of its numbers", (values, extremes) => {
  expect(extremesOf(values as number[])).toEqual(extremes);
});

test("isAlone_oneValueAmongGaps_isDrawnAsAPoint", () => {
  expect(isAlone([null, 0.5, undefined])).toBe(true);
  expect(isAlone([0.5, null, 0.6])).toBe(false);
  expect(isAlone([null])).toBe(false);
});

test("tickTexts_smallSteps_tellNeighboursApart", () => {
  expect(tickTexts([0.9435, 0.944, 0.9445], 0.0005)).toEqual(["0.9435", "0.9440", "0.9445"]);
  expect(tickTexts([0, 1000, 2000], 1000)).toEqual(["0", "1,000", "2,000"]);
  expect(tickTexts([0, 2e9], 2e9)).toEqual(["0", "2.00e+9"]);
});
