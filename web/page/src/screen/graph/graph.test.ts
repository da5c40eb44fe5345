import { describe, expect, test } from "vitest";
import { depthsOf, layoutOf, type Layout, type LayoutQuestion } from "./layout";

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

describe("layout", () => {
  test("nodes do not overlap, and what is needed is on the left", () => {
    const found = layoutOf(DIAMOND);
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
    const found = layoutOf(question);
    checkApart(question, found);
    expect(found.paths.at(-1)).toBe("");
  });

  test("sixty nodes with many edges are laid out", () => {
    const names = Array.from({ length: 60 }, (_, index) => `n${index}`);
    const question = graph(names.slice(6).map((name, index) => `n${index}>${name}`).join(" "), names);
    checkApart(question, layoutOf(question));
  });

  test("nothing has no size", () => {
    expect(layoutOf({ nodes: [], edges: [] }).places).toEqual({});
  });
});

test("depth is the longest way", () => {
  expect([...depthsOf(["d", "c", "b", "a"], graph("a>b b>c a>c c>d").edges)]).toEqual([["a", 0], ["b", 1], ["c", 2], ["d", 3]]);
});

test("arrows of two strands do not cross", () => {
  const question = graph("b1>b2 a1>a2 a2>a3 b2>b3", []);
  question.nodes.reverse();
  const { places } = layoutOf(question);
  for (const column of ["1", "2", "3"]) {
    expect(Math.sign(places[`a${column}`]!.y - places[`b${column}`]!.y)).toBe(Math.sign(places["a1"]!.y - places["b1"]!.y));
  }
  expect(places["a1"]!.y).toBeCloseTo(places["a3"]!.y);
});

test("more than sixty nodes are refused", () => {
  const nodes = Array.from({ length: 61 }, (_, index) => ({ key: `${index}`, width: 1, height: 1 }));
  expect(() => layoutOf({ nodes, edges: [] })).toThrow(/61 nodes/);
});
