// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { PointsAnswer } from "../../wire/types";
import { PointsChart } from "./PointsChart";

afterEach(cleanup);
beforeAll(() => {
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
});

const answerOf = (point: Partial<PointsAnswer["series"][0]["points"][0]>): PointsAnswer => ({
  metric: "MAP",
  metrics: ["MAP"],
  x: "k1",
  tags: ["k1"],
  by: ["b"],
  over: ["seed"],
  isNumeric: true,
  series: [{ label: "b=0.4", points: [{ x: 1, mean: 0.2, low: 0.1, high: 0.3, n: 3, expected: 3, ...point }] }],
});

const caption = (answer: PointsAnswer): string => render(<PointsChart answer={answer} />).container.querySelector("figcaption")?.textContent ?? "";

test("pointsChart_bars_areExplained", () => {
  expect(caption(answerOf({}))).toContain("Bars reach from the least to the most value.");
  const { mean: _mean, ...rest } = answerOf({}).series[0]?.points[0] ?? { x: 1, low: 0, high: 1, n: 2, expected: 2 };
  expect(caption({ ...answerOf({}), series: [{ label: "b=0.4", points: [rest] }] })).toContain("without a mark, of jobs that differ in more than this.");
  expect(caption(answerOf({ n: 1, expected: 1, low: 0.2, high: 0.2 }))).not.toContain("Bars");
});
