import { whatIf } from "./forecast";
import { describe, expect, test } from "vitest";
import { linear } from "../../figure/scale";
import type { State, TimeBar, TimelineAnswer } from "../../wire/types";
import { boxesOf, boxOf, countsOf, keyOf } from "./bars";
import { piecesOf, waitingShare } from "./critical";
import { boxAt, lanesOf, neighbour } from "./lanes";
import { queuePicture } from "./queue";
import { moved, showing, spanOf, wholeSpan, zoomed } from "./span";

const BEGIN = Date.parse("2026-03-18T10:00:00Z");
const at = (second: number): string => new Date(BEGIN + second * 1000).toISOString();
const link = (name: string, state: State) => ({ job: `t/${name}`, shortId: name, state, tags: {} });

function bar(name: string, from: number, to: number | undefined, row = 0, state: State = "done"): TimeBar {
  return { job: link(name, state), from: at(from), row, ...(to === undefined ? {} : { to: at(to) }) };
}

function answer(bars: TimeBar[], more: Partial<TimelineAnswer> = {}): TimelineAnswer {
  return { from: at(0), to: at(1000), lanes: [{ label: "node", bars }], queue: [], critical: [], ...more };
}

const SCALE = linear(BEGIN, BEGIN + 1_000_000, 0, 1000); // a pixel is a second
const NOW = BEGIN + 900_000;

describe("boxes", () => {
  test("a bar has its time to scale, and one that runs ends now", () => {
    const boxes = boxesOf([bar("a", 100, 200), bar("b", 300, undefined, 0, "running")], SCALE, NOW);
    expect(boxes.map(({ x, width, state }) => [x, width, state])).toEqual([[100, 100, "done"], [300, 600, "running"]]);
  });

  test("forty-one narrow bars are one box, and a wide one beside them stays", () => {
    const narrow = Array.from({ length: 41 }, (_, index) => bar(`n${index}`, 100 + index, 101 + index));
    const boxes = boxesOf([...narrow, bar("wide", 150, 300)], SCALE, NOW);
    expect(boxes.map((box) => box.bars.length)).toEqual([41, 1]);
    expect(boxes[0]).toMatchObject({ x: 100, width: 41 });
    expect(boxOf(boxes, keyOf(narrow[40] as TimeBar))).toBe(boxes[0]);
  });

  test("narrow bars that are apart, or of another row, are not merged", () => {
    const boxes = boxesOf([bar("a", 100, 101), bar("b", 110, 111), bar("c", 100, 101, 1)], SCALE, NOW);
    expect(boxes.map((box) => box.bars.length)).toEqual([1, 1, 1]);
  });

  test("a single failure among merged bars is seen", () => {
    const boxes = boxesOf([bar("a", 100, 100), bar("b", 101, 101, 0, "failed"), bar("c", 102, 102)], SCALE, NOW);
    expect(boxes).toMatchObject([{ state: "failed", width: 5 }]);
  });

  test("what the server has merged keeps its numbers and its failure", () => {
    const boxes = boxesOf([{ ...bar("a", 100, 200), merged: { done: 40, failed: 1 } }], SCALE, NOW);
    expect(boxes[0]?.state).toBe("failed");
    expect(countsOf(boxes[0]!)).toEqual({ done: 40, failed: 1 });
  });

  test("a timeline of ten thousand bars has at most a box for two pixels of a row", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => bar(`m${index}`, index / 10, index / 10 + 0.1));
    expect(boxesOf(many, SCALE, NOW).length).toBeLessThanOrEqual(500);
  });

  test("what is outside is left out, and what reaches in is cut", () => {
    const scale = linear(BEGIN + 400_000, BEGIN + 500_000, 0, 100);
    const boxes = boxesOf([bar("a", 0, 100), bar("b", 390, 450), bar("c", 600, 700)], scale, NOW);
    expect(boxes).toMatchObject([{ x: 0, width: 50 }]);
  });
});

