import { describe, expect, test } from "vitest";
import { reduced, type Point } from "./reduce";
import { extentOf, linear, spread } from "./scale";
import { numberTicks, timeTicks } from "./ticks";

const labels = (ticks: { label: string }[]): string[] => ticks.map((tick) => tick.label);
const utc = (): number => 0;

describe("scale", () => {
  test("a value and its place lead to each other", () => {
    const scale = linear(10, 20, 100, 300);
    expect(scale.at(15)).toBe(200);
    expect(scale.valueAt(scale.at(12.5))).toBe(12.5);
    expect(linear(3, 3, 0, 10).at(3)).toBe(5);
  });

  test("the extent of one value has room around it", () => {
    expect(extentOf([4, 4])).toEqual([3.6, 4.4]);
    expect(extentOf([0])).toEqual([-1, 1]);
    expect(extentOf([])).toBeUndefined();
    expect(extentOf([Number.NaN, Infinity, 2, 3])).toEqual([2, 3]);
  });

  test("labels stay apart, in order and inside", () => {
    const places = spread([50, 52, 51, 10], 14, 0, 100);
    const sorted = [...places].sort((a, b) => a - b);
    sorted.slice(1).forEach((place, index) => expect(place - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(14));
    expect(places[0]).toBeLessThan(places[2] ?? 0);
    expect(places[2]).toBeLessThan(places[1] ?? 0);
    expect(places[3]).toBe(10);
    expect(spread([99, 100], 14, 0, 100)).toEqual([86, 100]);
  });
});

describe("ticks of numbers", () => {
  test.each([
    [0, 1, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
    [0.18, 0.21, 4, ["0.18", "0.19", "0.20", "0.21"]],
    [0, 4200, 5, ["0", "1,000", "2,000", "3,000", "4,000"]],
    [-3, 3, 4, ["-2", "0", "2"]],
    [0, 5e7, 3, ["0", "2e7", "4e7"]],
    [0, 3e-6, 3, ["0", "1e-6", "2e-6", "3e-6"]],
  ] as const)("from %d to %d", (from, to, most, expected) => {
    expect(labels(numberTicks(from, to, most))).toEqual(expected);
  });

  test("no width has no ticks, and never more than twice as many as asked for", () => {
    expect(numberTicks(1, 1, 5)).toEqual([]);
    for (let width = 1e-7; width < 1e9; width *= 3.7) {
      expect(numberTicks(-width / 3, width, 6).length).toBeLessThanOrEqual(12);
    }
  });
});

describe("ticks of times", () => {
  const at = (text: string): number => Date.parse(text);

  test.each([
    ["2026-03-18T09:42:00Z", "2026-03-18T12:52:00Z", 10, ["10:00", "10:20", "10:40", "11:00", "11:20", "11:40", "12:00", "12:20", "12:40"]],
    ["2026-03-18T09:42:01Z", "2026-03-18T09:42:09Z", 5, ["09:42:02", "09:42:04", "09:42:06", "09:42:08"]],
    ["2026-03-17T20:00:00Z", "2026-03-18T08:00:00Z", 4, ["21:00", "18 Mar", "03:00", "06:00"]],
    ["2026-03-01T12:00:00Z", "2026-03-05T12:00:00Z", 4, ["2 Mar", "3 Mar", "4 Mar", "5 Mar"]],
  ])("from %s", (from, to, most, expected) => {
    expect(labels(timeTicks(at(from), at(to), most, utc))).toEqual(expected);
  });

  test("marks are round on the reader's clock", () => {
    expect(labels(timeTicks(at("2026-03-18T06:00:00Z"), at("2026-03-19T06:00:00Z"), 4, () => 330))).toEqual([
      "12:00", "18:00", "19 Mar", "06:00",
    ]);
  });

  test("marks stay round when the clock is changed between them", () => {
    const change = at("2026-03-29T01:00:00Z");
    const zone = (time: number): number => (time < change ? 60 : 120);
    const ticks = timeTicks(at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z"), 4, zone);
    expect(labels(ticks)).toEqual(["29 Mar", "12:00", "30 Mar", "12:00"]);
    expect(new Date(ticks[1]?.at ?? 0).toISOString()).toBe("2026-03-29T10:00:00.000Z");
  });
});

describe("reduced lines", () => {
  const line = (count: number, y: (x: number) => number): Point[] => Array.from({ length: count }, (_, x) => [x, y(x)] as const);

  test("a short line stays as it is", () => {
    const points = line(100, (x) => x);
    expect(reduced(points, 50)).toEqual(points);
  });

  test("one spike among a hundred thousand points is kept, with the ends", () => {
    const points = line(100_000, (x) => (x === 31_415 ? 9 : x === 77_777 ? -9 : 0));
    const kept = reduced(points, 500);
    expect(kept.length).toBeLessThanOrEqual(2000);
    expect(kept).toContainEqual([31_415, 9]);
    expect(kept).toContainEqual([77_777, -9]);
    expect(kept[0]).toEqual(points[0]);
    expect(kept.at(-1)).toEqual(points.at(-1));
    kept.slice(1).forEach((point, index) => expect(point[0]).toBeGreaterThanOrEqual((kept[index] as Point)[0]));
  });

  test("points that all have one place end", () => {
    expect(reduced(line(1000, (x) => x).map(([, y]) => [5, y] as const), 10).length).toBeLessThanOrEqual(40);
  });
});
