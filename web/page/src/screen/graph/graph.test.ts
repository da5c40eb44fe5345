import { describe, expect, test } from "vitest";
import { layered } from "./dagre";
import { columns, depthsOf, type Layout, type LayoutQuestion } from "./layout";
import { layoutWithin, type Found, type LayoutWorker } from "./limited";

function graph(edges: string, more: string[] = []): LayoutQuestion {
  const pairs = edges.split(" ").map((edge) => edge.split(">") as [string, string]);
  const keys = [...new Set([...pairs.flat(), ...more])];
  return { nodes: keys.map((key) => ({ key, width: 200, height: 90 })), edges: pairs.map(([from, to]) => ({ from, to })) };
}

const DIAMOND = graph("index>search topics>search search>evaluate evaluate>report index>report", ["alone"]);

function checkApart(question: LayoutQuestion, layout: Layout): void {
  const boxes = question.nodes.map((node) => ({ ...node, ...layout.places[node.key]! }));
  for (const a of boxes) {
    expect(a.x + a.width).toBeLessThanOrEqual(layout.width + 0.5);
    expect(a.y + a.height).toBeLessThanOrEqual(layout.height + 0.5);
    for (const b of boxes) {
      if (a !== b) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.key} beside ${b.key}`).toBe(true);
      }
    }
  }
}

describe.each([["columns", columns], ["dagre", layered]] as const)("layout by %s", (_, layout) => {
  test("nodes do not overlap, and what is needed is on the left", () => {
    const found = layout(DIAMOND);
    checkApart(DIAMOND, found);
    for (const { from, to } of DIAMOND.edges) {
      expect(found.places[from]!.x).toBeLessThan(found.places[to]!.x);
    }
    expect(found.paths).toHaveLength(5);
    expect(found.paths.every((path) => /^M[-\d.]+ [-\d.]+C/.test(path))).toBe(true);
  });

  test("a circle, a node of its own and a stranger's edge end it in a picture", () => {
    const question = graph("a>b b>a c>c", ["d"]);
    question.edges.push({ from: "a", to: "nobody" });
    const found = layout(question);
    checkApart(question, found);
    expect(found.paths.at(-1)).toBe("");
  });

  test("sixty nodes with many edges are laid out", () => {
    const names = Array.from({ length: 60 }, (_, index) => `n${index}`);
    const question = graph(names.slice(6).map((name, index) => `n${index}>${name}`).join(" "), names);
    checkApart(question, layout(question));
  });

  test("nothing has no size", () => {
    expect(layout({ nodes: [], edges: [] }).places).toEqual({});
  });
});

test("depth is the longest way", () => {
  expect([...depthsOf(["d", "c", "b", "a"], graph("a>b b>c a>c c>d").edges)]).toEqual([["a", 0], ["b", 1], ["c", 2], ["d", 3]]);
});

describe("a layout with a limit", () => {
  function lab(open?: () => LayoutWorker) {
    const found: Found[] = [];
    const worker = { postMessage: () => undefined, terminate: () => void (state.ended = true), onmessage: null, onerror: null } as LayoutWorker;
    const state = { ended: false, timer: undefined as (() => void) | undefined, worker, found };
    const end = layoutWithin(DIAMOND, open ?? (() => worker), (_, act) => ((state.timer = act), () => void (state.timer = undefined)), (one) => found.push(one));
    return { state, end };
  }

  test("the worker's answer is taken, and the worker ended", () => {
    const { state } = lab();
    state.worker.onmessage?.({ data: layered(DIAMOND) } as MessageEvent<Layout>);
    expect(state.found).toMatchObject([{ isByColumns: false }]);
    expect(state.ended).toBe(true);
    expect(state.timer).toBeUndefined();
  });

  test("a worker that is too slow, that fails, or that cannot be had leaves columns", () => {
    const slow = lab().state;
    slow.timer?.();
    expect(slow.found).toMatchObject([{ isByColumns: true }]);
    expect(slow.ended).toBe(true);
    const failing = lab().state;
    failing.worker.onerror?.({} as ErrorEvent);
    expect(failing.found).toMatchObject([{ isByColumns: true }]);
    const none = lab(() => {
      throw new Error("refused");
    }).state;
    expect(none.found).toMatchObject([{ isByColumns: true }]);
  });

  test("who goes away hears nothing more", () => {
    const { state, end } = lab();
    end();
    expect(state.ended).toBe(true);
    expect(state.timer).toBeUndefined();
    expect(state.found).toEqual([]);
  });

  test("more than sixty nodes are refused", () => {
    const nodes = Array.from({ length: 61 }, (_, index) => ({ key: `${index}`, width: 1, height: 1 }));
    expect(() => layoutWithin({ nodes, edges: [] }, () => ({}) as LayoutWorker, () => () => undefined, () => undefined)).toThrow(/61 nodes/);
  });
});