describe("lanes", () => {
  const lanes = lanesOf(
    { ...answer([]), lanes: [{ label: "n1", bars: [bar("a", 0, 100), bar("b", 100, 200), bar("c", 150, 160, 1)] }, { label: "n2", bars: [bar("d", 120, 140)] }] },
    SCALE, NOW, 50,
  );
  const box = (name: string) => lanes.flatMap((lane) => lane.boxes).find((one) => one.bars[0]?.job.shortId === name);

  test("they do not overlap, also with hundreds of rows", () => {
    expect((lanes[0]?.y ?? 0) + (lanes[0]?.height ?? 0)).toBeLessThan(lanes[1]?.y ?? 0);
    const wide = lanesOf(answer(Array.from({ length: 800 }, (_, row) => bar(`r${row}`, 0, 10, row))), SCALE, NOW, 0);
    expect(wide[0]?.height).toBeLessThanOrEqual(384);
  });

  test("keys go through time and to the nearest box of the next row", () => {
    expect(neighbour(lanes, undefined, "right")).toBe(box("a"));
    expect(neighbour(lanes, box("a"), "right")).toBe(box("b"));
    expect(neighbour(lanes, box("b"), "right")).toBe(box("b"));
    expect(neighbour(lanes, box("b"), "down")).toBe(box("c"));
    expect(neighbour(lanes, box("c"), "down")).toBe(box("d"));
    expect(neighbour(lanes, box("d"), "up")).toBe(box("c"));
    expect(neighbour(lanes, box("c"), "up")).toBe(box("b"));
    expect(neighbour(lanes, box("b"), "first")).toBe(box("a"));
  });

  test("a pointer beside a narrow box hits it", () => {
    expect(boxAt(lanes, 50, 55)).toBe(box("a"));
    expect(boxAt(lanes, 163, 75)).toBe(box("c"));
    expect(boxAt(lanes, 300, 55)).toBeUndefined();
    expect(boxAt(lanes, 50, 5)).toBeUndefined();
  });
});

describe("the critical path", () => {
  const path = answer([], {
    from: at(0),
    critical: [{ job: link("a", "done"), from: at(0), to: at(100) }, { job: link("b", "done"), from: at(300), to: at(400) }],
  });

  test("what lies between its jobs is waiting", () => {
    expect(piecesOf(path).map((piece) => [piece.job?.shortId, (piece.from - BEGIN) / 1000, (piece.to - BEGIN) / 1000])).toEqual([
      ["a", 0, 100], [undefined, 100, 300], ["b", 300, 400],
    ]);
    expect(waitingShare(piecesOf(path))).toBe(0.5);
    expect(waitingShare([])).toBe(0);
  });
});

describe("the queue", () => {
  test("is an area of steps that ends now", () => {
    const queue = [{ at: at(100), waiting: 4, running: 0 }, { at: at(200), waiting: 2, running: 2 }];
    expect(queuePicture(queue, SCALE, NOW, 100, 50)).toEqual({
      line: "M100 100H100V50H200V75H900", area: "M100 100H100V50H200V75H900V100H100Z", most: 4,
    });
  });

  test("ten thousand changes are a path of as many steps as pixels", () => {
    const queue = Array.from({ length: 10_000 }, (_, index) => ({ at: at(index / 10), waiting: index % 7, running: 0 }));
    expect(queuePicture(queue, SCALE, NOW, 100, 50).line.match(/H/g)?.length).toBeLessThanOrEqual(2001);
  });

  test("nobody waits: the line lies on the ground", () => {
    expect(queuePicture([], SCALE, NOW, 100, 50)).toEqual({ line: "M900 100H900", area: "M900 100H900V100H900Z", most: 0 });
  });
});

describe("spans", () => {
  const whole = { from: BEGIN, to: BEGIN + 1_000_000 };

  test("more places end it sooner by a bound, or not at all", () => {
    const until = new Date(2026, 2, 18, 12, 49).toISOString();
    expect(whatIf({ until, more: 2, untilWithMore: new Date(2026, 2, 18, 12, 9).toISOString() })).toBe("With 2 more places it would end about 40 min sooner, at 12:09 at the earliest.");
    expect(whatIf({ until, more: 2, untilWithMore: until })).toContain("would not end it sooner");
  });

  test("the whole reaches to the forecast", () => {
    expect(wholeSpan(answer([], { forecast: { until: at(2000), more: 2, untilWithMore: at(1000) } }), NOW).to).toBe(BEGIN + 2_040_000);
    expect(wholeSpan(answer([bar("a", 0, undefined)], { to: at(10) }), NOW).to).toBe(BEGIN + 918_000);
  });

  test("zoom keeps the place under the hand, and ends at the edges", () => {
    const near = zoomed(whole, whole, 100_000, BEGIN + 250_000);
    expect(near).toEqual({ from: BEGIN + 225_000, to: BEGIN + 325_000 });
    expect(zoomed(whole, near, 1e12)).toEqual(whole);
    expect(moved(whole, near, -10)).toEqual({ from: BEGIN, to: BEGIN + 100_000 });
    expect(showing(whole, near, { from: BEGIN + 700_000, to: BEGIN + 710_000 })).toEqual({ from: BEGIN + 690_000, to: BEGIN + 790_000 });
    expect(showing(whole, near, { from: BEGIN + 300_000, to: BEGIN + 310_000 })).toBe(near);
  });

  test("an address that makes no sense shows the whole", () => {
    expect(spanOf(whole, "soon", undefined)).toBe(whole);
    expect(spanOf(whole, at(500), at(400))).toBe(whole);
    expect(spanOf(whole, at(400), at(500))).toEqual({ from: BEGIN + 400_000, to: BEGIN + 500_000 });
  });
});
